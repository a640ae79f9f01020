public import Checklist
public import Evidence

/// How a point stands.
public enum State: String, Sendable, CaseIterable {
  /// Met, or seen to pass.
  case ok = "OK"
  /// Does not apply here, and a person said so.
  case notApplicable = "N/A"
  /// A person took the risk until a given day.
  case risk = "RISK"
  /// Needs a person.
  case open = "OPEN"
  /// Suspects were found that a person has to judge.
  case review = "REVIEW"
  /// Older than it may be.
  case stale = "STALE"
  /// What it was said of has changed.
  case lapsed = "LAPSED"
  /// Could not be looked at.
  case unknown = "UNKNOWN"
  /// Not as it should be.
  case fail = "FAIL"

  /// Whether the launch may go ahead with it.
  public var isSettled: Bool { self == .ok || self == .notApplicable || self == .risk }

  /// What it makes of the verdict.
  public var verdict: GateVerdict {
    if isSettled { return .go }
    return self == .fail ? .noGo : .incomplete
  }

  /// The rank of graver states is higher; a control stands like its gravest point.
  public var gravity: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What the gate says.
public enum GateVerdict: String, Sendable, CaseIterable {
  /// Nothing blocks.
  case go = "GO"
  /// Nothing is known to be wrong, but something is not known to be right.
  case incomplete = "INCOMPLETE"
  /// Something is wrong.
  case noGo = "NO-GO"
}

/// A point with its state and all that led to it.
public struct PointStanding: Equatable, Sendable {
  /// The point.
  public var point: Point
  /// How it stands.
  public var state: State
  /// Why, in one sentence.
  public var reason: String
  /// What to do next; nil where nothing is to do.
  public var wayOut: String?
  /// The findings that count, one for each probe.
  public var findings: [CountedFinding] = []
  /// The decision that counts, if one does; a "not met" that nobody lifted is one.
  public var decision: CountedDecision?
  /// When it stops to hold, if it does.
  public var expires: Timestamp?
  /// Whether a person's observation stands in for a probe that could not look.
  public var isObservedByHand = false
  /// Records that do not count, with the reason.
  public var discounted: [String] = []
  /// Ids of the facts of the launch without which it is not known whether it applies.
  public var waitsFor: [String] = []
  /// How it would stand if those facts held; nil where it waits for none.
  public var stateIfAsked: State?
  /// Ids of the points that depend on it, where it is a fact of the launch.
  public var dependents: [String] = []
  /// Digest of the facts of the findings that count; what a new decision relies on.
  public var factsDigest: Digest?

  /// Whether it is settled and will not be for long: three days for what a person decided, three
  /// hours for what a probe saw.
  public func endsSoon(at now: Timestamp) -> Bool {
    guard state.isSettled, let expires else { return false }
    return expires <= now + (decision == nil ? Period.hours(3) : Period.days(3))
  }

  /// Until when it holds, in words; nil where it does not end.
  var endingWarning: String? {
    expires.map { "\(point.id) holds only until \($0.short) UTC" }
  }
}

/// A finding that counts.
public struct CountedFinding: Equatable, Sendable {
  /// The run in which it stands.
  public var record: RecordID
  /// When it was seen.
  public var at: Timestamp
  /// What was seen.
  public var finding: ProbeFinding
}

/// A decision that counts.
public struct CountedDecision: Equatable, Sendable {
  /// The sign-off in which it stands.
  public var record: RecordID
  /// When it was recorded.
  public var at: Timestamp
  /// Who decided.
  public var by: Author
  /// What was decided.
  public var decision: Decision
  /// Names of the people who agreed.
  public var countersigners: [String] = []
  /// Whether it comes from an earlier launch.
  public var isCarried = false
}
