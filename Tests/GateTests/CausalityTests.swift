import Checklist
import Evidence
import Gate
import Testing

@Suite("Order, time and concurrency")
struct CausalityTests {
  private let bob = Launch.person("bob")

  @Test("of concurrent findings the worst counts, whatever their clocks say")
  func concurrentFindings() throws {
    for (left, right, outcome) in [
      (Finding.Verdict.pass, Finding.Verdict.fail, "FAIL NO-GO"),
      (.pass, .unknown, "UNKNOWN INCOMPLETE"), (.review, .pass, "REVIEW INCOMPLETE"),
      (.unknown, .fail, "FAIL NO-GO"), (.unknown, .review, "UNKNOWN INCOMPLETE"),
      (.pass, .pass, "OK GO"), (.notApplicable, .pass, "OK GO"),
    ] {
      for (first, second) in [(left, right), (right, left)] {
        var launch = try Launch(.automatic)
        let root = launch.evidence.heads
        try launch.run(first, seeing: root)
        try launch.run(second, seeing: root)
        #expect(try launch.judged() == outcome)
      }
    }
  }

  @Test("of concurrent decisions the worst counts, in both orders")
  func concurrentDecisions() throws {
    for order in [[Decision.Answer.met, .notMet], [.notMet, .met]] {
      var launch = try Launch(.manual)
      let root = launch.evidence.heads
      for answer in order { try launch.sign(answer, seeing: root) }
      #expect(try launch.judged() == "FAIL NO-GO")
      try launch.sign(.met)
      #expect(try launch.judged() == "OK GO")
    }
  }

  @Test("a revocation beats a concurrent reaffirmation")
  func concurrentRevocation() throws {
    var launch = try Launch(.manual)
    let first = try launch.sign(.met)
    let heads = launch.evidence.heads
    try launch.revoke(first, seeing: heads)
    try launch.sign(.met, by: bob, seeing: heads)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
  }

  @Test("good news from more than five minutes ahead does not count")
  func ahead() throws {
    for (seconds, finding, decision) in [
      (300, "OK GO", "OK GO"), (301, "UNKNOWN INCOMPLETE", "OPEN INCOMPLETE"),
    ] {
      var launch = try Launch(.automatic)
      let time = launch.clock
      try launch.run(.pass, at: time + Period(seconds: seconds))
      #expect(try launch.judged(at: time) == finding)
      var manual = try Launch(.manual)
      try manual.sign(.met, at: time + Period(seconds: seconds))
      #expect(try manual.judged(at: time) == decision)
    }
  }

  @Test("bad news from ahead counts")
  func badNewsAhead() throws {
    for verdict in [Finding.Verdict.fail, .unknown, .review, .notApplicable] {
      var launch = try Launch(.automatic)
      try launch.run(.pass)
      try launch.run(verdict, at: launch.clock + .hours(3))
      #expect(try launch.report().verdict != .go, "\(verdict)")
    }
    var launch = try Launch(.manual)
    try launch.sign(.met)
    try launch.sign(.notMet, at: launch.clock + .hours(3))
    #expect(try launch.judged() == "FAIL NO-GO")
  }

  @Test("a record older than what it follows is flagged")
  func backwards() throws {
    var launch = try Launch(.manual)
    try launch.sign(.met, at: Timestamp(seconds: launch.clock.seconds - 3_600))
    #expect(try launch.report().warnings.contains { $0.contains("earlier time") })
  }

  @Test("what is said to be performed later than the next day does not count")
  func performedAhead() throws {
    for (day, outcome) in [
      ("2026-11-21", "OK GO"), ("2026-11-22", "OK GO"), ("2026-11-23", "OPEN INCOMPLETE"),
    ] {
      var launch = try Launch(.manual)
      try launch.sign(.met, performed: day)
      #expect(try launch.judged() == outcome)
    }
  }

  @Test("the order of lines means nothing")
  func lineOrder() throws {
    var generator = SeededGenerator(7)
    for _ in 0..<30 {
      var launch = try RandomLaunch.make(using: &generator)
      launch.wait(hours: 1)
      if Bool.random(using: &generator) { try launch.seal(by: bob) }
      let report = try launch.report()
      for _ in 0..<3 {
        let shuffled = try Evidence(launch.evidence.entries.shuffled(using: &generator))
        #expect(try Gate.evaluate(shuffled, at: launch.clock) == report)
      }
    }
  }

  @Test("two candidates side by side block until one follows both")
  func twoCandidates() throws {
    var launch = try Launch(.manual)
    try launch.sign(.met)
    let heads = launch.evidence.heads
    try launch.candidate("a", seeing: heads)
    try launch.candidate("b", seeing: heads)
    #expect(try launch.report().verdict == .incomplete)
    #expect(try launch.report().candidate == nil)
    try launch.candidate("b")
    #expect(try launch.judged() == "OK GO")
  }

  @Test("what a pipeline expects has to be there")
  func expectations() throws {
    var launch = try Launch(.manual)
    try launch.sign(.met)
    func verdict(_ expected: Expectations) throws -> GateVerdict {
      try launch.report(expecting: expected).verdict
    }
    #expect(try verdict(Expectations(commit: "c-a")) == .noGo)
    try launch.candidate("a")
    let digest = Digest(of: launch.checklist.value).description
    for good in [
      Expectations(subject: "shop", release: "1", environment: "prod"),
      Expectations(commit: "c-a"), Expectations(checklist: "tiny"), Expectations(checklist: digest),
    ] { #expect(try verdict(good) == .go) }
    for bad in [
      Expectations(subject: "other"), Expectations(release: "2"), Expectations(environment: "dev"),
      Expectations(commit: "c-b"), Expectations(artifact: "x"), Expectations(checklist: "huge"),
      Expectations(checklist: Launch.digest().description),
    ] { #expect(try verdict(bad) == .noGo) }
  }
}
