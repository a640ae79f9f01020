import Checklist
import Evidence
import Gate
import Testing

/// Faults that a person accepts by name, with a reason and whether they were replaced.
@Suite("Accepted faults")
struct AcceptanceTests {
  private func launch(
    _ faults: [String], rest: Finding.Verdict = .pass, fourEyes: Bool = false,
    how: Point.Kind = .automatic
  ) throws -> Launch {
    var launch = try Launch(how, severity: .critical, fourEyes: fourEyes)
    try see(faults, rest: rest, in: &launch)
    return launch
  }

  private func see(
    _ faults: [String], rest: Finding.Verdict = .pass, in launch: inout Launch
  ) throws {
    let facts = Dictionary(uniqueKeysWithValues: faults.map { ($0, "a path") })
    let finding = Finding(
      .fail, "\(faults.count) found", facts: facts, faults: Finding.Faults(faults, rest: rest))
    try launch.add(
      .run(
        Run(findings: [
          ProbeFinding(point: "1.1", probe: "p", version: 1, parameters: [:], finding: finding)
        ])), by: Launch.machine())
  }

  @discardableResult
  private func accept(
    _ facts: [String], rotated: Bool = true, _ answer: Decision.Answer = .met,
    by name: String = "alice", in launch: inout Launch
  ) throws -> RecordID {
    let report = try launch.report()
    let decision = Decision(
      point: "1.1", answer: answer, note: "replaced on Friday",
      pointDigest: Digest(of: launch.point.value),
      factsDigest: report.standing("1.1")?.factsDigest,
      until: answer == .riskAccepted ? CalendarDate("2026-11-25") : nil,
      accepted: facts.map { .init(fact: $0, isRotated: rotated) })
    return try launch.add(
      .signOff(SignOff(decisions: [decision])), by: Launch.person(name))
  }

  @Test("all faults accepted: it passes, says by whom, and hides nothing")
  func allOfThem() throws {
    var launch = try launch(["a", "b"])
    #expect(try launch.judged() == "FAIL NO-GO")
    try accept(["a"], in: &launch)
    #expect(try launch.judged() == "FAIL NO-GO", "one is left")
    try accept(["b"], rotated: false, by: "bob", in: &launch)
    #expect(try launch.judged() == "OK GO")
    let standing = try #require(try launch.report().standing("1.1"))
    #expect(standing.reason == "2 found; accepted by alice, bob, not all as replaced")
    #expect(standing.findings.first?.finding.finding.verdict == .fail)
    #expect(standing.decision?.decision.accepted == [.init(fact: "b", isRotated: false)])
  }

  @Test("a new fault fails again, the old ones stay accepted")
  func aNewOne() throws {
    var launch = try launch(["a"])
    try accept(["a"], in: &launch)
    try see(["a", "c"], in: &launch)
    #expect(try launch.judged() == "FAIL NO-GO")
    try accept(["c"], in: &launch)
    #expect(try launch.judged() == "OK GO")
    try see(["a"], in: &launch)
    #expect(try launch.judged() == "OK GO")
  }

  @Test(
    "what was not looked at, and suspects, stay as they are",
    arguments: [(Finding.Verdict.unknown, "UNKNOWN INCOMPLETE"), (.review, "OK GO")])
  func theRest(rest: Finding.Verdict, judged: String) throws {
    var launch = try launch(["a"], rest: rest)
    try accept(["a"], in: &launch)
    #expect(try launch.judged() == judged)
    guard rest == .review else { return }
    // The same faults and other suspects: what is accepted stays so, the suspects are new.
    let facts = ["a": "a path", "x": "a guess"]
    let finding = Finding(
      .fail, "2 found", facts: facts, faults: Finding.Faults(["a"], rest: .review))
    try launch.add(
      .run(
        Run(findings: [
          ProbeFinding(point: "1.1", probe: "p", version: 1, parameters: [:], finding: finding)
        ])), by: Launch.machine())
    #expect(try launch.judged().hasSuffix("INCOMPLETE"))
  }

  @Test("taken back, said with another answer, or without names, it counts for nothing")
  func whatDoesNotCount() throws {
    var revoked = try launch(["a"])
    let record = try accept(["a"], in: &revoked)
    try revoked.revoke(record)
    #expect(try revoked.judged() == "FAIL NO-GO")
    for answer in [Decision.Answer.notApplicable, .observedByHand, .notMet] {
      var launch = try launch(["a"])
      try accept(["a"], answer, in: &launch)
      #expect(try launch.judged() == "FAIL NO-GO", "\(answer)")
    }
    var nameless = try launch(["a"])
    try accept([], in: &nameless)
    #expect(try nameless.judged() == "FAIL NO-GO")
    var other = try Launch(.automatic)
    try other.run(.fail)
    try accept(["fact"], in: &other)
    #expect(try other.judged() == "FAIL NO-GO", "this probe has no faults that can be accepted")
  }

  @Test("where two people have to agree, one does not suffice")
  func fourEyes() throws {
    var launch = try launch(["a"], fourEyes: true)
    let record = try accept(["a"], in: &launch)
    #expect(try launch.judged() == "FAIL NO-GO")
    try launch.countersign(record, by: Launch.person("bob"))
    #expect(try launch.judged() == "OK GO")
  }

  @Test("an assisted point wants its sign-off, and gets it with the acceptance")
  func assisted() throws {
    var launch = try launch(["a"], how: .assisted)
    try accept(["a"], in: &launch)
    #expect(try launch.judged() == "OK GO")
  }

  @Test("both records keep it, and faults that are no facts are not kept")
  func isRecorded() throws {
    var launch = try launch(["a"], rest: .review)
    try accept(["a"], rotated: true, in: &launch)
    let reread = try EvidenceReader.read(launch.evidence.rendered)
    #expect(reread.rendered == launch.evidence.rendered)
    let finding = Finding(.fail, "f", facts: ["a": ""], faults: Finding.Faults(["b"], rest: .pass))
    let recorded = ProbeFinding(
      point: "1.1", probe: "p", version: 1, parameters: [:], finding: finding)
    #expect(recorded.finding.faults == nil)
    #expect(Finding.Faults([], rest: .pass) == nil)
    #expect(Finding.Faults(["a"], rest: .fail) == nil)
  }
}
