public import Checklist
internal import Evidence
public import Gate

/// One launch among many, as a board shows it.
public struct BoardRow: Equatable, Sendable {
  /// What became of a file.
  public enum Outcome: Equatable, Sendable {
    /// It was read and judged.
    case judged(BoardEntry)
    /// It is not intact, or the launch in it cannot be judged.
    case damaged(reason: String, hint: String?)
    /// It could not be read at all.
    case unreadable(reason: String, hint: String?)
  }

  /// The file as it was given.
  public var file: String
  /// What became of it.
  public var outcome: Outcome

  /// What became of that file.
  public init(file: String, outcome: Outcome) {
    self.file = file
    self.outcome = outcome
  }

  /// The judgement, or nil where there is none.
  public var entry: BoardEntry? {
    if case .judged(let entry) = outcome { entry } else { nil }
  }

  /// `DAMAGED`, `UNREADABLE` or the verdict.
  public var word: String {
    switch outcome {
    case .judged(let entry): entry.verdict.rawValue
    case .damaged: "DAMAGED"
    case .unreadable: "UNREADABLE"
    }
  }

  /// The worst first: what nobody can know, what is wrong, what is not known, what is well.
  ///
  /// Among equals what expires sooner, then by name, so that the order never depends on chance.
  public static func sorted(_ rows: [BoardRow]) -> [BoardRow] {
    rows.sorted { left, right in
      if left.rank != right.rank { return left.rank < right.rank }
      let ends = (left.entry?.expires?.seconds ?? .max, right.entry?.expires?.seconds ?? .max)
      if ends.0 != ends.1 { return ends.0 < ends.1 }
      return (left.name, left.file) < (right.name, right.file)
    }
  }

  /// Ascending from the worst.
  public var rank: Int {
    switch outcome {
    case .damaged: 0
    case .unreadable: 1
    case .judged(let entry):
      switch entry.verdict {
      case .noGo: 2
      case .incomplete: 3
      case .go: 4
      }
    }
  }

  private var name: String {
    entry.map { "\($0.subject) \($0.environment) \($0.release)" } ?? file
  }
}

/// How one launch stands, in a few words.
public struct BoardEntry: Equatable, Sendable {
  /// What is gated.
  public var subject: String
  /// Which version.
  public var release: String
  /// To where.
  public var environment: String
  /// GO, NO-GO or INCOMPLETE.
  public var verdict: GateVerdict
  /// The moment that was judged.
  public var at: Timestamp
  /// How many points stand how; states without points are left out.
  public var counts: [State: Int]
  /// How many points there are.
  public var points: Int
  /// All that keeps it from GO, gravest first.
  public var blockers: [Blocker]
  /// Who has to act next, by role or name, with the number of points; those with most first.
  public var waitsFor: [Waiting]
  /// When the first answer stops to hold.
  public var expires: Timestamp?
  /// The points whose answers stop to hold then.
  public var expiring: [String]
  /// Whether the release was signed off.
  public var isSealed: Bool

  /// Somebody with something to do.
  public struct Waiting: Equatable, Sendable {
    /// A role with the people who have it, or what else has to happen.
    public var who: String
    /// How many points wait for it.
    public var points: Int

    /// Somebody for whom that many points wait.
    public init(who: String, points: Int) {
      self.who = who
      self.points = points
    }
  }

  /// The launch in short.
  public init(_ report: GateReport) {
    subject = report.subject
    release = report.release
    environment = report.environment
    verdict = report.verdict
    at = report.at
    counts = Dictionary(grouping: report.points, by: \.state).mapValues(\.count)
    points = report.points.count
    blockers = report.blockers
    let settled = report.points.filter(\.state.isSettled)
    let first = settled.compactMap(\.expires).min()
    expires = first
    expiring = settled.filter { $0.expires != nil && $0.expires == first }.map(\.point.id)
    if case .sealed = report.seal { isSealed = true } else { isSealed = false }
    waitsFor = Waiters(report).all
  }

  /// How many points are settled.
  public var settled: Int {
    counts.filter { $0.key.isSettled }.values.reduce(0, +)
  }
}

/// Who has to act next on a launch.
private struct Waiters {
  let report: GateReport
  /// The roles that may sign each point.
  private let signers: [String: [String]]

  init(_ report: GateReport) {
    self.report = report
    signers = Dictionary(
      report.checklist.controls.flatMap { control in
        control.points.map { ($0.id, control.signers) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Those with most points first, then by name.
  var all: [BoardEntry.Waiting] {
    var counts: [String: Int] = [:]
    for standing in report.points where !standing.state.isSettled {
      counts[who(standing), default: 0] += 1
    }
    if report.verdict == .go, report.seal == .unsealed { counts["release manager, to seal"] = 1 }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { BoardEntry.Waiting(who: $0.key, points: $0.value) }
  }

  private func who(_ standing: PointStanding) -> String {
    switch standing.state {
    case .unknown: return "a probe"
    case .fail: return "somebody who mends it"
    case .stale,
      .lapsed where standing.decision == nil:
      return "a probe"
    default: break
    }
    let roles = signers[standing.point.id] ?? []
    let signer = standing.state == .open ? standing.decision?.by.person : nil
    let people = report.policy.people.filter { person in
      let isFirst = signer.map { person.id == $0.id || person.emails.contains($0.email) } ?? false
      return !isFirst
        && person.roles.contains { grant in
          (roles.isEmpty || roles.contains(grant.role))
            && person.has(role: grant.role, on: report.at.date)
        }
    }
    let role = roles.isEmpty ? "" : roles.joined(separator: " or ")
    let names = people.map(\.name).joined(separator: ", ")
    let second = signer == nil ? "" : "a second person"
    let words = [second, role, names.isEmpty ? "" : "(\(names))"].filter { !$0.isEmpty }
    return words.isEmpty ? "anybody" : words.joined(separator: " ")
  }
}
