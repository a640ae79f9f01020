public import Checklist

/// What can still be read of a file, intact or not: for the eyes of an auditor alone.
///
/// Each line is held to the same strict rules as everywhere; what breaks them is named and set
/// aside instead of ending the reading. The gate never judges this, and nothing writes it.
public struct SalvagedEvidence: Sendable {
  /// One line between the first and the last.
  public struct Line: Sendable {
    /// From 1, as editors count.
    public var number: Int
    /// The record with its signatures; nil where the line is no intact record.
    public var entry: Entry?
    /// What a damaged line claims to say, where that much can be read.
    public var claim: JSONValue?
    /// The beginning of a damaged line, as it stands there.
    public var excerpt: String
    /// All that is wrong with the line, or with what it refers to.
    public var faults: [String] = []
    /// Fingerprints of keys of which the signature is not one over this record, with the reason.
    public var badSignatures: [String: String] = [:]
  }

  /// All lines that hold or should hold a record, in the order of the file.
  public private(set) var lines: [Line] = []
  /// All damage, in the order of lines; empty where the file is intact.
  public private(set) var faults: [EvidenceDamage] = []
  /// The records that hold together without what is damaged; bad signatures are left out.
  public private(set) var evidence = Evidence()

  /// Reads those bytes as far as that is possible; it never fails.
  public init(_ bytes: [UInt8]) {
    var bytes = bytes[...]
    if bytes.count > Limits.fileBytes {
      faults.append(EvidenceDamage("the file is larger than \(Limits.fileBytes) bytes"))
      bytes = bytes.prefix(Limits.fileBytes)
    }
    read(bytes)
    checkSignatures()
    unite()
    faults.sort { ($0.line ?? 0) < ($1.line ?? 0) }
    faults = Self.grouped(faults)
  }

  /// The same fault on lines that follow one another is told once.
  private static func grouped(_ faults: [EvidenceDamage]) -> [EvidenceDamage] {
    var grouped: [(fault: EvidenceDamage, last: Int)] = []
    for fault in faults {
      if let line = fault.line, let before = grouped.last, before.fault.reason == fault.reason,
        before.last + 1 == line
      {
        grouped[grouped.count - 1].last = line
      } else {
        grouped.append((fault, fault.line ?? 0))
      }
    }
    return grouped.map { fault, last in
      guard let line = fault.line, last > line else { return fault }
      return EvidenceDamage(
        line: line, "\(fault.reason) (so up to line \(last))", hint: fault.hint)
    }
  }

  /// The line on which that record stands, or nil.
  public func line(of id: RecordID) -> Int? { lines.first { $0.entry?.id == id }?.number }

  private mutating func read(_ bytes: ArraySlice<UInt8>) {
    guard !bytes.isEmpty else {
      faults.append(EvidenceDamage("the file is empty"))
      return
    }
    var rows = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    if rows.last?.isEmpty ?? false { rows.removeLast() }
    var first = 1
    do {
      try EvidenceReader.checkHeader(rows[0])
    } catch {
      faults.append(error)
      // A first line that is a record or the whole document is worth reading too.
      if !rows[0].starts(with: "[{\"format\"".utf8) { first = 0 }
    }
    var end = rows.count
    if rows.count >= 2, Self.withoutReturn(rows[rows.count - 1]).elementsEqual("]".utf8) {
      end -= 1
    } else {
      faults.append(
        EvidenceDamage(
          line: rows.count, "the file does not end with ]",
          hint: "it was cut; take it from git or from a backup"))
    }
    for index in first..<max(first, end) { add(rows[index], number: index + 1) }
  }

  /// The line without the carriage return that some programs put at its end.
  private static func withoutReturn(_ row: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    row.last == 0x0d ? row.dropLast() : row
  }

  private mutating func add(_ whole: ArraySlice<UInt8>, number: Int) {
    let row = Self.withoutReturn(whole)
    let hasComma = row.first == UInt8(ascii: ",")
    let text = hasComma ? row.dropFirst() : row
    var line = Line(number: number, excerpt: "")
    do throws(EvidenceDamage) {
      line.entry = try EvidenceReader.entry(text)
      guard hasComma else { throw EvidenceDamage("the line does not begin with a comma") }
      guard row.count == whole.count else {
        throw EvidenceDamage("the line ends with a carriage return")
      }
    } catch {
      line.faults.append(error.reason)
      line.excerpt = String(decoding: row.prefix(Self.excerptBytes), as: UTF8.self)
      line.claim = Self.claim(of: text)
      faults.append(EvidenceDamage(line: number, error.reason, hint: error.hint))
    }
    lines.append(line)
  }

  private static let excerptBytes = 4 << 10

  /// The value of a line that is canonical JSON, whatever it says.
  private static func claim(of text: ArraySlice<UInt8>) -> JSONValue? {
    var reader = CanonicalReader(text)
    guard text.count <= 2 * Limits.recordBytes, let value = try? reader.value() else { return nil }
    return value["record"] == nil ? nil : value
  }

  private mutating func checkSignatures() {
    for index in lines.indices {
      guard let entry = lines[index].entry else { continue }
      for signature in entry.signatures {
        let alone = Entry(
          id: entry.id, record: entry.record, bytes: entry.bytes, signatures: [signature])
        do {
          try SignatureCheck.check([alone])
        } catch {
          let reason = (error as? EvidenceDamage)?.reason ?? "the signature cannot be checked"
          lines[index].badSignatures[signature.key] = reason
          lines[index].faults.append(reason)
          faults.append(EvidenceDamage(line: lines[index].number, reason))
        }
      }
    }
  }

  /// Builds the graph of what holds together; what does not is named at its line.
  private mutating func unite() {
    var places: [RecordID: [Int]] = [:]
    for index in lines.indices {
      if let id = lines[index].entry?.id { places[id, default: []].append(index) }
    }
    var children: [RecordID: [Int]] = [:]
    var missing: [Int: Int] = [:]
    var ready: [Int] = []
    for index in lines.indices {
      guard let entry = lines[index].entry else { continue }
      missing[index] = entry.record.parents.count
      for parent in entry.record.parents { children[parent, default: []].append(index) }
      if entry.record.parents.isEmpty { ready.append(index) }
    }
    var next = 0
    while next < ready.count {
      let index = ready[next]
      next += 1
      guard let entry = lines[index].entry else { continue }
      let isNew = evidence[entry.id] == nil
      guard add(entry, at: index), isNew else { continue }
      for child in children[entry.id] ?? [] {
        missing[child, default: 0] -= 1
        if missing[child] == 0 { ready.append(child) }
      }
    }
    for (index, count) in missing.sorted(by: { $0.key < $1.key }) where count > 0 {
      let parents = lines[index].entry?.record.parents.filter { evidence[$0] == nil } ?? []
      let gone = parents.first { places[$0] == nil }
      fault(
        index,
        gone.map { "its parent \($0.short) is missing or damaged" }
          ?? "it follows \(parents.first?.short ?? ""), which does not hold")
    }
  }

  /// Adds the record without its bad signatures; false where it does not fit to the others.
  private mutating func add(_ entry: Entry, at index: Int) -> Bool {
    let bad = lines[index].badSignatures
    let kept = Entry(
      id: entry.id, record: entry.record, bytes: entry.bytes,
      signatures: entry.signatures.filter { bad[$0.key] == nil })
    do {
      try evidence.add(kept)
      return true
    } catch {
      fault(index, error.reason)
      return false
    }
  }

  private mutating func fault(_ index: Int, _ reason: String) {
    lines[index].faults.append(reason)
    faults.append(EvidenceDamage(line: lines[index].number, reason))
  }
}

extension EvidenceFile {
  /// What can be read of the file, intact or not, with the digest of its bytes; nil where there is
  /// no file.
  ///
  /// For display alone: the gate reads strictly.
  /// - Throws: where the bytes cannot be read at all.
  public func salvaged() throws(Failure) -> (evidence: SalvagedEvidence, digest: Digest)? {
    guard let bytes = try contents() else { return nil }
    return (SalvagedEvidence(bytes), Digest(of: bytes))
  }
}
