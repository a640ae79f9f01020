import Checklist
import Testing

@testable import Evidence

/// Files that hold the same checklist are read as if each were the only one.
@Suite("Known checklists")
struct KnownChecklistsTests {
  private func file(_ release: String, checklist: JSONValue) throws -> [UInt8] {
    var opened = Samples.opened
    opened.release = release
    opened.checklist = checklist
    var evidence = Evidence()
    try evidence.add(Evidence.opening(opened, by: Samples.alice, at: Samples.time(0)))
    return evidence.rendered
  }

  private func opened(_ bytes: [UInt8], _ known: KnownChecklists) throws -> Opened? {
    let evidence = try EvidenceReader.read(bytes, knowing: known)
    #expect(evidence.rendered == bytes)
    #expect(try EvidenceReader.read(bytes).entries == evidence.entries)
    guard case .opened(let opened) = evidence.entries.first?.record.body else { return nil }
    return opened
  }

  private let plain: JSONValue = .object([
    "checklist": .string("caf\u{e9}"), "purpose": .string("launch"),
  ])

  @Test("the same checklist is read once")
  func same() throws {
    let known = KnownChecklists()
    let first = try opened(file("1", checklist: plain), known)
    let second = try opened(file("2", checklist: plain), known)
    #expect(first?.recorded === second?.recorded)
    #expect(first?.release == "1" && second?.release == "2")
  }

  @Test(
    "one that only looks the same is read by itself",
    arguments: [
      ["checklist": JSONValue.string("cafe\u{301}"), "purpose": .string("launch")],
      ["checklist": .string("caf\u{e9}"), "purpose": .string("periodic")],
      ["checklist": .string("caf\u{e9}"), "purpose": .string("launch"), "more": .null],
      ["checklist": .string("caf\u{e9}")], [:],
    ])
  func other(_ members: [String: JSONValue]) throws {
    let known = KnownChecklists()
    let first = try opened(file("1", checklist: plain), known)
    let second = try opened(file("2", checklist: .object(members)), known)
    #expect(first?.recorded !== second?.recorded)
    #expect(second?.checklist["purpose"] == members["purpose"])
    let texts = second?.checklist["checklist"]?.string.map { Array($0.utf8) }
    #expect(texts == members["checklist"]?.string.map { Array($0.utf8) })
  }

  @Test("a file whose checklist was changed is damaged, also where the right one is known")
  func changed() throws {
    let known = KnownChecklists()
    let bytes = try file("1", checklist: plain)
    _ = try opened(bytes, known)
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "f") {
      var edited = bytes
      edited[index] = UInt8(ascii: "g")
      #expect(throws: EvidenceDamage.self) { try EvidenceReader.read(edited, knowing: known) }
    }
  }

  @Test("checklists without end are not kept")
  func bounded() throws {
    let known = KnownChecklists()
    var seen: [RecordedChecklist] = []
    for round in 0..<2 {
      for number in 0..<40 {
        let list: JSONValue = .object(["checklist": .string("\(number)")])
        let found = try opened(file("\(round)", checklist: list), known)?.recorded
        if let found, !seen.contains(where: { $0 === found }) { seen.append(found) }
      }
    }
    #expect(seen.count == 40 + 24)
  }

  @Test("what the checklist says is read once, a fault included")
  func reading() {
    let faulty = RecordedChecklist(.object([:]))
    #expect(throws: DocumentFaults.self) { try faulty.read() }
    #expect(throws: DocumentFaults.self) { try faulty.read() }
  }
}
