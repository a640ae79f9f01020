public import Checklist

/// Tells of every program that is run: with which arguments, when, how long, and how it ended.
///
/// Bound to a task and all that it starts; where none is bound nobody is told.
public struct CommandLog: Sendable {
  /// One program that has ended.
  public struct Entry: Sendable {
    /// When it was started.
    public var at: Timestamp
    /// Name and arguments, with secrets taken out; long ones are shortened.
    public var words: [String]
    /// How long it ran.
    public var took: Duration
    /// How it ended, such as `exit 0`.
    public var outcome: String
  }

  /// The log of this task.
  @TaskLocal public static var current: CommandLog?

  private let now: @Sendable () -> Timestamp
  private let report: @Sendable (Entry) -> Void

  /// A log that asks that clock and hands on what has ended.
  public init(
    now: @escaping @Sendable () -> Timestamp, report: @escaping @Sendable (Entry) -> Void
  ) {
    self.now = now
    self.report = report
  }

  /// A program that starts now.
  public func start(_ words: [String]) -> Running {
    Running(log: self, at: now(), words: words.prefix(64).map(Self.shown))
  }

  /// A program that has not ended yet.
  public struct Running: Sendable {
    fileprivate let log: CommandLog
    fileprivate let at: Timestamp
    fileprivate let words: [String]
    fileprivate let began = ContinuousClock.now

    /// Says how it ended.
    public func end(_ outcome: String) {
      log.report(
        Entry(at: at, words: words, took: .now - began, outcome: String(outcome.prefix(60))))
    }
  }

  /// The word without what must not be read over a shoulder: user and query of an address, and
  /// the value of anything that is called a secret.
  private static func shown(_ word: String) -> String {
    let short = word.count > 200 ? word.prefix(200) + "…" : word[...]
    if short.contains("://") { return Redaction.url(String(short)) }
    guard let mark = short.firstIndex(of: "=") else { return String(short) }
    let name = short[..<mark].lowercased()
    let secret = ["password", "passwd", "secret", "token", "authorization", "apikey", "api-key"]
    return secret.contains(where: name.contains)
      ? "\(short[...mark])\(Redaction.mark)" : String(short)
  }
}
