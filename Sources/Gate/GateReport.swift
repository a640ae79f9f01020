public import Checklist
public import Evidence

/// What the gate says of a launch at one moment, with every reason.
public struct GateReport: Equatable, Sendable {
  /// GO, NO-GO or INCOMPLETE.
  public var verdict: GateVerdict
  /// The moment that was judged.
  public var at: Timestamp
  /// What is gated.
  public var subject: String
  /// Which version.
  public var release: String
  /// To where.
  public var environment: String
  /// The checklist that counts.
  public let checklist: Checklist
  /// What a screen asks of it for each of its rows, worked out once.
  let outline: Outline
  /// The policy that counts.
  public var policy: Policy
  /// What is to be shipped, if that is recorded and nobody disagrees.
  public var candidate: Candidate?
  /// The facts of the launch, answered once; none of them is counted among the points.
  public let facts: [PointStanding]
  /// The approval of what the checklist loosens; nil where it loosens nothing.
  public let approval: PointStanding?
  /// All points in the order of the checklist.
  public let points: [PointStanding]
  /// All that keeps the launch from GO, gravest first.
  public var blockers: [Blocker]
  /// What does not block but should be known.
  public var warnings: [String]
  /// Until when a GO holds; nil where nothing expires or the verdict is not GO.
  public var validUntil: Timestamp?
  /// Whether the release was signed off.
  public var seal: SealStatus
  /// Duty to the person who has it.
  public var duties: [String: String]
  /// When reviews are due again, the next first; empty where nobody has sealed the launch.
  public var dues: [DueDate]
  /// When the next review is due.
  public var nextDue: Timestamp? { dues.first?.at }

  /// Whether a seal is all that is missing.
  public var isSealable: Bool { blockers.allSatisfy(\.isLiftedBySeal) }

  /// The standing of that point, fact or approval, or nil.
  public func standing(_ point: String) -> PointStanding? {
    switch outline.places[point] {
    case .fact(let index): facts[index]
    case .approval: approval
    case .point(let index): points[index]
    case nil: nil
    }
  }

  /// The standings of a control's points, in order.
  public func standings(of control: Control) -> [PointStanding] {
    control.points.compactMap { standing($0.id) }
  }

  /// All domains in walking order, that of the facts and of the approval first.
  public var walk: [Domain] { outline.walk }

  /// All controls in walking order, those of the facts and of the approval first.
  public var controls: [Control] { outline.controls }

  /// The control of that number or slug, preliminary ones too, or nil.
  public func control(_ name: String) -> Control? {
    controls.first { $0.number == name || $0.slug == name }
  }

  /// The control to which a point, fact or approval belongs, or nil.
  public func control(ofPoint id: String) -> Control? {
    controls.first { $0.points.contains { $0.id == id } }
  }

  /// A control stands like its gravest point.
  public func state(of control: Control) -> State {
    standings(of: control).map(\.state).max { $0.gravity < $1.gravity } ?? .open
  }

  /// What is settled and soon will not be any more, the first to end first: a decision within three
  /// days, a finding within three hours of the moment that was judged.
  public var ending: [PointStanding] {
    walked.filter { $0.endsSoon(at: at) }.enumerated().sorted { left, right in
      (left.element.expires ?? at, left.offset) < (right.element.expires ?? at, right.offset)
    }.map(\.element)
  }

  /// The warnings for people: points that end soon are counted in one, with the first of them.
  public var warningsInShort: [String] {
    let ending = ending
    guard ending.count > 1, let first = ending.first, let until = first.expires else {
      return warnings
    }
    let single = Set(ending.compactMap(\.endingWarning))
    return warnings.filter { !single.contains($0) } + [
      "\(ending.count) points end soon: \(first.point.id) holds only until \(until.short) UTC"
    ]
  }

  /// Everything that a person settles: facts, approval, points.
  private var walked: [PointStanding] { facts + [approval].compactMap(\.self) + points }

  /// How many points stand so.
  public func count(_ state: State) -> Int { points.filter { $0.state == state }.count }
}

/// A report's domains and controls, and where the standing of each point is found.
struct Outline: Equatable, Sendable {
  enum Place: Equatable, Sendable {
    case fact(Int), approval
    case point(Int)
  }

  let walk: [Domain]
  let controls: [Control]
  let places: [String: Place]

  init(_ checklist: Checklist, facts: [PointStanding], points: [PointStanding]) {
    walk = checklist.walk
    controls = walk.flatMap(\.controls)
    var places: [String: Place] = [:]
    for (index, standing) in points.enumerated() { places[standing.point.id] = .point(index) }
    places[Checklist.approvalNumber] = .approval
    for (index, standing) in facts.enumerated() { places[standing.point.id] = .fact(index) }
    self.places = places
  }
}

/// One thing that keeps the launch from GO.
public struct Blocker: Hashable, Sendable {
  /// The point, or nil where the whole launch is meant.
  public var point: String?
  /// How it stands.
  public var state: State
  /// Why, in one sentence.
  public var reason: String
  /// What to do next.
  public var wayOut: String?
  /// Whether sealing the release is what lifts it.
  public var isLiftedBySeal = false

  /// A blocker for that reason.
  public init(point: String? = nil, state: State, reason: String, wayOut: String? = nil) {
    self.point = point
    self.state = state
    self.reason = reason
    self.wayOut = wayOut
  }
}

/// Whether the release was signed off.
public enum SealStatus: Equatable, Sendable {
  /// Nobody has sealed it.
  case unsealed
  /// Sealed by that record; nothing negative came after.
  case sealed(RecordID, by: String, at: Timestamp)
  /// Sealed once, but opened again for that reason.
  case reopened(RecordID, reason: String)
}

/// What a pipeline expects of the evidence it was given; a mismatch is NO-GO.
public struct Expectations: Equatable, Sendable {
  /// What is launched.
  public var subject: String?
  /// Which version.
  public var release: String?
  /// To where.
  public var environment: String?
  /// The commit that is deployed.
  public var commit: String?
  /// The digest of the artifact that is deployed.
  public var artifact: String?
  /// Digest of the canonical checklist, or its id.
  public var checklist: String?

  /// Nothing is expected unless it is given.
  public init(
    subject: String? = nil, release: String? = nil, environment: String? = nil,
    commit: String? = nil, artifact: String? = nil, checklist: String? = nil
  ) {
    self.subject = subject
    self.release = release
    self.environment = environment
    self.commit = commit
    self.artifact = artifact
    self.checklist = checklist
  }
}
