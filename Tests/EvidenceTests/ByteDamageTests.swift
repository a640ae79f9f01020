import Checklist
import Testing

@testable import Evidence

/// A file with every record type and a record that `ssh-keygen` signed, cut and changed.
@Suite("Every byte counts")
struct ByteDamageTests {
  private let file: [UInt8]
  private let contents: Set<[UInt8]>

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
    contents = evidence.contents
  }

  /// Nil for damage, else whether the evidence is the same as before.
  private func isSame(_ bytes: [UInt8]) throws -> Bool? {
    do {
      let evidence = try EvidenceReader.read(bytes)
      try SignatureCheck.check(evidence)
      return evidence.contents == contents
    } catch is EvidenceDamage {
      return nil
    }
  }

  @Test("the whole file is read")
  func whole() throws { #expect(try isSame(file) == true) }

  @Test("a file that was cut is damaged, except for its last newline")
  func cut() throws {
    for length in file.indices {
      let outcome = try isSame(Array(file.prefix(length)))
      #expect(outcome == (length == file.count - 1 ? true : nil), "cut at \(length)")
    }
  }

  @Test("a file in which one byte was changed is damaged, or means the same")
  func changed() throws {
    let signs: [UInt8] = [0x0a, 0x22, UInt8(ascii: "0"), 0x5c, 0x7f, 0xff]
    var bytes = file
    var start = 0
    for index in file.indices {
      if index > 0 && file[index - 1] == 0x0a { start = index }
      let old = file[index]
      for new in [old ^ (1 << UInt8(index % 8)), signs[index % signs.count]] where new != old {
        bytes[index] = new
        // A line that is no record is damage wherever it stands; that saves reading all others.
        let isWhole = new == 0x0a || old == 0x0a || index % 61 == 0
        if isWhole || isRecord(bytes[start...]) {
          #expect(try isSame(bytes) != false, "byte \(index) from \(old) to \(new)")
        }
        bytes[index] = old
      }
    }
  }

  private func isRecord(_ rest: ArraySlice<UInt8>) -> Bool {
    let line = rest.prefix { $0 != 0x0a }
    guard line.first == UInt8(ascii: ",") else { return true }
    return (try? EvidenceReader.entry(line.dropFirst())) != nil
  }

  @Test("a file without one of its lines is damaged, or lacks only records nobody refers to")
  func lines() throws {
    let lines = file.split(separator: 0x0a)
    for index in lines.indices.dropFirst().dropLast().dropLast() {
      var rest = lines
      rest.remove(at: index)
      #expect(try isSame(Array(rest.joined(separator: [0x0a]))) == nil, "line \(index)")
    }
  }
}
