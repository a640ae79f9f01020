import Checklist
import Foundation
import Testing

@testable import Evidence

@Suite("Where the file lies, and to whom it is open")
struct PlaceTests {
  private let workshop: Workshop
  private let file: EvidenceFile
  private let opening: Entry

  init() throws {
    workshop = try Workshop()
    file = EvidenceFile(path: workshop.path("l.json"))
    opening = try Evidence.opening(Samples.opened, by: Samples.alice, at: Samples.time(0))
  }

  private func assign(_ number: Int) throws -> Entry {
    try Evidence([opening]).draft(
      .assign(Assign(duty: "d", id: "p\(number)", name: "P", email: "")), by: Samples.alice,
      at: Samples.time(number))
  }

  @Test("a file that is read-only for all stays as it is")
  func readOnly() throws {
    try file.add([opening])
    let before = try workshop.read("l.json")
    try workshop.run("chmod 444 l.json")
    let failure = #expect(throws: EvidenceFile.Failure.self) { try file.add([assign(1)]) }
    #expect(failure?.reason.contains("read-only") ?? false)
    #expect(failure?.hint.contains("chmod u+w") ?? false)
    #expect(try workshop.read("l.json") == before)
  }

  @Test("the lock is open to whom the file is open, but no other name of a file is opened")
  func sharedLock() throws {
    try file.add([opening])
    #expect(try workshop.run("stat -c %a l.json.lock") == "600\n")
    try workshop.run("chmod 664 l.json")
    try file.add([assign(1)])
    #expect(try workshop.run("stat -c %a l.json.lock") == "664\n")
    try workshop.run("chmod 600 l.json.lock; ln l.json.lock other")
    try file.add([assign(2)])
    #expect(try workshop.run("stat -c %a other") == "600\n")
  }

  @Test("another name of the file keeps the old content")
  func hardLink() throws {
    try file.add([opening])
    try workshop.run("ln l.json other")
    let before = try workshop.read("other")
    try file.add([assign(1)])
    #expect(try workshop.read("other") == before)
    #expect(try file.read()?.entries.count == 2)
  }

  @Test("a repair follows links, overwrites no earlier file, and leaves what is intact alone")
  func repair() throws {
    try file.add([opening])
    let good = try workshop.read("l.json")
    let broken = good + Array("=======\n]\n".utf8)
    try workshop.run("ln -s l.json link")
    let link = EvidenceFile(path: workshop.path("link"))
    func unite(_ bytes: [UInt8]) throws -> Evidence { try Repair(bytes).evidence }
    for name in ["l.json.broken", "l.json.broken-2"] {
      try workshop.write(broken, to: "l.json")
      #expect(
        try link.repair(unite).kept.map { URL(fileURLWithPath: $0).lastPathComponent } == name)
      #expect(try workshop.read(name) == broken)
      #expect(try workshop.read("l.json") == good)
    }
    #expect(try link.repair(unite).kept == nil)
    #expect(
      try workshop.run("readlink link; ls")
        == "l.json\nl.json\nl.json.broken\nl.json.broken-2\nl.json.lock\nlink\n")
    #expect(throws: EvidenceFile.Failure.self) {
      try EvidenceFile(path: workshop.path("none.json")).repair(unite)
    }
  }

  @Test("a private file is its owner's alone, with all folders that had to be made")
  func privately() throws {
    let hidden = EvidenceFile(path: workshop.path("a/b/c.json"))
    try hidden.keepPrivately([1])
    try workshop.write([1], to: "a/b/.c.json.launchgate-99-7")
    try hidden.keepPrivately([2])
    #expect(
      try workshop.run("stat -c %a a a/b a/b/c.json; ls -A a/b")
        == "700\n700\n600\nc.json\nc.json.lock\n")
    #expect(try workshop.read("a/b/c.json") == [2])
  }
}
