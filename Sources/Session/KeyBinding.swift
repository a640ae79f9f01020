/// One key with its meaning: the footer, the help and the manual are made from this table.
public struct KeyBinding: Hashable, Sendable {
  /// As printed.
  public var keys: String
  /// A few words.
  public var label: String
  /// Whether it stands in the footer, where there is room.
  public var isInFooter: Bool

  /// A key with that meaning.
  public init(_ keys: String, _ label: String, footer: Bool = true) {
    self.keys = keys
    self.label = label
    isInFooter = footer
  }

  /// The keys of a screen, the most needed first.
  public static func bindings(for screen: SessionState.Screen, isDemo: Bool) -> [KeyBinding] {
    switch screen {
    case .loading, .broken: [KeyBinding("q", "quit")]
    case .setup:
      [
        KeyBinding("Tab", "next field"), KeyBinding("Ctrl-T", "may test"),
        KeyBinding("Ctrl-S", "create"), KeyBinding("Esc", "quit"),
      ]
    case .gate: gate(isDemo: isDemo)
    case .facts:
      [
        KeyBinding("y n", "yes, no"), KeyBinding("j k", "move"),
        KeyBinding("u", "take out"), KeyBinding("e", "write down"), KeyBinding("S", "sign"),
        KeyBinding("Esc", "back, kept"),
        KeyBinding("Ctrl-O", "write it in the editor", footer: false), command,
      ]
    case .running:
      [
        KeyBinding("j k", "move"), KeyBinding("Enter", "its control"), KeyBinding("x", "stop"),
        KeyBinding("Esc", "back, goes on behind"), command,
      ]
    case .form:
      [
        KeyBinding("Tab", "next"), KeyBinding("< >", "answer"), KeyBinding("Ctrl-S", "collect"),
        editor, KeyBinding("Esc", "close, kept"), KeyBinding("Space", "tick"),
      ]
    case .seal:
      [
        KeyBinding("Tab", "next field"), KeyBinding("Ctrl-S", "sign"),
        KeyBinding("Esc", "back, nothing signed"), editor,
      ]
    case .review: signing
    case .prompt, .launch: signing + [editor]
    case .trust:
      [
        KeyBinding("PgUp PgDn", "scroll"), KeyBinding("Ctrl-S", "trust and run"),
        KeyBinding("Esc", "back, nothing is run"),
      ]
    case .announcement:
      [
        KeyBinding("PgUp PgDn", "scroll"), KeyBinding("Ctrl-S", "send and run"),
        KeyBinding("Esc", "back, nothing is sent"),
      ]
    case .history:
      [
        KeyBinding("j k", "move"), KeyBinding("u", "take back"),
        KeyBinding("c", "countersign"), KeyBinding("Esc", "back"),
        KeyBinding("a", "all or this control"), KeyBinding("y", "copy the id"),
        KeyBinding("PgUp PgDn", "scroll the record", footer: false), command,
      ]
    case .verdict:
      [
        KeyBinding("j k", "scroll"), KeyBinding("S", "seal the release"),
        KeyBinding("R", "run all"), KeyBinding("y", "copy"), KeyBinding("Esc", "back"),
        KeyBinding("PgUp PgDn", "scroll faster", footer: false), command,
      ]
    case .log:
      [
        KeyBinding("j k", "scroll"), KeyBinding("y", "copy"), KeyBinding("Esc", "back"),
        KeyBinding("PgUp PgDn", "scroll faster", footer: false), command,
      ]
    }
  }

  private static let signing = [
    KeyBinding("Tab", "next"), KeyBinding("PgUp PgDn", "scroll"),
    KeyBinding("Ctrl-S", "sign"), KeyBinding("Esc", "back, nothing signed"),
  ]
  private static let editor = KeyBinding("Ctrl-O", "editor")
  private static let command = KeyBinding(":", "command", footer: false)

  /// The keys while a command is typed.
  public static let commands = [
    KeyBinding("Enter", "do it"), KeyBinding("Tab", "complete"), KeyBinding("Esc", "leave it"),
  ]

  /// The keys while the help lies over a page.
  public static let help = [
    KeyBinding("type", "to search"), KeyBinding("PgUp PgDn", "scroll"),
    KeyBinding("Esc", "close the help"),
  ]

  /// The keys while the filter of the main page is typed.
  public static let filter = [
    KeyBinding("Enter", "keep the filter"), KeyBinding("Esc", "show all"),
    KeyBinding("auto manual todo fail ending", "words that it knows"),
  ]

  private static func gate(isDemo: Bool) -> [KeyBinding] {
    let mend = isDemo ? [KeyBinding("f", "mend")] : []
    return mend + [
      KeyBinding("R", "run all"), KeyBinding("r", "run"), KeyBinding("s", "decide"),
      KeyBinding("S", "sign"), KeyBinding("] [", "to do"),
      KeyBinding("v", "verdict"), KeyBinding("h", "history"),
      KeyBinding("c", "countersign"), KeyBinding("/", "filter"),
      KeyBinding(":", "command"), KeyBinding("t", "run what is old"),
      KeyBinding("w", "accept risk"), KeyBinding("n", "not applicable"),
      KeyBinding("o", "seen by hand"), KeyBinding("a", "accept what was found", footer: false),
      KeyBinding("D", "drop collected", footer: false),
      KeyBinding("0-9", "facts, domain", footer: false), KeyBinding("Tab", "panel", footer: false),
      KeyBinding("j k g G", "move, first, last", footer: false),
      KeyBinding("PgUp PgDn", "scroll the right side", footer: false),
      KeyBinding("p", "running probes", footer: false),
      KeyBinding("l", "log of programs", footer: false),
      KeyBinding("Esc", "end the filter", footer: false),
      KeyBinding("y", "copy", footer: false), KeyBinding("q", "quit"),
    ]
  }

  /// Keys that mean the same on every page.
  public static let everywhere = [
    KeyBinding("? F1", "help"), KeyBinding("Ctrl-L", "draw anew"),
    KeyBinding("Ctrl-Z", "suspend"), KeyBinding("Ctrl-C", "quit; drafts are kept"),
  ]
}

extension KeyBinding {
  /// The keys that are meant; words that are no key are none.
  public var parsed: [Key] {
    keys.split(separator: " ").flatMap { word -> [Key] in
      switch word {
      case "Tab": [.tab]
      case "Enter": [.enter]
      case "Esc": [.escape]
      case "Space": [.character(" ")]
      case "PgUp": [.pageUp]
      case "PgDn": [.pageDown]
      case "F1": [.function(1)]
      case "0-9": "1234567890".map(Key.character)
      case _ where word.hasPrefix("Ctrl-"): [.control(Character(word.suffix(1).lowercased()))]
      default: word.count == 1 ? [.character(Character(String(word)))] : []
      }
    }
  }

  /// The keys of the main page and those that mean the same everywhere, as a table for documents.
  public static var table: String {
    let rows = (gate(isDemo: true) + everywhere).map { binding in
      let keys = binding.keys.split(separator: " ").map { "`\($0)`" }.joined(separator: " ")
      return "| \(keys) | \(binding.label) |"
    }
    let commands = ScreenCommand.all.map {
      let usage = $0.usage.split(separator: "|", omittingEmptySubsequences: false)
        .joined(separator: "\\|")
      return "| `\(usage)` | \($0.meaning) |"
    }
    return (["| key or command | what it does |", "|---|---|"] + rows + commands)
      .joined(separator: "\n") + "\n"
  }
}
