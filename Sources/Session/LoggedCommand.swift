public import Checklist

/// A program that was run, as the log shows it.
public struct LoggedCommand: Hashable, Sendable {
  /// When it was started.
  public var at: Timestamp
  /// Name and arguments; secrets are taken out before they get here.
  public var words: [String]
  /// How long it ran, in milliseconds.
  public var took: Int
  /// How it ended, such as `exit 0` or `timed out`.
  public var outcome: String

  /// A program of these parts.
  public init(at: Timestamp, words: [String], took: Int, outcome: String) {
    self.at = at
    self.words = words
    self.took = took
    self.outcome = outcome
  }

  /// As one would type it into a shell.
  public var line: String {
    words.map { word in
      let isPlain =
        !word.isEmpty
        && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=,@%+^{}".contains($0) }
      return isPlain
        ? word
        : "'"
          + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
          + "'"
    }.joined(separator: " ")
  }
}

/// The programs that were run, the latest ones last; bounded.
public struct CommandLogPage: Hashable, Sendable {
  /// More are forgotten, the oldest first.
  public static let limit = 200

  /// In the order in which they ended.
  public private(set) var commands: [LoggedCommand] = []
  /// How many were forgotten.
  public private(set) var forgotten = 0
  /// First visible line.
  public var scroll = 0

  /// An empty log.
  public init() {}

  mutating func add(_ command: LoggedCommand) {
    commands.append(command)
    guard commands.count > Self.limit else { return }
    forgotten += commands.count - Self.limit
    commands.removeFirst(commands.count - Self.limit)
  }
}

extension SessionState {
  /// Keys of the log.
  mutating func handleLog(_ key: Key) -> [Effect] {
    switch key {
    case .escape, .character("q"), .character("l"): screen = .gate
    case .character("j"), .down: log.scroll += 1
    case .character("k"), .up: log.scroll = max(0, log.scroll - 1)
    case .pageDown: log.scroll += 10
    case .pageUp: log.scroll = max(0, log.scroll - 10)
    case .character("y"):
      note("copied \(log.commands.count.counted("command"))")
      return [.copy(log.commands.map { "\($0.line)  # \($0.outcome)\n" }.joined())]
    default: break
    }
    return []
  }
}
