public import Checklist

/// A batch of decisions by one person, reviewed on one page and signed once.
public struct SignOff: Equatable, Sendable {
  /// At least one.
  public var decisions: [Decision]

  /// These decisions.
  public init(decisions: [Decision]) { self.decisions = decisions }
}

/// What a person says of one point.
public struct Decision: Equatable, Sendable {
  /// The five answers that a person can give.
  public enum Answer: String, Sendable, CaseIterable {
    case met
    case notMet = "not-met"
    case notApplicable = "not-applicable"
    case riskAccepted = "risk-accepted"
    case observedByHand = "observed-by-hand"
  }

  /// A file that backs the decision; only its name and digest are kept.
  public struct Attachment: Hashable, Sendable {
    /// The file's name, without folders.
    public var name: String
    /// The digest of its bytes.
    public var digest: Digest
    /// Its length in bytes.
    public var size: Int

    /// A file of that name.
    public init(name: String, digest: Digest, size: Int) {
      self.name = name
      self.digest = digest
      self.size = size
    }
  }

  /// A fault that a person accepts, by the name of its fact; the note says why.
  public struct Acceptance: Hashable, Sendable {
    /// The name of the fact in the finding.
    public var fact: String
    /// Whether what was exposed was replaced, so that it is worth nothing any more.
    public var isRotated: Bool

    /// An acceptance of that fault.
    public init(fact: String, isRotated: Bool) {
      self.fact = fact
      self.isRotated = isRotated
    }
  }

  /// The point.
  public var point: String
  /// The answer.
  public var answer: Answer
  /// In the person's own words.
  public var note: String
  /// The day on which the thing was done; it starts the validity.
  public var performedOn: CalendarDate?
  /// Files that back it.
  public var attachments: [Attachment]
  /// Digest of the point as the person read it.
  public var pointDigest: Digest
  /// Digest of the facts on which the answer relies.
  public var factsDigest: Digest?
  /// Last day of an accepted risk.
  public var until: CalendarDate?
  /// Faults of a finding that are accepted one by one; they count with a `met`.
  public var accepted: [Acceptance]

  /// A decision on a point.
  public init(
    point: String, answer: Answer, note: String, performedOn: CalendarDate? = nil,
    attachments: [Attachment] = [], pointDigest: Digest, factsDigest: Digest? = nil,
    until: CalendarDate? = nil, accepted: [Acceptance] = []
  ) {
    self.point = point
    self.answer = answer
    self.note = note
    self.performedOn = performedOn
    self.attachments = attachments
    self.pointDigest = pointDigest
    self.factsDigest = factsDigest
    self.until = until
    self.accepted = accepted
  }
}

extension SignOff {
  static let fields: [Shape.Field] = [
    .required("decisions", .filledList(Decision.shape), "one for each point")
  ]

  var members: [String: JSONValue] { ["decisions": .array(decisions.map(\.value))] }

  init(_ members: Members) { decisions = members.list("decisions").map(Decision.init) }
}

extension Decision {
  static let shape = Shape.object([
    .required("point", .filledText, "the point"),
    .required("decision", .choice(Answer.allCases.map(\.rawValue)), "the answer"),
    .required("note", .text, "in the person's own words"),
    .optional("performed-on", .date, "the day on which the thing was done"),
    .required(
      "attachments",
      .list(
        .object([
          .required("name", .filledText, "name of the file"),
          .required("sha256", .digest, "digest of its bytes"),
          .required("size", .count, "length in bytes"),
        ])), "files that back the decision"),
    .required("point-digest", .digest, "digest of the point as it was read"),
    .optional("facts-digest", .digest, "digest of the facts that the answer relies on"),
    .optional("until", .date, "last day of an accepted risk"),
    .optional(
      "accepted",
      .filledList(
        .object([
          .required("fact", .filledText, "name of the fact that is the fault"),
          .required("rotated", .flag, "whether what was exposed was replaced"),
        ])), "faults of a finding that are accepted one by one, for the reason in the note"),
  ])

  fileprivate var value: JSONValue {
    .object(
      [
        "point": .string(point), "decision": .string(answer.rawValue), "note": .string(note),
        "attachments": .array(
          attachments.map {
            .object([
              "name": .string($0.name), "sha256": $0.digest.value, "size": .integer($0.size),
            ])
          }), "point-digest": pointDigest.value,
      ]
      .adding("performed-on", performedOn.map { .string($0.description) })
      .adding("facts-digest", factsDigest?.value)
      .adding("until", until.map { .string($0.description) })
      .adding(
        "accepted",
        accepted.isEmpty
          ? nil
          : .array(
            accepted.map {
              .object(["fact": .string($0.fact), "rotated": .bool($0.isRotated)])
            })))
  }

  fileprivate init(_ value: JSONValue) {
    let members = Members(value)
    point = members.text("point")
    answer = Answer(rawValue: members.text("decision")) ?? .notMet
    note = members.text("note")
    performedOn = members.date("performed-on")
    attachments = members.list("attachments").map { attachment in
      let members = Members(attachment)
      return Attachment(
        name: members.text("name"), digest: members.digest("sha256"), size: members.number("size"))
    }
    pointDigest = members.digest("point-digest")
    factsDigest = members.optionalDigest("facts-digest")
    until = members.date("until")
    accepted = members.list("accepted").map { acceptance in
      let members = Members(acceptance)
      return Acceptance(fact: members.text("fact"), isRotated: members.flag("rotated"))
    }
  }
}
