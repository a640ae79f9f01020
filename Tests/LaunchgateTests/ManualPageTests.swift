import ArgumentParser
import Session
import Testing

@testable import launchgate

/// The manual page says what the program has, and nothing else.
@Suite struct ManualPageTests {
  /// Terms with their meanings below a heading.
  private func items(_ heading: String) throws -> [[String]] {
    var found: [[String]] = []
    var isThere = false
    var term: String?
    for line in try ManualPage.text().split(separator: "\n").map(String.init) {
      if line.hasPrefix(".SH ") || line.hasPrefix(".SS ") {
        isThere = line.dropFirst(4) == Roff.escaped(heading)
      } else if isThere, line.hasPrefix(".B ") {
        term = String(line.dropFirst(3))
      } else if isThere, let name = term {
        found.append([name, line])
        term = nil
      }
    }
    return found
  }

  private func rows(_ keys: [KeyBinding]) -> [[String]] {
    keys.map { [Roff.escaped($0.keys), Roff.escaped($0.label)] }
  }

  @Test(arguments: SessionState.Screen.allCases.filter { $0 != .loading })
  func theKeysAreThoseOfTheTable(_ screen: SessionState.Screen) throws {
    let table = KeyBinding.bindings(for: screen, isDemo: true)
    try #expect(items("Keys of the page: \(screen.title)") == rows(table))
  }

  @Test func theKeysOfEveryPageAreThoseOfTheTable() throws {
    try #expect(items("Keys of every page") == rows(KeyBinding.everywhere))
  }

  @Test func theCommandsOfTheScreenAreThoseOfTheTable() throws {
    let table = ScreenCommand.all.map { [Roff.escaped($0.usage), Roff.escaped($0.meaning)] }
    try #expect(items("COMMANDS ON THE SCREEN") == table)
  }

  @Test func everyCommandHasItsOptions() throws {
    let text = try ManualPage.text()
    let root = try CommandTree.current().command
    let names = LaunchgateCommand.configuration.subcommands.map { $0._commandName }
    #expect(names.count > 20)
    #expect(Set((root.subcommands ?? []).map(\.commandName)).isSuperset(of: names))
    for command in root.leaves where command.commandName != "help" {
      #expect(text.contains(".SS \(Roff.escaped(command.path))\n"), "\(command.path)")
      for argument in command.told {
        #expect(text.contains(".B \(Roff.escaped(argument.usage))\n"), "\(argument.usage)")
      }
    }
  }

  @Test(arguments: [
    ("a-b", "a\\-b"), (".TH x", "\\&.TH x"), ("'br", "\\(aqbr"), ("\\n(x", "\\en(x"),
    ("one\ntwo", "one two"), ("größe …", "größe ..."),
  ])
  func textStaysText(_ text: String, _ escaped: String) {
    #expect(Roff.escaped(text) == escaped)
  }
}
