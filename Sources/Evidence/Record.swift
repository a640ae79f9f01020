public import Checklist

/// One event of a launch: never edited, never removed.
public struct Record: Equatable, Sendable {
  /// When, by the writer's clock; nothing proves it.
  public var at: Timestamp
  /// Who or what wrote it, and with which tool.
  public var by: Author
  /// The launch, as the digest of its canonical identity.
  public var launch: Digest
  /// The heads that the writer saw, in ascending order; empty for `opened` alone.
  public var parents: [RecordID]
  /// What happened.
  public var body: Body

  /// What a record can tell.
  public enum Body: Equatable, Sendable {
    case opened(Opened)
    case policy(PolicyChange)
    case candidate(Candidate)
    case run(Run)
    case signOff(SignOff)
    case countersign(Countersign)
    case revoke(Revoke)
    case assign(Assign)
    case reopen(Reopen)
    case carry(Carry)
    case seal(Seal)
    case timestamp(TimestampToken)
  }

  /// A record of these parts.
  public init(at: Timestamp, by: Author, launch: Digest, parents: [RecordID], body: Body) {
    self.at = at
    self.by = by
    self.launch = launch
    self.parents = parents.sorted()
    self.body = body
  }

  /// The record as it is hashed, signed and stored.
  public var value: JSONValue {
    .object(
      body.members.merging([
        "type": .string(body.type), "at": .string(at.rfc3339), "by": by.value,
        "launch": launch.value, "parents": .array(parents.map(\.value)),
      ]) { _, common in common })
  }

  /// The record that a stored value tells.
  ///
  /// - Throws: a sentence for people, where a member is missing, unknown or misshapen.
  public init(_ value: JSONValue) throws(RecordFault) {
    guard let type = value["type"]?.string else {
      throw RecordFault("the record has no type")
    }
    guard let shape = RecordShape.of(type: type) else {
      throw RecordFault("the record has the unknown type \(type)")
    }
    if let refusal = shape.refusal(of: value, at: type) { throw RecordFault(refusal) }
    let members = Members(value)
    at = members.timestamp("at")
    by = Author(members.value("by"))
    launch = members.digest("launch")
    parents = members.digests("parents")
    guard let body = Body(type: type, members) else {
      throw RecordFault("the record has the unknown type \(type)")
    }
    self.body = body
    try checkParents()
  }

  /// Whether the record would be written as that value, from which it was made, byte for byte.
  ///
  /// What a record takes over whole, such as a checklist, is the value's own.
  func isWritten(as recorded: JSONValue) -> Bool {
    let whole = RecordShape.takenOver[body.type] ?? []
    guard let written = value.object, let recorded = recorded.object,
      written.count == recorded.count
    else { return false }
    func derived(_ members: [String: JSONValue]) -> JSONValue {
      .object(members.filter { !whole.contains($0.key) })
    }
    return CanonicalJSON.areSame(derived(written), derived(recorded))
  }

  private func checkParents() throws(RecordFault) {
    if case .opened = body {
      guard parents.isEmpty else { throw RecordFault("an opened record has no parents") }
    } else if parents.isEmpty {
      throw RecordFault("only an opened record has no parents")
    }
    guard parents == parents.sorted(), Set(parents).count == parents.count else {
      throw RecordFault("the parents are not in ascending order, each once")
    }
  }
}

/// Why a value is no record of this format.
public struct RecordFault: Error, Equatable, Sendable {
  /// In lower case and without a full stop.
  public var reason: String

  init(_ reason: String) { self.reason = reason }
}

extension Record.Body {
  /// The `type` member.
  public var type: String {
    switch self {
    case .opened: "opened"
    case .policy: "policy"
    case .candidate: "candidate"
    case .run: "run"
    case .signOff: "sign-off"
    case .countersign: "countersign"
    case .revoke: "revoke"
    case .assign: "assign"
    case .reopen: "reopen"
    case .carry: "carry"
    case .seal: "seal"
    case .timestamp: "timestamp"
    }
  }

  fileprivate var members: [String: JSONValue] {
    switch self {
    case .opened(let body): body.members
    case .policy(let body): body.members
    case .candidate(let body): body.members
    case .run(let body): body.members
    case .signOff(let body): body.members
    case .countersign(let body): body.members
    case .revoke(let body): body.members
    case .assign(let body): body.members
    case .reopen(let body): body.members
    case .carry(let body): body.members
    case .seal(let body): body.members
    case .timestamp(let body): body.members
    }
  }

  fileprivate init?(type: String, _ members: Members) {
    switch type {
    case "opened": self = .opened(Opened(members))
    case "policy": self = .policy(PolicyChange(members))
    case "candidate": self = .candidate(Candidate(members))
    case "run": self = .run(Run(members))
    case "sign-off": self = .signOff(SignOff(members))
    case "countersign": self = .countersign(Countersign(members))
    case "revoke": self = .revoke(Revoke(members))
    case "assign": self = .assign(Assign(members))
    case "reopen": self = .reopen(Reopen(members))
    case "carry": self = .carry(Carry(members))
    case "seal": self = .seal(Seal(members))
    case "timestamp": self = .timestamp(TimestampToken(members))
    default: return nil
    }
  }
}
