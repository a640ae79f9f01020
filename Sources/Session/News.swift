internal import Gate

/// What happened elsewhere while the message line said something that must not be missed.
///
/// It is counted beside that message, and said when a key shows that it was seen.
public struct News: Hashable, Sendable {
  private var arrivals: Arrivals?
  private var messages: [SessionState.Message] = []

  /// How many records and messages wait to be told.
  public var count: Int { (arrivals?.count ?? 0) + messages.count }

  /// A few words to stand beside the message; nil where nothing waits.
  public var note: String? {
    if count == 0 { return nil }
    return messages.isEmpty ? "+\(count) came in" : "+\(count) more"
  }

  /// Adds records of others to those that wait.
  mutating func add(_ others: Arrivals) {
    arrivals = arrivals?.followed(by: others) ?? others
  }

  /// Adds a message.
  mutating func add(_ message: SessionState.Message) { messages.append(message) }

  /// Takes what is to be told next: what went wrong before what came in.
  mutating func next() -> SessionState.Message? {
    if !messages.isEmpty { return messages.removeFirst() }
    defer { arrivals = nil }
    return arrivals.map { .init(kind: .note, text: $0.words, hint: nil) }
  }
}

/// Records that others have written.
struct Arrivals: Hashable, Sendable {
  /// How many.
  var count: Int
  /// Who wrote them, each once.
  var names: [String]
  private var before: GateVerdict
  private var after: GateVerdict

  /// The records of which the older snapshot knew nothing, but for the user's own; nil where there
  /// are none.
  init?(since old: EvidenceSnapshot, in new: EvidenceSnapshot, without own: (HistoryEntry) -> Bool)
  {
    let known = Set(old.history.map(\.id))
    let fresh = new.history.filter { !known.contains($0.id) && !own($0) }
    guard !fresh.isEmpty else { return nil }
    count = fresh.count
    names = []
    for entry in fresh where !names.contains(entry.who) { names.append(entry.who) }
    (before, after) = (old.report.verdict, new.report.verdict)
  }

  /// These and later ones, as one arrival.
  func followed(by later: Arrivals) -> Arrivals {
    var all = self
    all.count += later.count
    all.names += later.names.filter { !names.contains($0) }
    all.after = later.after
    return all
  }

  /// In a sentence.
  var words: String {
    let who = names.prefix(2).joined(separator: ", ") + (names.count > 2 ? " and others" : "")
    let verdict = before == after ? "" : "; \(before.rawValue) became \(after.rawValue)"
    return "\(count == 1 ? "a record" : "\(count) records") came in, by \(who)\(verdict)"
  }
}

extension SessionState {
  /// Says a message that nobody asked for, now or after what must not be missed.
  mutating func announce(_ message: Message) {
    if self.message?.holds ?? false { news.add(message) } else { self.message = message }
  }

  /// Says what others recorded, now or after what must not be missed.
  mutating func announce(_ arrivals: Arrivals?) {
    guard let arrivals else { return }
    news.add(arrivals)
    if !(message?.holds ?? false), let told = news.next() { message = told }
  }

  /// A key was pressed while that message stood: it was seen, and what waits is told.
  mutating func turnToNews(after seen: Message?) {
    guard !Self.isTooSmall(size), message == nil || message == seen, message?.kind != .error else {
      return
    }
    if let told = news.next() { message = told } else { message?.isAcknowledgement = false }
  }
}
