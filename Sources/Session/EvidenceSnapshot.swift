public import Checklist
public import Evidence
public import Gate

/// The evidence as the screens need it, computed away from the thread that draws.
public struct EvidenceSnapshot: Equatable, Sendable {
  /// What the gate says.
  public var report: GateReport
  /// All records, newest first.
  public var history: [HistoryEntry]
  /// Path of the evidence file.
  public var path: String
  /// How many records there are.
  public var count: Int
  /// The records that no other follows.
  public var heads: [RecordID]
  /// Old beside new under points that no longer hold, by point.
  public var changes: [String: [Change]]

  /// A snapshot of these parts.
  public init(
    report: GateReport, history: [HistoryEntry], path: String, count: Int, heads: [RecordID],
    changes: [String: [Change]] = [:]
  ) {
    self.changes = changes
    self.report = report
    self.history = history
    self.path = path
    self.count = count
    self.heads = heads
  }

  /// Judges the evidence and lists its records.
  ///
  /// - Throws: where the launch cannot be judged at all.
  public init(_ evidence: Evidence, path: String, at now: Timestamp) throws(GateFault) {
    let report = try Gate.evaluate(evidence, at: now)
    self.init(
      report: report, history: evidence.entries.reversed().map(HistoryEntry.init), path: path,
      count: evidence.entries.count, heads: evidence.heads,
      changes: Drift(evidence, report).all)
  }
}

/// One record as the history shows it.
public struct HistoryEntry: Equatable, Sendable {
  /// The record's id.
  public var id: RecordID
  /// When it was written.
  public var at: Timestamp
  /// The record's type, such as `sign-off`.
  public var type: String
  /// Name and role, or the pipeline.
  public var who: String
  /// The points that it speaks of; empty where it concerns the whole launch.
  public var points: [String]
  /// Its outcome in a word or two.
  public var outcome: String
  /// All that it says, line by line; text from outside.
  public var lines: [String]
  /// Whether a key signed it.
  public var isSigned: Bool

  /// The same record with only what it says of those points, and of itself.
  func restricted(to wanted: [String]) -> HistoryEntry {
    var entry = self
    var point: String?
    entry.points = points.filter(wanted.contains)
    entry.lines = lines.filter { line in
      let word = String(line.prefix { $0 != " " })
      // What is attached stands indented under its point.
      if !word.isEmpty { point = points.contains(word) ? word : nil }
      return point.map(wanted.contains) ?? true
    }
    return entry
  }

  /// What the history shows of that entry.
  public init(_ entry: Entry) {
    id = entry.id
    at = entry.record.at
    type = entry.record.body.type
    who = entry.record.by.person.map { "\($0.name) (\($0.role))" } ?? entry.record.by.name
    isSigned = !entry.signatures.isEmpty
    let told = HistoryText(entry.record.body)
    points = told.points
    outcome = told.outcome
    lines =
      told.lines + [
        "recorded \(entry.record.at.short) UTC by \(entry.record.by.user)@\(entry.record.by.host), "
          + entry.record.by.tool,
        "id \(entry.id)",
        entry.signatures.isEmpty
          ? "no signature: names are as typed"
          : "signed by \(entry.signatures.map(\.key).joined(separator: ", "))",
      ]
  }
}
