import Checklist
import Evidence
import Gate
import Testing

/// What happened to a point, and how it has to stand then.
struct Row: CustomTestStringConvertible, Sendable {
  enum Step: Sendable {
    case run(Finding.Verdict)
    case facts(Finding.Verdict, String)
    case sign(Decision.Answer)
    case relying(Decision.Answer)
    case bob(Decision.Answer)
    case days(Int)
    case code(String)
    case revokeLast
  }

  var how: Point.Kind
  var boundTo: Point.Binding
  var steps: [Step]
  var outcome: String
  var testDescription: String { "\(how) \(boundTo): \(steps) is \(outcome)" }

  init(_ how: Point.Kind, _ boundTo: Point.Binding, _ steps: [Step], _ outcome: String) {
    (self.how, self.boundTo, self.steps, self.outcome) = (how, boundTo, steps, outcome)
  }
}

@Suite("The gate's table")
struct DecisionTableTests {
  static let rows: [Row] = [
    // automatic
    Row(.automatic, .target, [], "UNKNOWN INCOMPLETE"),
    Row(.automatic, .target, [.run(.pass)], "OK GO"),
    Row(.automatic, .target, [.run(.fail)], "FAIL NO-GO"),
    Row(.automatic, .target, [.run(.unknown)], "UNKNOWN INCOMPLETE"),
    Row(.automatic, .target, [.run(.review)], "REVIEW INCOMPLETE"),
    Row(.automatic, .target, [.run(.notApplicable)], "OPEN INCOMPLETE"),
    Row(.automatic, .target, [.run(.notApplicable), .relying(.notApplicable)], "N/A GO"),
    Row(.automatic, .target, [.run(.notApplicable), .sign(.met)], "OPEN INCOMPLETE"),
    Row(.automatic, .target, [.run(.pass), .sign(.notMet)], "FAIL NO-GO"),
    Row(.automatic, .target, [.run(.fail), .sign(.met)], "FAIL NO-GO"),
    Row(.automatic, .target, [.run(.fail), .sign(.notApplicable)], "FAIL NO-GO"),
    Row(.automatic, .target, [.run(.fail), .sign(.observedByHand)], "FAIL NO-GO"),
    Row(.automatic, .target, [.run(.fail), .run(.pass)], "OK GO"),
    Row(.automatic, .target, [.run(.pass), .run(.fail)], "FAIL NO-GO"),
    Row(.automatic, .target, [.run(.pass), .days(2)], "STALE INCOMPLETE"),
    Row(.automatic, .target, [.run(.fail), .days(2)], "FAIL NO-GO"),
    Row(.automatic, .target, [.run(.review), .sign(.met)], "LAPSED INCOMPLETE"),
    Row(.automatic, .target, [.run(.review), .relying(.met)], "OK GO"),
    Row(.automatic, .target, [.sign(.met)], "UNKNOWN INCOMPLETE"),
    Row(.automatic, .target, [.run(.unknown), .sign(.met)], "UNKNOWN INCOMPLETE"),
    Row(.automatic, .target, [.run(.unknown), .sign(.observedByHand)], "OK GO"),
    Row(
      .automatic, .target, [.run(.unknown), .sign(.observedByHand), .days(2)], "UNKNOWN INCOMPLETE"),
    Row(.automatic, .code, [.code("a"), .run(.pass)], "OK GO"),
    Row(.automatic, .code, [.code("a"), .run(.pass), .code("b")], "LAPSED INCOMPLETE"),
    Row(.automatic, .code, [.code("a"), .run(.pass), .code("b"), .code("a")], "OK GO"),
    Row(.automatic, .code, [.code("a"), .run(.fail), .code("b")], "FAIL NO-GO"),
    // assisted
    Row(.assisted, .time, [], "UNKNOWN INCOMPLETE"),
    Row(.assisted, .time, [.run(.pass)], "OPEN INCOMPLETE"),
    Row(.assisted, .time, [.sign(.met)], "UNKNOWN INCOMPLETE"),
    Row(.assisted, .time, [.run(.pass), .sign(.met)], "OK GO"),
    Row(.assisted, .time, [.sign(.met), .run(.pass)], "OK GO"),
    Row(.assisted, .time, [.run(.pass), .sign(.notMet)], "FAIL NO-GO"),
    Row(.assisted, .time, [.run(.pass), .sign(.notMet), .sign(.met)], "OK GO"),
    Row(.assisted, .time, [.run(.pass), .sign(.met), .sign(.notMet)], "FAIL NO-GO"),
    Row(.assisted, .time, [.run(.review)], "REVIEW INCOMPLETE"),
    Row(.assisted, .time, [.run(.review), .sign(.met)], "LAPSED INCOMPLETE"),
    Row(.assisted, .time, [.run(.review), .relying(.met)], "OK GO"),
    Row(
      .assisted, .time, [.run(.review), .relying(.met), .facts(.review, "g")], "LAPSED INCOMPLETE"),
    Row(.assisted, .time, [.run(.pass), .relying(.met), .facts(.pass, "g")], "OK GO"),
    Row(.assisted, .target, [.run(.pass), .relying(.met)], "OK GO"),
    Row(
      .assisted, .target, [.run(.pass), .relying(.met), .facts(.pass, "g")], "LAPSED INCOMPLETE"),
    Row(.assisted, .target, [.run(.pass), .sign(.met)], "LAPSED INCOMPLETE"),
    Row(.assisted, .time, [.run(.pass), .sign(.met), .days(2)], "STALE INCOMPLETE"),
    Row(.assisted, .time, [.run(.fail), .sign(.met)], "FAIL NO-GO"),
    Row(.assisted, .time, [.run(.unknown), .sign(.observedByHand)], "OK GO"),
    Row(.assisted, .time, [.run(.pass), .sign(.met), .revokeLast], "OPEN INCOMPLETE"),
    Row(.assisted, .time, [.run(.notApplicable)], "OPEN INCOMPLETE"),
    Row(.assisted, .time, [.run(.notApplicable), .sign(.notApplicable)], "N/A GO"),
    Row(
      .assisted, .target,
      [.run(.notApplicable), .relying(.notApplicable), .facts(.notApplicable, "g")],
      "LAPSED INCOMPLETE"),
    Row(.assisted, .code, [.run(.pass), .sign(.met)], "LAPSED INCOMPLETE"),
    Row(.assisted, .code, [.code("a"), .run(.pass), .sign(.met)], "OK GO"),
    // manual
    Row(.manual, .time, [], "OPEN INCOMPLETE"),
    Row(.manual, .time, [.sign(.met)], "OK GO"),
    Row(.manual, .time, [.sign(.met), .days(10)], "OK GO"),
    Row(.manual, .time, [.sign(.met), .days(31)], "STALE INCOMPLETE"),
    Row(.manual, .time, [.sign(.notMet)], "FAIL NO-GO"),
    Row(.manual, .time, [.sign(.notMet), .bob(.met)], "OK GO"),
    Row(.manual, .time, [.sign(.notMet), .revokeLast], "OPEN INCOMPLETE"),
    Row(.manual, .time, [.sign(.met), .sign(.notMet), .revokeLast], "OPEN INCOMPLETE"),
    Row(.manual, .time, [.sign(.met), .revokeLast], "OPEN INCOMPLETE"),
    Row(.manual, .time, [.sign(.met), .revokeLast, .sign(.met)], "OK GO"),
    Row(.manual, .time, [.sign(.notApplicable)], "N/A GO"),
    Row(.manual, .code, [.code("a"), .sign(.met)], "OK GO"),
    Row(.manual, .code, [.code("a"), .sign(.met), .code("b")], "LAPSED INCOMPLETE"),
    Row(.manual, .code, [.code("a"), .sign(.met), .code("b"), .sign(.met)], "OK GO"),
    Row(.manual, .code, [.sign(.met)], "LAPSED INCOMPLETE"),
    Row(.manual, .code, [.sign(.met), .code("a")], "LAPSED INCOMPLETE"),
  ]

  @Test("every row of the table holds", arguments: rows)
  func row(_ row: Row) throws {
    var launch = try Launch(
      row.how, boundTo: row.boundTo, validFor: row.how == .manual ? .days(30) : nil)
    var last: RecordID?
    for step in row.steps {
      switch step {
      case .run(let verdict): last = try launch.run(verdict)
      case .facts(let verdict, let facts): last = try launch.run(verdict, facts: facts)
      case .sign(let answer): last = try launch.sign(answer)
      case .relying(let answer): last = try launch.sign(answer, facts: Launch.digest())
      case .bob(let answer): last = try launch.sign(answer, by: Launch.person("bob"))
      case .days(let days): launch.wait(days: days)
      case .code(let tree): try launch.candidate(tree)
      case .revokeLast: try launch.revoke(#require(last))
      }
    }
    #expect(try launch.judged() == row.outcome)
  }

  @Test("what was observed by hand is told apart from what a probe saw")
  func byHand() throws {
    var launch = try Launch(.automatic)
    try launch.run(.unknown)
    try launch.sign(.observedByHand, attached: false)
    #expect(try launch.judged() == "UNKNOWN INCOMPLETE")
    try launch.sign(.observedByHand, note: " ")
    #expect(try launch.judged() == "UNKNOWN INCOMPLETE")
    try launch.sign(.observedByHand)
    let standing = try #require(try launch.report().standing("1.1"))
    #expect(standing.state == .ok)
    #expect(standing.isObservedByHand)
  }

  @Test("a \"not met\" is told with its note and who said it")
  func notMetIsTold() throws {
    var launch = try Launch(.manual)
    try launch.sign(.met)
    let id = try launch.sign(.notMet, note: "half of it is missing")
    let told = try #require(try launch.report().standing("1.1")?.decision)
    #expect(told.record == id)
    #expect(told.decision.answer == .notMet)
    #expect(told.decision.note == "half of it is missing")
    try launch.sign(.met)
    #expect(try launch.report().standing("1.1")?.decision?.decision.answer == .met)
  }

  @Test("an observation without its output lifts no \"not met\"")
  func emptyObservation() throws {
    var launch = try Launch(.manual)
    try launch.sign(.notMet)
    try launch.sign(.observedByHand, attached: false)
    #expect(try launch.judged() == "FAIL NO-GO")
  }

  @Test("an observation by hand holds no longer than a finding of that point")
  func observationEnds() throws {
    var launch = try Launch(.automatic, validFor: .hours(1))
    try launch.run(.unknown)
    try launch.sign(.observedByHand)
    #expect(try launch.judged() == "OK GO")
    launch.wait(hours: 2)
    #expect(try launch.judged() == "UNKNOWN INCOMPLETE")
  }

  @Test("a finding is fresh for the time that its automatic point gives it")
  func findingPeriod() throws {
    var launch = try Launch(.automatic, validFor: .days(7))
    let seen = try launch.run(.pass)
    let end = try #require(launch.evidence[seen]).record.at + .days(7)
    let moment = Timestamp(seconds: end.seconds - 1)
    #expect(try launch.judged(at: moment) == "OK GO")
    #expect(try launch.judged(at: end) == "STALE INCOMPLETE")
    #expect(try launch.report(at: moment).validUntil == end)
    #expect(try launch.report(at: moment).warnings.contains { $0.contains("holds only until") })
  }

  @Test("the day on which something was performed starts its validity")
  func performedOn() throws {
    var launch = try Launch(.manual, validFor: .days(30))
    try launch.sign(.met, performed: "2026-10-21")
    #expect(try launch.judged() == "STALE INCOMPLETE")
    try launch.sign(.met, performed: "2026-10-23")
    #expect(try launch.judged() == "OK GO")
  }

  @Test("all probes of a point have to have looked, and the worst counts")
  func severalProbes() throws {
    var launch = try Launch(.automatic, probes: ["p", "q"])
    try launch.run(.pass)
    #expect(try launch.judged() == "UNKNOWN INCOMPLETE")
    try launch.run(.pass, probe: "q")
    #expect(try launch.judged() == "OK GO")
    try launch.run(.review, probe: "q")
    #expect(try launch.judged() == "REVIEW INCOMPLETE")
    try launch.run(.fail, probe: "p")
    #expect(try launch.judged() == "FAIL NO-GO")
  }

  @Test("a changed text makes a sign-off lapse")
  func changedText() throws {
    var launch = try Launch(.manual)
    try launch.sign(.met, text: Launch.digest("other"))
    #expect(try launch.judged() == "LAPSED INCOMPLETE")
  }
}
