public import Checklist

/// A record with its id and signatures: one line of the file.
public struct Entry: Equatable, Sendable {
  /// The digest of `bytes`.
  public let id: RecordID
  /// What the bytes say.
  public let record: Record
  /// The canonical bytes that are hashed and signed.
  public let bytes: [UInt8]
  /// One for each key, in the order of the keys' fingerprints; no part of the id.
  public private(set) var signatures: [Signature]

  /// A new entry for that record.
  ///
  /// - Throws: where the record breaks a limit or holds what has no canonical form.
  public init(_ record: Record, signatures: [Signature] = []) throws(RecordFault) {
    let value = record.value
    if let refusal = CanonicalJSON.refusal(of: value) { throw RecordFault(refusal) }
    let bytes = CanonicalJSON.bytes(value)
    guard bytes.count <= Limits.recordBytes else {
      throw RecordFault("the record is larger than \(Limits.recordBytes) bytes")
    }
    // What is written has to read back, or the next reader calls it damage.
    _ = try Record(value)
    self.init(id: Digest(of: bytes), record: record, bytes: bytes, signatures: signatures)
  }

  init(id: RecordID, record: Record, bytes: [UInt8], signatures: [Signature]) {
    self.id = id
    self.record = record
    self.bytes = bytes
    self.signatures = []
    add(signatures)
  }

  /// Adds signatures; of two by the same key the one with the smaller text stays.
  public mutating func add(_ more: [Signature]) {
    var byKey: [String: Signature] = [:]
    for signature in signatures + more {
      if let known = byKey[signature.key],
        known.sshsig.utf8.lexicographicallyPrecedes(
          signature.sshsig.utf8)
      {
        continue
      }
      byKey[signature.key] = signature
    }
    signatures = byKey.values.sorted { $0.key < $1.key }
  }

  /// The entry as an object of the file and of `carry` records.
  public var value: JSONValue {
    .object([
      "id": id.value, "record": record.value, "signatures": .array(signatures.map(\.value)),
    ])
  }

  /// The line of the file without its leading comma.
  var line: [UInt8] {
    var line = Array("{\"id\":\"\(id)\",\"record\":".utf8)
    line += bytes
    line += ",\"signatures\":".utf8
    line += CanonicalJSON.bytes(.array(signatures.map(\.value)))
    line += "}".utf8
    return line
  }
}
