internal import Checklist
public import Gate

/// The help that lies over a page: keys, commands and signs, found by typing.
public struct HelpPage: Hashable, Sendable {
  /// What is looked for.
  public var search = TextInput(limit: TextInput.line)
  /// First visible line.
  public var scroll = 0

  /// The whole help of a page.
  public init() {}

  /// One line of the help.
  public struct Entry: Hashable, Sendable {
    /// Under which heading it stands.
    public var place: String
    /// A key, a command or a word of state.
    public var sign: String
    /// What it means.
    public var words: String
    /// The state that the sign stands for, if it is one.
    public var state: State?
  }

  /// What is shown: all of the page, or everything anywhere that has all the typed words.
  public func entries(for screen: SessionState.Screen, isDemo: Bool) -> [Entry] {
    let words = search.text.lowercased().split(separator: " ")
    guard !words.isEmpty else { return Self.page(screen, "keys here", isDemo) + Self.general }
    let others = SessionState.Screen.allCases.filter { $0 != screen && $0 != .loading }
    let all =
      Self.page(screen, "keys here", isDemo) + Self.general
      + others.flatMap { Self.page($0, "keys of: \($0.title)", isDemo) }
    return all.filter { entry in
      let text = "\(entry.place) \(entry.sign) \(entry.words)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  private static func page(
    _ screen: SessionState.Screen, _ place: String, _ isDemo: Bool
  ) -> [Entry] {
    KeyBinding.bindings(for: screen, isDemo: isDemo).map {
      Entry(place: place, sign: $0.keys, words: $0.label)
    }
  }

  private static var general: [Entry] {
    KeyBinding.everywhere.map { Entry(place: "keys everywhere", sign: $0.keys, words: $0.label) }
      + ScreenCommand.all.map { Entry(place: "commands", sign: $0.usage, words: $0.meaning) }
      + meanings.map {
        Entry(place: "signs", sign: $0.0.rawValue, words: $0.1, state: $0.0)
      }
  }

  private static let meanings: [(State, String)] = [
    (.ok, "passed, or signed off"), (.fail, "not as it should be"),
    (.unknown, "could not be looked at"), (.open, "needs a person"),
    (.review, "suspects to be judged"), (.risk, "accepted until a day"),
    (.notApplicable, "a person said so"), (.stale, "older than it may be"),
    (.lapsed, "its object has changed"),
  ]
}

extension SessionState {
  /// Whether the key help lies over the page.
  public var showsHelp: Bool { help != nil }

  /// Keys of the help: what is typed is looked for.
  mutating func handleHelp(_ key: Key) {
    // Taken out, so that a key changes it where it is instead of a copy of all that was typed.
    guard var page = help.take() else { return }
    switch key {
    case .escape, .enter, .function(1): return
    case .character("?") where page.search.isEmpty: return
    case .down: page.scroll += 1
    case .up: page.scroll = max(0, page.scroll - 1)
    case .pageDown: page.scroll += 10
    case .pageUp: page.scroll = max(0, page.scroll - 10)
    default:
      if page.search.apply(key) { page.scroll = 0 }
    }
    help = page
  }
}

extension SessionState.Screen {
  /// What people call the page.
  public var title: String {
    switch self {
    case .loading: "start"
    case .setup: "set-up"
    case .gate: "main page"
    case .facts: "facts"
    case .trust: "trust"
    case .running: "running probes"
    case .form: "form"
    case .review: "review and sign"
    case .history: "history"
    case .verdict: "verdict"
    case .seal: "seal"
    case .prompt: "one record"
    case .launch: "the launch as a whole"
    case .announcement: "what is sent"
    case .log: "log"
    case .broken: "error"
    }
  }
}
