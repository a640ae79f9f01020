import Checklist
import Testing

@testable import Evidence

/// What an auditor can still read of a file; the strict reader says what is intact.
@Suite("Salvaged evidence")
struct SalvagedEvidenceTests {
  private let file: [UInt8]
  private let count: Int

  init() throws {
    let workshop = try Workshop()
    let key = try workshop.key("k")
    var signed = false
    let evidence = try Samples.everyType { entry in
      guard case .signOff = entry.record.body, !signed else { return entry }
      signed = true
      return try entry.signed(with: key)
    }
    file = evidence.rendered
    count = evidence.entries.count
  }

  private var rows: [String] {
    String(decoding: file, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func read(_ rows: [String]) -> SalvagedEvidence {
    SalvagedEvidence(Array((rows.joined(separator: "\n") + "\n").utf8))
  }

  private func isIntact(_ bytes: [UInt8]) -> Bool {
    do {
      try SignatureCheck.check(try EvidenceReader.read(bytes))
      return true
    } catch {
      return false
    }
  }

  @Test("an intact file has no faults and all of its records")
  func intact() {
    let salvaged = SalvagedEvidence(file)
    #expect(salvaged.faults == [])
    #expect(salvaged.evidence.rendered == file)
    #expect(salvaged.lines.count == count)
  }

  @Test("it names a fault for exactly those files that the strict reader refuses: cut")
  func agreesOnCuts() {
    for length in stride(from: 0, through: file.count, by: 5) {
      let bytes = Array(file.prefix(length))
      #expect(SalvagedEvidence(bytes).faults.isEmpty == isIntact(bytes), "cut at \(length)")
    }
  }

  @Test("it names a fault for exactly those files that the strict reader refuses: changed")
  func agreesOnChanges() {
    var bytes = file
    for index in stride(from: 0, to: file.count, by: 17) {
      for sign in [UInt8(0x0a), 0x22, 0x5d] where file[index] != sign {
        bytes[index] = sign
        #expect(SalvagedEvidence(bytes).faults.isEmpty == isIntact(bytes), "byte \(index)")
        bytes[index] = file[index]
      }
    }
  }

  @Test("order and doubled lines mean nothing, as everywhere")
  func order() {
    let records = rows.dropFirst().dropLast()
    let other = [rows[0]] + records.reversed() + [records[1], "]"]
    let salvaged = read(other)
    #expect(salvaged.faults == [])
    #expect(salvaged.evidence.entries.count == count)
  }

  @Test("a changed record is named at its line with what it claims; what follows it is set aside")
  func changed() throws {
    var rows = rows
    let index = try #require(rows.firstIndex { $0.contains("\"type\":\"sign-off\"") })
    rows[index] = rows[index].replacing("\"met\"", with: "\"not-met\"")
    let salvaged = read(rows)
    #expect(salvaged.faults.first?.line == index + 1)
    #expect(salvaged.faults.first?.reason == "the id is not the digest of the record")
    let line = salvaged.lines[index - 1]
    #expect(line.entry == nil)
    #expect(line.claim?["record"]?["type"]?.string == "sign-off")
    #expect(salvaged.lines[index].faults.first?.contains("is missing or damaged") == true)
    #expect(salvaged.lines[index].entry != nil)
    #expect(salvaged.evidence.entries.count == index - 1)
  }

  @Test("a record that was taken out is missed by those that follow it")
  func takenOut() {
    var rows = rows
    rows.remove(at: 3)
    let salvaged = read(rows)
    #expect(salvaged.faults.first?.line == 4)
    #expect(salvaged.faults.first?.reason.hasPrefix("its parent ") == true)
  }

  @Test("a bad signature is named with its key, and its record is read without it")
  func badSignature() throws {
    var evidence = try EvidenceReader.read(file)
    let index = try #require(evidence.entries.firstIndex { !$0.signatures.isEmpty })
    let signature = evidence.entries[index].signatures[0]
    evidence = try Evidence(
      evidence.entries.enumerated().map { place, entry in
        var entry = entry
        if place == 2 { entry.add([signature]) }
        return entry
      })
    let salvaged = SalvagedEvidence(evidence.rendered)
    #expect(salvaged.lines[2].badSignatures.keys.contains(signature.key))
    #expect(salvaged.faults.map(\.line).contains(4))
    let kept = salvaged.evidence.entries.first { $0.id == salvaged.lines[2].entry?.id }
    #expect(kept?.signatures == [])
  }

  @Test("what is no evidence at all is said to be none, and never more than a few faults")
  func nothing() {
    for text in ["", "\n", "hello\n", "{}", "[]", "\0\0\0", "[{\"format\":"] {
      let salvaged = SalvagedEvidence(Array(text.utf8))
      #expect(!salvaged.faults.isEmpty, "\(text)")
      #expect(salvaged.evidence.entries.isEmpty)
    }
    let long = SalvagedEvidence(Array(String(repeating: "x\n", count: 10_000).utf8))
    #expect(long.faults.count < 5)
    #expect(long.lines.count == 10_000)
  }

  @Test("another version and carriage returns are named, and the records read all the same")
  func versions() {
    var rows = rows
    rows[0] = rows[0].replacing("\"version\":1", with: "\"version\":2")
    let newer = read(rows)
    #expect(newer.faults.map(\.line) == [1])
    #expect(newer.evidence.entries.count == count)
    let returned = SalvagedEvidence(
      Array(String(decoding: file, as: UTF8.self).replacing("\n", with: "\r\n").utf8))
    #expect(returned.faults.map(\.line) == [1])
    #expect(returned.lines.allSatisfy { $0.entry != nil })
  }
}
