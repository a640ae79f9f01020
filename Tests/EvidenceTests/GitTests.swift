import Checklist
import Foundation
import Testing

@testable import Evidence

@Suite("Plain git distributes and merges")
struct GitTests {
  private let workshop: Workshop
  private let key: String
  private let opening: Entry

  init() throws {
    workshop = try Workshop()
    key = try workshop.key("k")
    opening = try Evidence.opening(Samples.opened, by: Samples.alice, at: Samples.time(0))
    try workshop.run(
      """
      git config --global user.name T; git config --global user.email t@x.test
      git config --global init.defaultBranch main; git config --global advice.detachedHead false
      """)
  }

  private func sign(_ repository: String, _ minutes: ClosedRange<Int>) throws {
    let file = EvidenceFile(path: workshop.path("\(repository)/l.evidence.json"))
    for minute in minutes {
      let current = try file.read() ?? Evidence([opening])
      let entry = try current.draft(
        .signOff(SignOff(decisions: [Samples.decision])), by: Samples.alice,
        at: Samples.time(minute)
      ).signed(with: key)
      try file.add(current.entries + [entry])
      try workshop.run("cd \(repository) && git add -A && git commit -qm \(minute)")
    }
  }

  private func times(_ repository: String) throws -> Set<Int> {
    let file = EvidenceFile(path: workshop.path("\(repository)/l.evidence.json"))
    let evidence = try #require(try file.read())
    return Set(
      evidence.entries.dropFirst().map { ($0.record.at.seconds - Samples.time(0).seconds) / 60 })
  }

  private func repository(hasAttribute: Bool = true, hasBase: Bool = true) throws {
    let attribute = hasAttribute ? "*.evidence.json -text merge=union" : ""
    try workshop.run(
      "git init -q one && cd one && echo '\(attribute)' > .gitattributes && git add -A"
        + " && git commit -qm start")
    if hasBase { try sign("one", 1...2) }
    try workshop.run("git clone -q one two")
    try sign("one", 11...13)
    try sign("two", 21...23)
  }

  @Test(
    "merge, rebase and cherry-pick of two clones lose nothing",
    arguments: [
      "git pull -q --no-rebase origin main", "git pull -q --rebase origin main",
      "git fetch -q && git reset -q --hard origin/main && git cherry-pick ORIG_HEAD~2^..ORIG_HEAD",
    ], [true, false])
  func merges(command: String, hasBase: Bool) throws {
    try repository(hasBase: hasBase)
    let three = command.replacing("ORIG_HEAD~2^..ORIG_HEAD", with: "$old~3..$old")
    try workshop.run("cd two && old=$(git rev-parse HEAD) && \(three)")
    #expect(try times("two") == Set(Array(11...13) + Array(21...23) + (hasBase ? [1, 2] : [])))
    try sign("two", 30...30)
    #expect(try times("two").contains(30))
  }

  @Test("without the attribute git leaves a conflict, which is refused and can be repaired")
  func conflict() throws {
    for hasBase in [true, false] {
      try workshop.run("rm -rf one two")
      try repository(hasAttribute: false, hasBase: hasBase)
      let pull = "cd two && git pull -q --no-rebase origin main"
      try workshop.run(pull, expecting: 1)
      let file = EvidenceFile(path: workshop.path("two/l.evidence.json"))
      #expect(throws: EvidenceDamage.self) { try file.read() }
      let repair = try Repair(workshop.read("two/l.evidence.json"))
      #expect(repair.dropped.isEmpty)
      #expect(repair.evidence.entries.count == 1 + 6 + (hasBase ? 2 : 0))
      try SignatureCheck.check(repair.evidence)
      try workshop.write(repair.evidence.rendered, to: "two/l.evidence.json")
      #expect(try times("two").isSuperset(of: Array(11...13) + Array(21...23)))
    }
  }

  @Test("a repair names what it could not keep")
  func repair() throws {
    let text = String(decoding: try Samples.everyType().rendered, as: UTF8.self)
    let marked = text.replacing("\n]\n", with: "\n,{\"id\":\"x\"}\nhello\n=======\n]\n]\n")
    let repair = try Repair(Array(marked.utf8))
    #expect(repair.evidence.rendered == Array(text.utf8))
    #expect(repair.dropped.map(\.line) == [14, 15])
    #expect(throws: EvidenceDamage.self) { try Repair(Array("hello\n".utf8)) }
    let cut = text.split(separator: "\n", omittingEmptySubsequences: false)
    let lacking = (cut.prefix(1) + cut.dropFirst(2)).joined(separator: "\n")
    #expect(throws: EvidenceDamage.self) { try Repair(Array(lacking.utf8)) }
  }
}
