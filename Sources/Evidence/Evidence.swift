public import Checklist

/// The records of one launch as a hash-linked graph; the order of lines means nothing.
public struct Evidence: Sendable {
  /// Parents always before children; otherwise in the order in which they were read.
  public private(set) var entries: [Entry] = []
  private var indexes: [RecordID: Int] = [:]
  private var ancestry = Ancestry()
  private var children: Set<RecordID> = []

  /// No records.
  public init() {}

  /// These entries, in any order, doubles united.
  ///
  /// - Throws: a missing parent, two launches, or a reference to what is not in the past.
  public init(_ entries: [Entry]) throws(EvidenceDamage) {
    var united: [RecordID: Entry] = [:]
    var order: [RecordID] = []
    for entry in entries {
      if united[entry.id] == nil { order.append(entry.id) }
      united[entry.id, default: entry].add(entry.signatures)
    }
    for id in try Self.parentsFirst(order, united) {
      if let entry = united[id] { try add(entry) }
    }
  }

  /// The entry of that id, or nil.
  public subscript(_ id: RecordID) -> Entry? { indexes[id].map { entries[$0] } }

  /// The digest of the launch, or nil where there is no record.
  public var launch: Digest? { entries.first?.record.launch }

  /// Ids of the records that no other names as its parent, ascending.
  public var heads: [RecordID] {
    entries.map(\.id).filter { !children.contains($0) }.sorted()
  }

  /// Whether the first record lies in the past of the second.
  public func isAncestor(_ older: RecordID, of younger: RecordID) -> Bool {
    guard let past = indexes[older], let present = indexes[younger] else { return false }
    return ancestry.isAncestor(past, of: present)
  }

  /// All records in the past of these, and these themselves.
  public func past(of ids: [RecordID]) -> Set<RecordID> {
    var seen: Set<RecordID> = []
    var waiting = ids
    while let id = waiting.popLast() {
      guard let entry = self[id], seen.insert(id).inserted else { continue }
      waiting += entry.record.parents
    }
    return seen
  }

  /// Those elements that no other element follows, given in the evidence's own order.
  public func latest<Element>(
    _ elements: some Sequence<Element>, record: (Element) -> RecordID
  ) -> [Element] {
    var latest: [Element] = []
    for element in elements {
      latest.removeAll { isAncestor(record($0), of: record(element)) }
      latest.append(element)
    }
    return latest
  }

  /// The part of the evidence that lies in the past of these records, and these themselves.
  public func restricted(to ids: [RecordID]) -> Evidence {
    let kept = past(of: ids)
    // A past is closed under parents, so that it cannot be damaged where the whole is not.
    return (try? Evidence(entries.filter { kept.contains($0.id) })) ?? Evidence()
  }

  /// The records of both, each once, with the union of their signatures.
  ///
  /// - Throws: where they are of two launches.
  public func union(_ other: Evidence) throws(EvidenceDamage) -> Evidence {
    try Evidence(entries + other.entries)
  }

  /// Adds a record whose parents are here.
  ///
  /// - Throws: what makes the record damage in this evidence.
  public mutating func add(_ entry: Entry) throws(EvidenceDamage) {
    if let index = indexes[entry.id] {
      entries[index].add(entry.signatures)
      return
    }
    if let launch, launch != entry.record.launch {
      throw EvidenceDamage("the records belong to two launches")
    }
    let parents = entry.record.parents.compactMap { indexes[$0] }
    guard parents.count == entry.record.parents.count else {
      throw EvidenceDamage("a parent of \(entry.id.short) is missing")
    }
    try checkReferences(of: entry)
    ancestry.add(parents: parents)
    indexes[entry.id] = entries.count
    entries.append(entry)
    children.formUnion(entry.record.parents)
  }

  private static func parentsFirst(
    _ order: [RecordID], _ entries: [RecordID: Entry]
  ) throws(EvidenceDamage) -> [RecordID] {
    var sorted: [RecordID] = []
    var done: Set<RecordID> = []
    var opened: Set<RecordID> = []
    for start in order where !done.contains(start) {
      var waiting = [start]
      while let id = waiting.last {
        guard let entry = entries[id] else {
          throw EvidenceDamage("the record \(id.short) is missing, but named as a parent")
        }
        let missing = entry.record.parents.filter { !done.contains($0) }
        if missing.isEmpty || done.contains(id) {
          if done.insert(id).inserted { sorted.append(id) }
          waiting.removeLast()
        } else {
          // Ids are digests, so a cycle would need a collision; a forged one must still end.
          guard opened.insert(id).inserted else {
            throw EvidenceDamage("the record \(id.short) is its own ancestor")
          }
          waiting += missing.reversed()
        }
      }
    }
    return sorted
  }
}

extension Evidence {
  private func checkReferences(of entry: Entry) throws(EvidenceDamage) {
    let name = "the \(entry.record.body.type) \(entry.id.short)"
    switch entry.record.body {
    case .opened(let opened):
      guard opened.launch == entry.record.launch else {
        throw EvidenceDamage("\(name) names another launch than it describes")
      }
    case .countersign(let body): try check(body.record, isPastOf: entry, name)
    case .revoke(let body): try check(body.record, isPastOf: entry, name)
    case .reopen(let body): try check(body.record, isPastOf: entry, name)
    case .timestamp(let body): try check(body.seal, isPastOf: entry, name)
    case .seal(let seal): try check(seal, of: entry, name)
    case .carry(let carry): try check(carry, name)
    case .policy, .candidate, .run, .signOff, .assign: break
    }
  }

  private func check(
    _ reference: RecordID, isPastOf entry: Entry, _ name: String
  ) throws(EvidenceDamage) {
    let isPast = entry.record.parents.contains {
      $0 == reference || isAncestor(reference, of: $0)
    }
    guard isPast else {
      throw EvidenceDamage("\(name) refers to \(reference.short), which is not in its past")
    }
  }

  private func check(_ seal: Seal, of entry: Entry, _ name: String) throws(EvidenceDamage) {
    guard seal.heads.sorted() == entry.record.parents else {
      throw EvidenceDamage("\(name) names other heads than its parents")
    }
    let past = past(of: entry.record.parents)
    guard seal.count == past.count else {
      throw EvidenceDamage(
        "\(name) counts \(seal.count) records, but \(past.count) are in its past")
    }
    for cover in seal.covers {
      guard past.contains(cover.record),
        self[cover.record]?.signatures.contains(where: { $0.key == cover.key }) ?? false
      else {
        throw EvidenceDamage("\(name) covers a signature of \(cover.record.short) that is missing")
      }
    }
  }

  private func check(_ carry: Carry, _ name: String) throws(EvidenceDamage) {
    for value in carry.records {
      do {
        _ = try Entry(carried: value)
      } catch {
        throw EvidenceDamage("\(name) holds a record that is not intact: \(error.reason)")
      }
    }
  }
}

extension Entry {
  /// The entry that a `carry` record holds.
  ///
  /// - Throws: where its id is not the digest of its bytes, or the record is none.
  public init(carried value: JSONValue) throws(RecordFault) {
    let members = Members(value)
    let recorded = members.value("record")
    if let refusal = CanonicalJSON.refusal(of: recorded) { throw RecordFault(refusal) }
    let bytes = CanonicalJSON.bytes(recorded)
    let id = Digest(of: bytes)
    guard id == members.digest("id") else { throw RecordFault("the id is not its digest") }
    let record = try Record(recorded)
    guard record.isWritten(as: recorded) else {
      throw RecordFault("its members do not belong together")
    }
    self.init(
      id: id, record: record, bytes: bytes,
      signatures: members.list("signatures").map(Signature.init))
  }
}
