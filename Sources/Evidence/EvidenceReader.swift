internal import Checklist

/// Reads an evidence file strictly: what it accepts is byte for byte what a writer may write.
public enum EvidenceReader {
  static let header = "[{\"format\":\"launchgate-evidence\",\"version\":1}"

  /// The evidence in those bytes.
  ///
  /// Signatures are parsed, not verified: `SignatureCheck` does that.
  /// - Throws: the first damage, with its line.
  public static func read(
    _ bytes: [UInt8], knowing known: KnownChecklists? = nil
  ) throws(EvidenceDamage) -> Evidence {
    let lines = try lines(of: bytes)
    let entries = try lines.mapInLanes(share: 500) { index, line throws(EvidenceDamage) in
      do throws(EvidenceDamage) {
        return try entry(line, knowing: known)
      } catch {
        throw EvidenceDamage(line: index + 2, error.reason, hint: error.hint)
      }
    }
    return try Evidence(entries)
  }

  /// The lines between the first and the last, without their leading commas.
  private static func lines(of bytes: [UInt8]) throws(EvidenceDamage) -> [ArraySlice<UInt8>] {
    guard !bytes.isEmpty else { throw EvidenceDamage("the file is empty") }
    guard bytes.count <= Limits.fileBytes else {
      throw EvidenceDamage("the file is larger than \(Limits.fileBytes) bytes")
    }
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    try checkHeader(lines[0])
    guard lines.count >= 2, lines.last?.elementsEqual("]".utf8) ?? false else {
      throw EvidenceDamage(
        line: lines.count, "the file does not end with ]",
        hint: "it was cut; take it from git or from a backup")
    }
    let records = lines.dropFirst().dropLast()
    for (index, line) in records.enumerated() where line.first != UInt8(ascii: ",") {
      throw EvidenceDamage(
        line: index + 2, "the line does not begin with a comma", hint: conflictHint(line))
    }
    return records.map { $0.dropFirst() }
  }

  static func checkHeader(_ line: ArraySlice<UInt8>) throws(EvidenceDamage) {
    if line.elementsEqual(header.utf8) { return }
    if line.last == 0x0d {
      throw EvidenceDamage(
        line: 1, "the line ends with a carriage return",
        hint: "git changed the line ends: .gitattributes needs -text for this file")
    }
    if line.starts(with: "[{\"format\":\"launchgate-evidence\",\"version\":".utf8) {
      throw EvidenceDamage(
        line: 1, "the file has another version than 1",
        hint: "read it with the launchgate that wrote it, or a newer one")
    }
    throw EvidenceDamage(
      line: 1, "this is no launchgate evidence file", hint: conflictHint(line))
  }

  private static func conflictHint(_ line: ArraySlice<UInt8>) -> String? {
    line.starts(with: "<<<<<<<".utf8)
      ? "git left a conflict here: launchgate repair unites both sides" : nil
  }

  static func entry(
    _ line: ArraySlice<UInt8>, knowing known: KnownChecklists? = nil
  ) throws(EvidenceDamage) -> Entry {
    var reader = CanonicalReader(line, knowing: known)
    let id: String
    let record: JSONValue
    let bytes: ArraySlice<UInt8>
    let signatures: JSONValue
    do {
      try reader.expect("{\"id\":", "the line does not begin with the id of a record")
      id = try reader.string()
      try reader.expect(",\"record\":", "no record after the id")
      let start = reader.position
      record = try reader.value()
      bytes = line[start..<reader.position]
      try reader.expect(",\"signatures\":", "no signatures after the record")
      signatures = try reader.value()
      try reader.expect("}", "the line goes on after the signatures")
    } catch {
      throw EvidenceDamage("\(error.reason), at byte \(error.offset + 1) of the line")
    }
    guard reader.isAtEnd else { throw EvidenceDamage("the line goes on after its end") }
    return try entry(
      id: id, record: record, bytes: Array(bytes), signatures: signatures,
      checklist: reader.checklist)
  }

  private static func entry(
    id: String, record: JSONValue, bytes: [UInt8], signatures: JSONValue,
    checklist: RecordedChecklist?
  ) throws(EvidenceDamage) -> Entry {
    guard bytes.count <= Limits.recordBytes else {
      throw EvidenceDamage("the record is larger than \(Limits.recordBytes) bytes")
    }
    let digest = Digest(of: bytes)
    guard Digest(id) == digest else {
      throw EvidenceDamage(
        "the id is not the digest of the record",
        hint: "somebody changed the record or its id; take the line from git or from a backup")
    }
    if let refusal = Shape.list(Signature.shape).refusal(of: signatures, at: "signatures") {
      throw EvidenceDamage(refusal)
    }
    let signatures = (signatures.array ?? []).map(Signature.init)
    let keys = signatures.map(\.key)
    guard keys == keys.sorted(), Set(keys).count == keys.count else {
      throw EvidenceDamage("the signatures are not in the order of their keys, each key once")
    }
    var told: Record
    do {
      told = try Record(record)
    } catch {
      throw EvidenceDamage(error.reason)
    }
    // Members that follow from others, such as the digest of facts, have to follow indeed.
    guard told.isWritten(as: record) else {
      throw EvidenceDamage("members of the record do not belong together")
    }
    if let checklist, case .opened(var opened) = told.body {
      opened.recorded = checklist
      told.body = .opened(opened)
    }
    return Entry(id: digest, record: told, bytes: bytes, signatures: signatures)
  }
}
