public import Checklist

/// Sign-offs of an earlier launch that are still fresh, whole and with their signatures.
public struct Carry: Equatable, Sendable {
  /// The records, unchanged, as `{"id":…,"record":…,"signatures":[…]}`.
  public var records: [JSONValue]
  /// The points whose decisions are carried over.
  public var points: [String]
  /// Why they still hold, in the person's own words.
  public var note: String

  /// These records of an earlier launch.
  public init(records: [JSONValue], points: [String], note: String) {
    self.records = records
    self.points = points
    self.note = note
  }
}

extension Carry {
  static let fields: [Shape.Field] = [
    .required(
      "records",
      .filledList(
        .object([
          .required("id", .digest, "digest of the record's canonical bytes"),
          .required("record", .anyObject, "the record, unchanged"),
          .required("signatures", .list(Signature.shape), "its signatures, unchanged"),
        ])), "whole records of an earlier launch"),
    .required("points", .filledList(.filledText), "the points that are carried over"),
    .required("note", .text, "why they still hold"),
  ]

  var members: [String: JSONValue] {
    ["records": .array(records), "points": .strings(points), "note": .string(note)]
  }

  init(_ members: Members) {
    records = members.list("records")
    points = members.texts("points")
    note = members.text("note")
  }
}
