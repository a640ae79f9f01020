import Checklist
import Evidence
import Gate
import Testing

/// What was said of a fact and of the point that depends on it, and how both have to stand.
struct FactRow: CustomTestStringConvertible, Sendable {
  enum Step: Sendable {
    case yes
    case no
    /// A no that names all that probes saw.
    case knowingNo
    case answer(Decision.Answer)
    case point(Decision.Answer)
    case run(Finding.Verdict)
    case facts(Finding.Verdict, String)
    case days(Int)
    case revokeLast
    case code(String)
  }

  var how: Point.Kind
  var steps: [Step]
  var outcome: String
  var testDescription: String { "\(how): \(steps) is \(outcome)" }

  init(_ how: Point.Kind, _ steps: [Step], _ outcome: String) {
    (self.how, self.steps, self.outcome) = (how, steps, outcome)
  }
}

@Suite("Facts of the launch")
struct FactTests {
  private let bob = Launch.person("bob")

  static let rows: [FactRow] = [
    FactRow(.manual, [], "OPEN OPEN INCOMPLETE"),
    FactRow(.manual, [.no], "N/A N/A GO"),
    FactRow(.manual, [.yes], "OK OPEN INCOMPLETE"),
    FactRow(.manual, [.yes, .point(.met)], "OK OK GO"),
    FactRow(.manual, [.point(.met)], "OPEN OPEN INCOMPLETE"),
    FactRow(.manual, [.point(.notApplicable)], "OPEN OPEN INCOMPLETE"),
    FactRow(.manual, [.point(.met), .no], "N/A N/A GO"),
    FactRow(.manual, [.point(.notMet)], "OPEN FAIL NO-GO"),
    FactRow(.manual, [.point(.notMet), .no], "N/A FAIL NO-GO"),
    FactRow(.manual, [.no, .yes], "OK OPEN INCOMPLETE"),
    FactRow(.manual, [.yes, .no], "N/A N/A GO"),
    FactRow(.manual, [.no, .revokeLast], "OPEN OPEN INCOMPLETE"),
    FactRow(.manual, [.no, .yes, .revokeLast], "OPEN OPEN INCOMPLETE"),
    FactRow(.manual, [.no, .revokeLast, .no], "N/A N/A GO"),
    FactRow(.manual, [.answer(.notMet)], "OPEN OPEN INCOMPLETE"),
    FactRow(.manual, [.no, .answer(.notMet)], "OPEN OPEN INCOMPLETE"),
    FactRow(.manual, [.answer(.riskAccepted)], "OPEN OPEN INCOMPLETE"),
    FactRow(.manual, [.answer(.observedByHand)], "OPEN OPEN INCOMPLETE"),
    FactRow(.manual, [.no, .days(29)], "N/A N/A GO"),
    FactRow(.manual, [.no, .days(31)], "STALE OPEN INCOMPLETE"),
    FactRow(.manual, [.yes, .point(.met), .days(31)], "STALE OPEN INCOMPLETE"),
    FactRow(.manual, [.yes, .days(31), .no], "N/A N/A GO"),
    // A probe that has not looked may still see what is said not to exist.
    FactRow(.automatic, [], "OPEN OPEN INCOMPLETE"),
    FactRow(.automatic, [.no], "N/A UNKNOWN INCOMPLETE"),
    FactRow(.automatic, [.run(.notApplicable), .no], "N/A N/A GO"),
    FactRow(.automatic, [.no, .run(.notApplicable)], "N/A N/A GO"),
    FactRow(.automatic, [.no, .run(.unknown)], "N/A N/A GO"),
    FactRow(.automatic, [.no, .run(.notApplicable), .days(2)], "N/A STALE INCOMPLETE"),
    FactRow(.automatic, [.run(.pass)], "OPEN OPEN INCOMPLETE"),
    FactRow(.automatic, [.run(.fail)], "OPEN FAIL NO-GO"),
    FactRow(.automatic, [.run(.pass), .yes], "OK OK GO"),
    FactRow(.automatic, [.run(.notApplicable), .yes], "OK OPEN INCOMPLETE"),
    // It saw the thing.
    FactRow(.automatic, [.run(.pass), .no], "REVIEW REVIEW INCOMPLETE"),
    FactRow(.automatic, [.run(.review), .no], "REVIEW REVIEW INCOMPLETE"),
    FactRow(.automatic, [.run(.fail), .no], "REVIEW FAIL NO-GO"),
    FactRow(.automatic, [.no, .run(.pass)], "REVIEW REVIEW INCOMPLETE"),
    FactRow(.automatic, [.no, .run(.pass), .run(.notApplicable)], "N/A N/A GO"),
    FactRow(.automatic, [.run(.pass), .knowingNo], "N/A N/A GO"),
    FactRow(.automatic, [.run(.review), .knowingNo], "N/A N/A GO"),
    FactRow(.automatic, [.run(.fail), .knowingNo], "REVIEW FAIL NO-GO"),
    FactRow(.automatic, [.run(.pass), .knowingNo, .facts(.pass, "g")], "REVIEW REVIEW INCOMPLETE"),
    FactRow(.automatic, [.run(.pass), .knowingNo, .run(.review)], "REVIEW REVIEW INCOMPLETE"),
    FactRow(.automatic, [.run(.pass), .yes, .no], "OK OK GO"),
    FactRow(.assisted, [.run(.pass), .yes], "OK OPEN INCOMPLETE"),
    FactRow(.assisted, [.run(.pass), .yes, .point(.met)], "OK OK GO"),
    FactRow(.assisted, [.run(.pass), .point(.met)], "OPEN OPEN INCOMPLETE"),
    FactRow(.assisted, [.run(.notApplicable), .point(.notApplicable)], "OPEN OPEN INCOMPLETE"),
  ]

  @Test("every row of the table holds", arguments: rows)
  func row(_ row: FactRow) throws {
    var launch = try ListLaunch(ListLaunch.conditional([row.how], validFor: .days(30)))
    var last: RecordID?
    for step in row.steps {
      switch step {
      case .yes: last = try launch.sign("if.boxes", .met)
      case .no: last = try launch.sign("if.boxes", .notApplicable)
      case .knowingNo: last = try launch.sign("if.boxes", .notApplicable, knowing: true)
      case .answer(let answer): last = try launch.sign("if.boxes", answer)
      case .point(let answer): last = try launch.sign("1.1", answer)
      case .run(let verdict): last = try launch.run("1.1", verdict)
      case .facts(let verdict, let facts): last = try launch.run("1.1", verdict, facts: facts)
      case .days(let days): launch.wait(days: days)
      case .revokeLast: try launch.revoke(#require(last))
      case .code(let tree):
        try launch.add(.candidate(Candidate(commit: "c-\(tree)", trees: ["src": tree])))
      }
    }
    #expect(try launch.judged() == row.outcome)
  }

  @Test("a fact that nobody answered is one blocker, however many points wait for it")
  func oneBlocker() throws {
    var launch = try ListLaunch(ListLaunch.conditional([.manual, .manual, .automatic]))
    let report = try launch.report()
    #expect(report.blockers.map(\.point) == ["if.boxes"])
    #expect(report.blockers.first?.reason.contains("1.1 1.2 1.3") ?? false)
    #expect(report.points.map(\.waitsFor) == [["boxes"], ["boxes"], ["boxes"]])
    #expect(report.points.count == 3)
    try launch.sign("if.boxes", .notApplicable)
    try launch.run("1.3", .notApplicable)
    let settled = try launch.report()
    #expect(settled.points.map(\.reason) == Array(repeating: settled.points[0].reason, count: 3))
    #expect(settled.points[0].reason == "boxes: no, by alice on 2026-11-21")
    #expect(settled.points.allSatisfy { $0.waitsFor.isEmpty })
  }

  @Test("whoever says no needs the role of every point that it takes out")
  func roles() throws {
    var checklist = ListLaunch.conditional([.manual], signers: ["lead", "security"])
    var second = Control(
      number: "2", slug: "lids", title: "Lids", severity: .high, signers: ["security"],
      points: [Point(id: "2.1", text: "lids fit", how: .manual, boundTo: .time)])
    second.points[0].when = "boxes"
    checklist.domains[0].controls.append(second)
    var launch = try ListLaunch(checklist)
    try launch.sign("if.boxes", .notApplicable)
    #expect(try launch.judged() == "OPEN OPEN,OPEN INCOMPLETE")
    #expect(try launch.report().facts[0].reason.contains("wants security"))
    try launch.sign("if.boxes", .notApplicable, by: Launch.person("bob", role: "security"))
    #expect(try launch.judged() == "N/A N/A,N/A GO")
    // Where no role may sign all points, each set of points wants its own.
    checklist.domains[0].controls[0].signers = ["lead"]
    var apart = try ListLaunch(checklist)
    try apart.sign("if.boxes", .notApplicable)
    #expect(try apart.judged() == "OPEN OPEN,OPEN INCOMPLETE")
    try apart.sign("if.boxes", .notApplicable, by: Launch.person("bob", role: "security"))
    #expect(try apart.judged() == "N/A N/A,N/A GO")
  }

  @Test("a no about a point that two people sign takes two, a yes takes one")
  func eyes() throws {
    var launch = try ListLaunch(ListLaunch.conditional([.manual], fourEyes: true))
    let no = try launch.sign("if.boxes", .notApplicable)
    #expect(try launch.judged() == "OPEN OPEN INCOMPLETE")
    try launch.countersign(no, by: Launch.person("alice", email: "other@x.test"))
    #expect(try launch.judged() == "OPEN OPEN INCOMPLETE")
    try launch.countersign(no, by: bob)
    #expect(try launch.judged() == "N/A N/A GO")
    try launch.sign("if.boxes", .met, by: bob)
    #expect(try launch.judged() == "OK OPEN INCOMPLETE")
  }

  @Test("machines, strangers and answers to another question do not count")
  func answers() throws {
    var launch = try ListLaunch(ListLaunch.conditional([.manual]), policy: Keys.named)
    try launch.sign("if.boxes", .notApplicable, by: Launch.machine())
    try launch.sign("if.boxes", .notApplicable, by: Launch.person("eve"))
    #expect(try launch.judged() == "OPEN OPEN INCOMPLETE")
    try launch.sign("if.boxes", .notApplicable, text: Launch.digest("another question"))
    #expect(try launch.judged() == "LAPSED OPEN INCOMPLETE")
    try launch.sign("if.boxes", .notApplicable)
    #expect(try launch.judged() == "N/A N/A GO")
  }

  @Test("of a yes and a no side by side the yes counts, by whomever, and a revocation of either")
  func sideBySide() throws {
    var launch = try ListLaunch(ListLaunch.conditional([.manual]), policy: Keys.named)
    let start = launch.evidence.heads
    let no = try launch.sign("if.boxes", .notApplicable)
    let yes = try launch.sign("if.boxes", .met, by: bob, seeing: start)
    #expect(try launch.judged() == "OK OPEN INCOMPLETE")
    try launch.revoke(yes)
    #expect(try launch.judged() == "OPEN OPEN INCOMPLETE")
    try launch.sign("if.boxes", .notApplicable)
    #expect(try launch.judged() == "N/A N/A GO")
    try launch.sign("if.boxes", .met, by: Launch.person("eve"), seeing: start)
    #expect(try launch.judged() == "OPEN OPEN INCOMPLETE")
    try launch.sign("if.boxes", .notApplicable)
    #expect(try launch.judged() == "N/A N/A GO")
    try launch.revoke(no, seeing: [no])
    #expect(try launch.judged() == "OPEN OPEN INCOMPLETE")
  }

  @Test("a point of two facts applies only where both hold")
  func twoFacts() throws {
    var checklist = ListLaunch.conditional([.manual])
    checklist.conditions.append(Condition(id: "lids", question: "Have they lids?"))
    checklist.conditions.append(Condition(id: "unused", question: "Does anything ask this?"))
    checklist.domains[0].controls[0].points[0].when = "lids"
    var launch = try ListLaunch(checklist)
    #expect(try launch.report().facts.map(\.point.id) == ["if.boxes", "if.lids"])
    try launch.sign("if.boxes", .met)
    #expect(try launch.judged() == "OK,OPEN OPEN INCOMPLETE")
    try launch.sign("if.lids", .notApplicable)
    #expect(try launch.judged() == "OK,N/A N/A GO")
    try launch.sign("if.lids", .met)
    try launch.sign("if.boxes", .notApplicable)
    #expect(try launch.judged() == "N/A,OK N/A GO")
  }

  @Test("what was seen on other code does not show that there is nothing")
  func otherCode() throws {
    var launch = try ListLaunch(ListLaunch.conditional([.automatic], boundTo: .code))
    try launch.add(.candidate(Candidate(commit: "c", trees: ["src": "a"])))
    try launch.run("1.1", .notApplicable)
    try launch.sign("if.boxes", .notApplicable)
    #expect(try launch.judged() == "N/A N/A GO")
    try launch.add(.candidate(Candidate(commit: "d", trees: ["src": "b"])))
    #expect(try launch.judged() == "N/A LAPSED INCOMPLETE")
    try launch.run("1.1", .unknown)
    #expect(try launch.judged() == "N/A N/A GO")
  }

  @Test("a GO that rests on an answer ends with it")
  func end() throws {
    var launch = try ListLaunch(ListLaunch.conditional([.manual], validFor: .days(30)))
    try launch.sign("if.boxes", .notApplicable)
    let until = try #require(try launch.report().validUntil)
    #expect(try launch.judged(at: Timestamp(seconds: until.seconds - 1)) == "N/A N/A GO")
    #expect(try launch.judged(at: until) == "STALE OPEN INCOMPLETE")
    launch.wait(days: 28)
    #expect(try launch.report().warnings.contains { $0.hasPrefix("if.boxes holds only until") })
  }
}
