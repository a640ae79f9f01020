internal import ArgumentParser
internal import Foundation

/// The commands with their options, as the argument parser itself describes them.
struct CommandTree: Decodable {
  /// One command.
  struct Command: Decodable {
    var commandName: String
    var superCommands: [String]?
    var abstract: String?
    var discussion: String?
    var subcommands: [Command]?
    var arguments: [Argument]?

    /// As one types it.
    var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

    /// This one, or all below it where there are any.
    var leaves: [Command] {
      let below = subcommands ?? []
      return below.isEmpty ? [self] : below.flatMap(\.leaves)
    }

    /// What the manual tells of it: neither the hidden arguments nor those of every program.
    var told: [Argument] {
      (arguments ?? []).filter { $0.shouldDisplay && !["help", "version"].contains($0.valueName) }
    }
  }

  /// One option, flag or argument.
  struct Argument: Decodable, Hashable {
    struct Name: Decodable, Hashable {
      var kind: String
      var name: String
    }

    var kind: String
    var shouldDisplay: Bool
    var isOptional: Bool
    var isRepeating: Bool
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var defaultValue: String?
    var allValues: [String]?

    /// `--note <note>`, `-o <output>, --output <output>`, `<file>`.
    var usage: String {
      let value = "<\(valueName ?? "value")>"
      guard kind != "positional" else { return value + (isRepeating ? " ..." : "") }
      let names = (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
      return names.map { kind == "flag" ? $0 : "\($0) \(value)" }.joined(separator: ", ")
    }

    /// What it means, which values it takes, and what holds without it.
    var meaning: String {
      var text = abstract ?? ""
      if let allValues { text += " One of: \(allValues.joined(separator: ", "))." }
      if let defaultValue, !defaultValue.isEmpty { text += " Default: \(defaultValue)." }
      return text
    }
  }

  var command: Command

  /// The tree of this program.
  ///
  /// - Throws: where the parser describes itself in another way than it did.
  static func current() throws -> CommandTree {
    try JSONDecoder().decode(CommandTree.self, from: Data(LaunchgateCommand._dumpHelp().utf8))
  }
}
