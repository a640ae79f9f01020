internal import Checklist
public import Gate

/// A command that is typed behind a colon.
public struct ScreenCommand: Hashable, Sendable {
  /// The word.
  public var name: String
  /// What follows it, as printed; nothing where it stands alone.
  public var argument: String
  /// A few words.
  public var meaning: String
  /// The key of the main page that does the same, if there is one.
  var key: Key?
  /// The arguments that there are, where they are few.
  var values: [String] = []

  /// Name and argument.
  public var usage: String { argument.isEmpty ? ":\(name)" : ":\(name) \(argument)" }

  /// Whether more may follow it than its values.
  public var takesWords: Bool { !argument.isEmpty && (values.isEmpty || name == "probe") }

  /// All commands, the most needed first.
  public static let all = [
    ScreenCommand(name: "goto", argument: "18", meaning: "to that control"),
    ScreenCommand(name: "next", argument: "", meaning: "to what is open", key: .character("]")),
    ScreenCommand(name: "filter", argument: "WORDS", meaning: "list only these"),
    ScreenCommand(
      name: "probe", argument: "all|old|18", meaning: "run probes", values: ["all", "old"]),
    ScreenCommand(name: "decide", argument: "", meaning: "on this control", key: .character("s")),
    ScreenCommand(name: "sign", argument: "", meaning: "what is collected", key: .character("S")),
    ScreenCommand(name: "verdict", argument: "", meaning: "GO or not", key: .character("v")),
    ScreenCommand(name: "history", argument: "", meaning: "all records", key: .character("h")),
    ScreenCommand(name: "running", argument: "", meaning: "probes", key: .character("p")),
    ScreenCommand(name: "assign", argument: "DUTY", meaning: "give a duty to a person"),
    ScreenCommand(name: "carry", argument: "FILE", meaning: "what an earlier launch still proves"),
    ScreenCommand(name: "occasion", argument: "NAME", meaning: "open what it has overtaken"),
    ScreenCommand(name: "reopen", argument: "", meaning: "end the seal"),
    ScreenCommand(name: "log", argument: "", meaning: "programs run", key: .character("l")),
    ScreenCommand(name: "copy", argument: "", meaning: "this control", key: .character("y")),
    ScreenCommand(name: "refresh", argument: "", meaning: "read it again"),
    ScreenCommand(
      name: "mouse", argument: "on|off", meaning: "clicks and wheel", values: ["on", "off"]),
    ScreenCommand(
      name: "theme", argument: "dark|light|cvd|cvd-light|mono",
      meaning: "colours; cvd for the colour-blind",
      values: ThemeName.allCases.map(\.rawValue)),
    ScreenCommand(name: "redraw", argument: "", meaning: "draw anew"),
    ScreenCommand(name: "help", argument: "", meaning: "keys and commands"),
    ScreenCommand(name: "quit", argument: "", meaning: "drafts are kept"),
  ]

  /// The command of that name or unambiguous beginning.
  static func named(_ word: String) -> ScreenCommand? {
    if let exact = all.first(where: { $0.name == word }) { return exact }
    let begun = all.filter { $0.name.hasPrefix(word) }
    return begun.count == 1 ? begun[0] : nil
  }
}

/// The colours that one can choose on the screen.
public enum ThemeName: String, Hashable, Sendable, CaseIterable {
  case dark, light
  /// For people who tell few colours apart, on a dark and on a light background.
  case cvd
  case cvdLight = "cvd-light"
  case mono
}

/// The command that is being typed.
public struct CommandEntry: Hashable, Sendable {
  /// What stands behind the colon.
  public var input = TextInput(limit: TextInput.line)

  /// Nothing typed yet.
  public init() {}

  /// The command whose argument is typed, if there is one.
  public var argued: ScreenCommand? {
    let words = input.text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    return words.count > 1 ? ScreenCommand.named(String(words[0])) : nil
  }

  /// The commands or arguments that begin with what is typed, each with its meaning.
  ///
  /// - Parameter report: what tells of controls, duties and occasions; nil before it was read.
  public func candidates(_ report: GateReport?) -> [(word: String, meaning: String)] {
    let words = input.text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    let head = words.first.map(String.init) ?? ""
    guard words.count > 1 else {
      return ScreenCommand.all.filter { $0.name.hasPrefix(head) }.map { ($0.name, $0.meaning) }
    }
    guard let command = ScreenCommand.named(head) else { return [] }
    let values = command.values + Self.values(of: command, report)
    return values.filter { $0.lowercased().hasPrefix(words[1].lowercased()) }.map { ($0, "") }
  }

  private static func values(of command: ScreenCommand, _ report: GateReport?) -> [String] {
    guard let checklist = report?.checklist else { return [] }
    switch command.name {
    case "goto", "probe": return checklist.controls.map(\.number)
    case "assign": return LaunchPrompt.duties(checklist)
    case "occasion": return checklist.occasions.map(\.id)
    default: return []
    }
  }

  /// Completes as far as all candidates agree.
  mutating func complete(_ report: GateReport?) {
    let found = candidates(report).map(\.word)
    guard var common = found.first else { return }
    for word in found { while !word.hasPrefix(common) { common.removeLast() } }
    let head = input.text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    if head.count > 1 {
      input = TextInput("\(head[0]) \(common)", limit: TextInput.line)
    } else {
      let isWhole = found.count == 1
      let takesMore = !(ScreenCommand.named(common)?.argument.isEmpty ?? true)
      input = TextInput(common + (isWhole && takesMore ? " " : ""), limit: TextInput.line)
    }
  }
}
