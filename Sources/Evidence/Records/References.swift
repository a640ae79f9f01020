internal import Checklist

/// A second person's agreement to a record: the other half of four eyes.
public struct Countersign: Equatable, Sendable {
  /// What is agreed to: a sign-off, a carry or a policy change.
  public var record: RecordID
  /// The points that are agreed to; empty means all of the record.
  public var points: [String]
  /// In the person's own words.
  public var note: String

  /// An agreement to that record.
  public init(record: RecordID, points: [String] = [], note: String) {
    self.record = record
    self.points = points
    self.note = note
  }
}

/// The taking back of a record; the record itself stays.
public struct Revoke: Equatable, Sendable {
  /// What is taken back.
  public var record: RecordID
  /// The points that are taken back; empty means all of the record.
  public var points: [String]
  /// Why.
  public var reason: String

  /// The taking back of that record.
  public init(record: RecordID, points: [String] = [], reason: String) {
    self.record = record
    self.points = points
    self.reason = reason
  }
}

/// The assignment of a lasting duty to a person.
public struct Assign: Equatable, Sendable {
  /// The duty, as the checklist names it.
  public var duty: String
  /// Stable id or email address of the person who has it now.
  public var id: String
  /// Name of that person.
  public var name: String
  /// Address of that person.
  public var email: String

  /// The assignment of that duty.
  public init(duty: String, id: String, name: String, email: String) {
    self.duty = duty
    self.id = id
    self.name = name
    self.email = email
  }
}

/// The launch is open again: a seal ends, or an occasion ends what was decided and seen before it.
public struct Reopen: Equatable, Sendable {
  /// The seal that ends, or the opening of a launch that was never sealed.
  public var record: RecordID
  /// Id of the occasion of the checklist that came up, if it is one.
  ///
  /// Decisions and findings of its controls do not count unless they follow this record.
  public var occasion: String?
  /// Why.
  public var reason: String

  /// The end of that seal, or of what was decided before that occasion.
  public init(record: RecordID, occasion: String? = nil, reason: String) {
    self.record = record
    self.occasion = occasion
    self.reason = reason
  }
}

extension Countersign {
  static let fields: [Shape.Field] = [
    .required("record", .digest, "the sign-off, carry or policy change that is agreed to"),
    .required("points", .list(.filledText), "the points; empty means all of the record"),
    .required("note", .text, "in the person's own words"),
  ]

  var members: [String: JSONValue] {
    ["record": record.value, "points": .strings(points), "note": .string(note)]
  }

  init(_ members: Members) {
    record = members.digest("record")
    points = members.texts("points")
    note = members.text("note")
  }
}

extension Revoke {
  static let fields: [Shape.Field] = [
    .required("record", .digest, "the record that is taken back"),
    .required("points", .list(.filledText), "the points; empty means all of the record"),
    .required("reason", .filledText, "why"),
  ]

  var members: [String: JSONValue] {
    ["record": record.value, "points": .strings(points), "reason": .string(reason)]
  }

  init(_ members: Members) {
    record = members.digest("record")
    points = members.texts("points")
    reason = members.text("reason")
  }
}

extension Assign {
  static let fields: [Shape.Field] = [
    .required("duty", .filledText, "the duty, as the checklist names it"),
    .required("id", .filledText, "stable id or address of the person"),
    .required("name", .filledText, "name of the person"),
    .required("email", .text, "address of the person"),
  ]

  var members: [String: JSONValue] {
    [
      "duty": .string(duty), "id": .string(id), "name": .string(name), "email": .string(email),
    ]
  }

  init(_ members: Members) {
    duty = members.text("duty")
    id = members.text("id")
    name = members.text("name")
    email = members.text("email")
  }
}

extension Reopen {
  static let fields: [Shape.Field] = [
    .required("record", .digest, "the seal that ends, or the opening"),
    .optional("occasion", .filledText, "the occasion that ends earlier decisions and findings"),
    .required("reason", .filledText, "why"),
  ]

  var members: [String: JSONValue] {
    ["record": record.value, "reason": .string(reason)]
      .adding("occasion", occasion.map(JSONValue.string))
  }

  init(_ members: Members) {
    record = members.digest("record")
    occasion = members.optionalText("occasion")
    reason = members.text("reason")
  }
}
