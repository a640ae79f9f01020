internal import Checklist
internal import Foundation

/// The release sign-off: what the gate said, and over which records.
public struct Seal: Equatable, Sendable {
  /// A signature that was there when the seal was made.
  public struct Cover: Hashable, Sendable {
    /// The signed record.
    public var record: RecordID
    /// Fingerprint of the key.
    public var key: String

    /// A signature of that record by that key.
    public init(record: RecordID, key: String) {
      self.record = record
      self.key = key
    }
  }

  /// `GO`, `NO-GO` or `INCOMPLETE`.
  public var verdict: String
  /// The same as the seal's parents.
  public var heads: [RecordID]
  /// How many records lie in its past.
  public var count: Int
  /// All signatures in its past, sorted by record and key.
  public var covers: [Cover]
  /// In the person's own words.
  public var note: String

  /// A seal over those heads.
  public init(verdict: String, heads: [RecordID], count: Int, covers: [Cover], note: String) {
    self.verdict = verdict
    self.heads = heads
    self.count = count
    self.covers = covers
    self.note = note
  }
}

/// A time-stamp token (RFC 3161) over a seal.
public struct TimestampToken: Equatable, Sendable {
  /// The seal whose canonical bytes were stamped.
  public var seal: RecordID
  /// The token in DER, as base64.
  public var token: String

  /// A token over that seal.
  public init(seal: RecordID, token: String) {
    self.seal = seal
    self.token = token
  }

  /// The stamp that an authority gave, over the seal whose bytes it stamped.
  public init(_ stamp: StampedTime) {
    self.init(seal: stamp.imprint, token: Data(stamp.token).base64EncodedString())
  }

  /// The token in DER; nil where the record holds no base64.
  var der: [UInt8]? {
    Data(base64Encoded: token).flatMap { $0.base64EncodedString() == token ? Array($0) : nil }
  }
}

extension Seal {
  static let fields: [Shape.Field] = [
    .required("verdict", .choice(["GO", "NO-GO", "INCOMPLETE"]), "what the gate said"),
    .required("heads", .filledList(.digest), "the same as the parents"),
    .required("count", .count, "how many records lie in its past"),
    .required(
      "covers",
      .list(
        .object([
          .required("record", .digest, "a signed record of its past"),
          .required("key", .filledText, "fingerprint of the signing key"),
        ])), "all signatures that were there"),
    .required("note", .text, "in the person's own words"),
  ]

  var members: [String: JSONValue] {
    [
      "verdict": .string(verdict), "heads": .array(heads.map(\.value)), "count": .integer(count),
      "covers": .array(
        covers.map { .object(["record": $0.record.value, "key": .string($0.key)]) }),
      "note": .string(note),
    ]
  }

  init(_ members: Members) {
    verdict = members.text("verdict")
    heads = members.digests("heads")
    count = members.number("count")
    covers = members.list("covers").map { cover in
      let members = Members(cover)
      return Cover(record: members.digest("record"), key: members.text("key"))
    }
    note = members.text("note")
  }
}

extension TimestampToken {
  static let fields: [Shape.Field] = [
    .required("seal", .digest, "the seal that was stamped"),
    .required("token", .filledText, "RFC 3161 token in DER, as base64"),
  ]

  var members: [String: JSONValue] { ["seal": seal.value, "token": .string(token)] }

  init(_ members: Members) {
    seal = members.digest("seal")
    token = members.text("token")
  }
}
