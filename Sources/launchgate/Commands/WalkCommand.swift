internal import ArgumentParser
internal import Foundation

/// Walks the launch of this folder on the screen.
struct WalkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "walk",
    abstract: "Walk the launch of this folder on the screen (this is what no verb does).")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var activity: ActivityOptions
  @Option(help: "SSH key to sign with (LAUNCHGATE_KEY).") var key: String?

  func run() async throws {
    if options.plain {
      try StatusCommand.show(options)
      return
    }
    try await ScreenSession(
      options: options, key: key, example: nil, active: activity.active
    ).run()
  }
}
