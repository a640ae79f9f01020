import Checklist
import Evidence
import Gate
import Testing

/// Old beside new under what no longer holds.
@Suite("Drift")
struct DriftTests {
  private func changes(_ launch: Launch, at time: Timestamp? = nil) throws -> [Change] {
    try Drift(launch.evidence, launch.report(at: time)).all["1.1"] ?? []
  }

  /// `subject name: old > new`.
  private func words(_ launch: Launch, at time: Timestamp? = nil) throws -> [String] {
    try changes(launch, at: time).map {
      "\($0.subject.rawValue) \($0.name): \($0.old ?? "-") > \($0.new ?? "-")"
    }
  }

  @Test("what holds has not changed")
  func nothing() throws {
    var launch = try Launch(.assisted, boundTo: .target)
    try launch.run(.pass)
    try launch.sign(.met, facts: Launch.digest())
    #expect(try launch.judged() == "OK GO")
    #expect(try changes(launch) == [])
  }

  @Test("facts: what was seen before the sign-off beside what is seen now, with both runs")
  func facts() throws {
    var launch = try Launch(.assisted, boundTo: .target)
    let before = try launch.run(.pass, facts: "TLS 1.2")
    try launch.sign(.met, facts: Launch.digest("TLS 1.2"))
    let after = try launch.run(.pass, facts: "TLS 1.3")
    #expect(try launch.judged() == "LAPSED INCOMPLETE")
    #expect(try words(launch) == ["facts fact: TLS 1.2 > TLS 1.3"])
    let change = try #require(try changes(launch).first)
    #expect(change.then?.record == before)
    #expect(change.now?.record == after)
    #expect(change.now?.by == "ci")
  }

  @Test("facts that the person did not rely on are named by their digest alone")
  func unknownFacts() throws {
    var launch = try Launch(.assisted, boundTo: .target)
    try launch.run(.pass, facts: "a")
    try launch.sign(.met, facts: Launch.digest("elsewhere"))
    let words = try words(launch)
    #expect(words.count == 1)
    #expect(words.first?.contains("\(Launch.digest("elsewhere")), facts that are not in") == true)
  }

  @Test("a newer version of the tool is no drift where it sees the same facts")
  func toolUpgrade() throws {
    var launch = try Launch(.assisted, boundTo: .target)
    func seen(_ version: Int, by tool: String, message: String) throws {
      let finding = ProbeFinding(
        point: "1.1", probe: "p", version: version, parameters: [:],
        finding: Finding(
          .pass, message, facts: ["fact": "f"], transcript: "\(tool) \(version)",
          vantage: Vantage(host: tool, network: .internet)))
      var machine = Launch.machine()
      machine.tool = tool
      try launch.add(.run(Run(findings: [finding])), by: machine)
    }
    try seen(1, by: "launchgate 1.0", message: "fine")
    try launch.sign(.met, facts: Launch.digest())
    try seen(2, by: "launchgate 2.0", message: "fine, and said otherwise")
    #expect(try launch.judged() == "OK GO")
    #expect(try changes(launch) == [])
  }

  @Test("code: commit and trees, with who recorded them")
  func code() throws {
    var launch = try Launch(.manual, boundTo: .code)
    let before = try launch.candidate("a")
    try launch.sign(.met)
    let after = try launch.candidate("b")
    #expect(try launch.judged() == "LAPSED INCOMPLETE")
    #expect(try words(launch) == ["code commit: c-a > c-b", "code tree of src: a > b"])
    #expect(try changes(launch).allSatisfy { $0.then?.record == before && $0.now?.record == after })
  }

  @Test("text: each member that differs, with who signed the old and who brought the new")
  func text() throws {
    var launch = try Launch(.manual, validFor: .days(30))
    let signed = try launch.sign(.met, performed: "2026-11-20")
    var stricter = launch
    stricter.point.text = "it really holds"
    stricter.point.validFor = .days(7)
    stricter.control.points = [stricter.point]
    let change = try launch.add(
      .policy(PolicyChange(checklist: stricter.checklist.value, reason: "stricter")))
    try launch.countersign(change, by: Launch.person("bob"))
    #expect(try launch.judged() == "LAPSED INCOMPLETE")
    #expect(
      try words(launch) == [
        "text text: it holds > it really holds", "text valid-for: 30d > 7d",
      ])
    let first = try #require(try changes(launch).first)
    #expect(first.then?.record == signed)
    #expect(first.now?.record == change)
  }

  @Test("age: what was done when, and since when that is over")
  func age() throws {
    var launch = try Launch(.manual, validFor: .days(30))
    try launch.sign(.met, performed: "2026-11-01")
    launch.wait(days: 20)
    #expect(try launch.judged() == "STALE INCOMPLETE")
    #expect(
      try words(launch) == [
        "age sign-off: done on 2026-11-01, holds for 30d > over since 2026-12-01T00:00:00Z"
      ])
  }

  @Test("age of a finding")
  func oldFinding() throws {
    var launch = try Launch(.automatic, boundTo: .target)
    try launch.run(.pass)
    launch.wait(days: 2)
    let words = try words(launch)
    #expect(words.count == 1)
    #expect(words.first?.hasPrefix("age p: seen 2026-11-21T12:02:00Z, holds for 1d") == true)
  }
}
