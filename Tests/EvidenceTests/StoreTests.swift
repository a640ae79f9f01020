import Checklist
import Dispatch
import Foundation
import Testing

@testable import Evidence

@Suite("The file on disk")
struct StoreTests {
  private let workshop: Workshop
  private let file: EvidenceFile
  private let opening: Entry

  init() throws {
    workshop = try Workshop()
    file = EvidenceFile(path: workshop.path("l.evidence.json"))
    opening = try Evidence.opening(Samples.opened, by: Samples.alice, at: Samples.time(0))
  }

  private func assign(_ number: Int) throws -> Entry {
    try Evidence([opening]).draft(
      .assign(Assign(duty: "d", id: "p\(number)", name: "P", email: "")), by: Samples.alice,
      at: Samples.time(number))
  }

  /// The names in the folder, without those of the tests themselves.
  private var names: Set<String> {
    get throws {
      Set(try FileManager.default.contentsOfDirectory(atPath: workshop.folder))
        .filter { !$0.hasPrefix(".output") }
    }
  }

  private func mode(_ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: workshop.path(name))
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }

  @Test("what was added is there, and nothing else stays behind")
  func adds() throws {
    #expect(try file.read() == nil)
    #expect(!file.exists)
    try file.add([opening])
    let written = try file.add([assign(1), assign(2)])
    #expect(written.entries.count == 3)
    #expect(try file.read()?.contents == written.contents)
    #expect(try names == ["l.evidence.json", "l.evidence.json.lock"])
    try file.add([assign(1)])
    #expect(try file.read()?.entries.count == 3)
  }

  @Test("the mode of the file and links to it are kept")
  func modes() throws {
    try file.add([opening])
    for mode in [0o640, 0o664, 0o600] {
      try workshop.run("chmod \(String(mode, radix: 8)) l.evidence.json")
      try file.add([assign(mode)])
      #expect(try self.mode("l.evidence.json") == mode)
    }
    try workshop.run("mkdir sub; ln -s ../l.evidence.json sub/link; ln -s sub/link second")
    try EvidenceFile(path: workshop.path("second")).add([assign(9)])
    #expect(try workshop.run("readlink second sub/link") == "sub/link\n../l.evidence.json\n")
    #expect(try file.read()?.entries.count == 5)
  }

  @Test("a link to a file that is not there yet stays a link")
  func danglingLink() throws {
    try workshop.run("mkdir sub; ln -s sub/real link")
    try EvidenceFile(path: workshop.path("link")).add([opening])
    #expect(try workshop.run("readlink link") == "sub/real\n")
    #expect(try EvidenceFile(path: workshop.path("sub/real")).read()?.entries.count == 1)
  }

  @Test("what a killed writer left is swept, and nothing of others")
  func sweep() throws {
    try workshop.write([1], to: ".l.evidence.json.launchgate-99-7")
    try workshop.write([1], to: ".other.evidence.json.launchgate-99-7")
    try file.add([opening])
    #expect(
      try names
        == ["l.evidence.json", "l.evidence.json.lock", ".other.evidence.json.launchgate-99-7"])
  }

  @Test("a file without its last newline is accepted and gets it back")
  func lastNewline() throws {
    try file.add([opening])
    try workshop.write(
      Array(try workshop.read("l.evidence.json").dropLast()), to: "l.evidence.json")
    #expect(try file.read()?.entries.count == 1)
    try file.add([assign(1)])
    #expect(try workshop.read("l.evidence.json").suffix(3) == Array("\n]\n".utf8)[...])
  }

  @Test("nothing is written over a damaged file, and nothing damaged is written")
  func damage() throws {
    try file.add([opening])
    let good = try workshop.read("l.evidence.json")
    var bad = try assign(1)
    bad.add([Signature(key: "SHA256:x", sshsig: "none")])
    #expect(throws: EvidenceDamage.self) { try file.add([bad]) }
    #expect(try workshop.read("l.evidence.json") == good)
    let cut = Array(good.dropLast(4))
    try workshop.write(cut, to: "l.evidence.json")
    #expect(throws: EvidenceDamage.self) { try file.add([assign(1)]) }
    #expect(try workshop.read("l.evidence.json") == cut)
    try workshop.write([], to: "l.evidence.json")
    #expect(throws: EvidenceDamage.self) { try file.read() }
  }

  @Test("many writers at once lose nothing")
  func concurrency() throws {
    try file.add([opening])
    let file = file
    let entries = try (1...60).map(assign)
    // Threads of their own: on the pool of tasks they might take turns.
    DispatchQueue.concurrentPerform(iterations: 6) { writer in
      for entry in entries[(writer * 10)..<(writer * 10 + 10)] { _ = try? file.add([entry]) }
    }
    #expect(try file.read()?.entries.count == 61)
  }

  @Test("a lock that another process holds ends in an error that says so")
  func heldLock() throws {
    try file.add([opening])
    let holder = try FileLock(of: file.path, seconds: 1)
    let impatient = EvidenceFile(path: file.path, patience: 1)
    let failure = #expect(throws: EvidenceFile.Failure.self) {
      try impatient.add([assign(1)])
    }
    #expect(failure?.reason.contains("1 seconds") ?? false)
    #expect(failure?.hint.contains("fuser") ?? false)
    holder.release()
    try impatient.add([assign(1)])
  }

  @Test("what is no file, or lies in a folder that is missing, is an error")
  func noFile() throws {
    try workshop.run("mkdir folder; mkfifo pipe")
    for name in ["folder", "pipe"] {
      #expect(throws: EvidenceFile.Failure.self) {
        try EvidenceFile(path: workshop.path(name)).read()
      }
    }
    #expect(throws: EvidenceFile.Failure.self) {
      try EvidenceFile(path: workshop.path("none/l.json")).add([opening])
    }
  }

  @Test("a full disk leaves the old file whole and nothing behind")
  func fullDisk() throws {
    try workshop.run("mkdir disk")
    guard (try? workshop.run("mount -t tmpfs -o size=16k tmpfs disk")) != nil else {
      return  // Only root may mount; CI runs as root in its container.
    }
    defer { _ = try? workshop.run("umount disk") }
    let file = EvidenceFile(path: workshop.path("disk/l.json"))
    try file.add([opening])
    let before = try workshop.read("disk/l.json")
    let large = try Evidence([opening]).draft(
      .assign(
        Assign(duty: String(repeating: "x", count: 20_000), id: "p", name: "P", email: "")),
      by: Samples.alice, at: Samples.time(1))
    let failure = #expect(throws: EvidenceFile.Failure.self) { try file.add([large]) }
    #expect(failure?.hint.contains("free some space") ?? false)
    #expect(try workshop.read("disk/l.json") == before)
    #expect(try workshop.run("ls -A disk") == "l.json\nl.json.lock\n")
  }

  @Test("without us: ids by jq and sha256sum, signatures by ssh-keygen")
  func withoutUs() throws {
    let key = try workshop.key("alice")
    let entries = try Samples.everyType { try $0.signed(with: key) }.entries
    try file.add(entries)
    let script = """
      printf 'a@x.test namespaces="launchgate" %s\\n' "$(cut -d' ' -f1,2 alice.pub)" > allowed
      jq -e 'length == 13' l.evidence.json > /dev/null || exit 1
      for i in $(seq 1 12); do
        jq -cj ".[$i].record" l.evidence.json > record
        echo "sha256:$(sha256sum < record | cut -d' ' -f1)" > ours
        jq -r ".[$i].id" l.evidence.json | cmp - ours || exit 1
        jq -j ".[$i].signatures[0].sshsig" l.evidence.json > sig
        ssh-keygen -Y verify -f allowed -I a@x.test -n launchgate -s sig < record || exit 1
      done
      """
    let output = try workshop.run(script)
    #expect(output.components(separatedBy: "Good \"launchgate\" signature").count == 13)
  }
}
