internal import ArgumentParser
internal import Session
internal import TerminalUI

/// launchgate(1), made from the tree of commands and the table of keys.
enum ManualPage {
  /// The whole page.
  ///
  /// - Throws: where the commands do not describe themselves.
  static func text() throws -> String {
    let root = try CommandTree.current().command
    let version = LaunchgateCommand.configuration.version
    var page = Roff("launchgate", section: 1, source: "launchgate \(version)", manual: "launchgate")
    page.section("Name")
    page.paragraph("launchgate - a gate before a production launch")
    page.section("Synopsis")
    page.item("launchgate", "[options]: walk the launch of this folder")
    page.item("launchgate command", "[options] [arguments]")
    page.section("Description")
    page.paragraph(root.abstract ?? "")
    page.paragraph(introduction)
    commands(root, &page)
    screen(&page)
    lines(&page)
    table("Exit status", exitCodes.map { ("\($0.0.rawValue)", $0.1) }, &page)
    table("Environment", environment, &page)
    table("Files", files, &page)
    page.section("Examples")
    for (words, line) in examples {
      page.paragraph(words)
      page.example(line)
    }
    page.section("See also")
    page.paragraph("git(1), jq(1), ssh-keygen(1)")
    return page.text
  }

  private static func table(_ title: String, _ rows: [(String, String)], _ page: inout Roff) {
    page.section(title)
    for (term, meaning) in rows { page.item(term, meaning) }
  }

  private static func commands(_ root: CommandTree.Command, _ page: inout Roff) {
    let all = root.leaves.filter { $0.commandName != "help" }
    let common = shared(by: ["status", "walk", "gate"], all)
    let signing = shared(by: ["sign", "countersign", "seal"], all).filter { !common.contains($0) }
    page.section("Commands")
    for command in all {
      page.part(command.path)
      page.paragraph(command.abstract ?? "")
      page.paragraph(command.discussion ?? "")
      let signs = Set(signing).isSubset(of: command.told)
      for argument in command.told
      where !common.contains(argument) && !(signs && signing.contains(argument)) {
        page.item(argument.usage, argument.meaning)
      }
      if signs { page.paragraph("Takes the options of whoever signs, too.") }
    }
    table("Options of whoever signs", signing.map { ($0.usage, $0.meaning) }, &page)
    table("Options of most commands", common.map { ($0.usage, $0.meaning) }, &page)
  }

  /// The arguments that all of these commands have, in their order.
  private static func shared(
    by names: [String], _ commands: [CommandTree.Command]
  ) -> [CommandTree.Argument] {
    let chosen = names.compactMap { name in commands.first { $0.commandName == name }?.told }
    return (chosen.first ?? []).filter { argument in chosen.allSatisfy { $0.contains(argument) } }
  }

  private static func screen(_ page: inout Roff) {
    page.section("Keys on the screen")
    for screen in SessionState.Screen.allCases where screen != .loading {
      page.part("Keys of the page: \(screen.title)")
      for key in KeyBinding.bindings(for: screen, isDemo: true) { page.item(key.keys, key.label) }
    }
    page.part("Keys of every page")
    for key in KeyBinding.everywhere { page.item(key.keys, key.label) }
    page.part("Keys while a filter is typed")
    for key in KeyBinding.filter { page.item(key.keys, key.label) }
    page.part("Keys while a command is typed")
    for key in KeyBinding.commands { page.item(key.keys, key.label) }
    page.part("Keys of the help")
    for key in KeyBinding.help { page.item(key.keys, key.label) }
    table("Commands on the screen", ScreenCommand.all.map { ($0.usage, $0.meaning) }, &page)
  }

  private static func lines(_ page: inout Roff) {
    page.section("Line by line")
    page.paragraph(
      """
      With --plain, with ACCESSIBLE=1 in the environment, or where TERM is dumb, the launch is \
      walked line by line: nothing is drawn twice, the cursor is never moved, and no escape \
      sequence is written. Every key of the page and every command of the screen is taken as a \
      line of its own, and these words:
      """)
    for command in PlainCommand.all { page.item(command.usage, command.meaning) }
    page.paragraph("In answer to any question:")
    for answer in PlainCommand.answers { page.item(answer.usage, answer.meaning) }
    page.paragraph(
      """
      Lines may come from a pipe: each is taken when what the one before has begun is finished. \
      There, an answer that is refused ends the page that asked for it, so that the next line is \
      never taken for another answer. The end of the input keeps what was collected.
      """)
  }
}
