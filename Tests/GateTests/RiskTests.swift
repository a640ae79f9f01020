import Checklist
import Evidence
import Gate
import Testing

@Suite("Accepted risks")
struct RiskTests {
  private let facts = Launch.digest()

  private func failing(_ severity: Severity = .high) throws -> Launch {
    var launch = try Launch(.automatic, severity: severity)
    try launch.run(.fail)
    return launch
  }

  @Test("a risk covers a failure, a missing look, a review and a \"not met\", and hides none")
  func covers() throws {
    for verdict in [Finding.Verdict.fail, .unknown, .review, .notApplicable] {
      var launch = try Launch(.automatic)
      try launch.run(verdict)
      try launch.sign(.riskAccepted, facts: facts, until: "2026-11-25")
      #expect(try launch.judged() == "RISK GO")
      #expect(
        try launch.report().standing("1.1")?.findings.first?.finding.finding.verdict == verdict)
    }
    var manual = try Launch(.manual)
    try manual.sign(.notMet)
    try manual.sign(.riskAccepted, until: "2026-11-25")
    #expect(try manual.judged() == "RISK GO")
  }

  @Test("it ends after its last day, and the failure is back")
  func ends() throws {
    var launch = try failing()
    try launch.sign(.riskAccepted, facts: facts, until: "2026-11-25")
    let midnight = try #require(CalendarDate("2026-11-26")).start
    #expect(try launch.judged(at: Timestamp(seconds: midnight.seconds - 1)) == "RISK GO")
    #expect(try launch.report().validUntil == midnight)
    #expect(try launch.judged(at: midnight) == "FAIL NO-GO")
    #expect(try launch.report(at: midnight).blockers.first?.reason.contains("ended") ?? false)
  }

  @Test(
    "its severity caps it, whatever end was written",
    arguments: [(Severity.critical, 7), (.high, 30), (.medium, 90)])
  func caps(severity: Severity, days: Int) throws {
    var launch = try failing(severity)
    let risk = try launch.sign(.riskAccepted, facts: facts, until: "2030-01-01")
    let end = try #require(launch.evidence[risk]).record.at + .days(days)
    #expect(try launch.judged(at: Timestamp(seconds: end.seconds - 1)) == "RISK GO")
    #expect(try launch.judged(at: end) == "FAIL NO-GO")
  }

  @Test("without an end, or for other facts, it covers nothing")
  func incomplete() throws {
    var launch = try failing()
    try launch.sign(.riskAccepted, facts: facts)
    #expect(try launch.judged() == "FAIL NO-GO")
    try launch.sign(.riskAccepted, facts: Launch.digest("other"), until: "2026-11-25")
    #expect(try launch.judged() == "FAIL NO-GO")
    try launch.sign(.riskAccepted, until: "2026-11-25")
    #expect(try launch.judged() == "FAIL NO-GO")
  }

  @Test("new facts bring the failure back")
  func newFacts() throws {
    var launch = try failing()
    try launch.sign(.riskAccepted, facts: facts, until: "2026-11-25")
    #expect(try launch.judged() == "RISK GO")
    try launch.run(.fail, facts: "worse")
    #expect(try launch.judged() == "FAIL NO-GO")
  }

  @Test("new facts of one probe are seen although another probe has not looked")
  func newFactsOfOneProbe() throws {
    var launch = try Launch(.automatic, probes: ["p", "q"])
    try launch.run(.fail)
    let facts = try launch.report().standing("1.1")?.factsDigest
    try launch.sign(.riskAccepted, facts: facts, until: "2026-11-25")
    #expect(try launch.judged() == "RISK GO")
    try launch.run(.fail, facts: "worse")
    #expect(try launch.judged() == "FAIL NO-GO")
  }

  @Test("only a second person renews it, and never beyond the cap from the first acceptance")
  func renewal() throws {
    var launch = try failing(.critical)
    let first = try launch.sign(.riskAccepted, facts: facts, until: "2026-11-23")
    let cap = try #require(launch.evidence[first]).record.at + .days(7)
    launch.wait(days: 4)
    try launch.run(.fail)
    try launch.sign(.riskAccepted, facts: facts, until: "2026-12-10")
    #expect(try launch.judged() == "FAIL NO-GO")
    try launch.sign(.riskAccepted, by: Launch.person("bob"), facts: facts, until: "2026-12-10")
    #expect(try launch.judged() == "RISK GO")
    #expect(try launch.report().validUntil == cap)
    #expect(try launch.judged(at: cap) == "FAIL NO-GO")
  }

  @Test("one person of the policy does not renew it from another address")
  func renewalByOnePerson() throws {
    var launch = try Launch(.automatic, policy: Keys.named)
    try launch.run(.fail)
    try launch.sign(.riskAccepted, facts: facts, until: "2026-11-22")
    launch.wait(days: 2)
    let home = Launch.person("alice@home.test", email: "alice@home.test")
    try launch.sign(.riskAccepted, by: home, facts: facts, until: "2026-12-01")
    #expect(try launch.judged() == "FAIL NO-GO")
  }

  @Test("a revoked risk covers nothing")
  func revoked() throws {
    var launch = try failing()
    let risk = try launch.sign(.riskAccepted, facts: facts, until: "2026-11-25")
    try launch.revoke(risk)
    #expect(try launch.judged() == "FAIL NO-GO")
  }
}
