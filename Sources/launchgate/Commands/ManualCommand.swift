internal import ArgumentParser

/// Prints the manual page.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page in the language of man(7).",
    discussion: "launchgate manual | man -l - shows it; Sources/install puts it in place.")

  func run() throws { Output.say(try ManualPage.text()) }
}
