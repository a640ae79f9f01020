internal import ArgumentParser
internal import Foundation

/// Walks the launch of this folder on the screen.
struct WalkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "walk",
    abstract: "Walk the launch of this folder on the screen (this is what no verb does).",
    discussion: """
      With --plain, ACCESSIBLE=1 in the environment or TERM=dumb the same is walked line by line: \
      for screen readers, braille lines and terminals without a screen. Lines may come from a pipe.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var activity: ActivityOptions
  @Option(help: "SSH key to sign with (LAUNCHGATE_KEY).", completion: .file()) var key: String?

  func run() async throws {
    try await Walking(options: options, key: key, active: activity.active).run()
  }
}

/// A launch that is walked, in the way that suits the terminal.
struct Walking {
  var options: GlobalOptions
  var key: String?
  var example: ExampleLaunch?
  var active = false

  /// Runs until the user ends it.
  ///
  /// - Throws: `ExitCode` of a signal, or why there is no screen.
  func run() async throws {
    if options.isPlain {
      try await PlainSession(options: options, key: key, example: example, active: active).run()
    } else {
      try await ScreenSession(options: options, key: key, example: example, active: active).run()
    }
  }
}
