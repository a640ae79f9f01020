import Checklist
import Evidence
import Gate
import Testing

/// Reviews that come back, and occasions that end what was decided.
@Suite("Looking again")
struct RecurrenceTests {
  private func list(
    _ occasions: [Occasion] = [], purpose: Checklist.Purpose = .launch, every: Period? = nil,
    probe: Bool = false
  ) -> Checklist {
    func control(_ number: String) -> Control {
      Control(
        number: number, slug: "c\(number)", title: number, severity: .high,
        points: [
          Point(
            id: "\(number).1", text: "it holds", how: probe ? .automatic : .manual, boundTo: .time,
            probes: probe ? [ProbeReference(id: "p")] : [])
        ])
    }
    var checklist = Checklist(
      id: "tiny", title: "Tiny", version: 1, purpose: purpose, every: every,
      domains: [Domain(title: "D", short: "D", controls: [control("1"), control("2")])])
    checklist.occasions = occasions
    return checklist
  }

  private let monthly = Occasion(
    id: "monthly", text: "once a month", every: .days(31), isEnforced: true)

  private func settled(_ checklist: Checklist) throws -> ListLaunch {
    var launch = try ListLaunch(checklist)
    for point in ["1.1", "2.1"] { try launch.sign(point, .met) }
    return launch
  }

  @Test("an enforced review is due a period after the last seal, warned of before")
  func enforced() throws {
    var launch = try settled(list([monthly]))
    #expect(try launch.judged() == "OK,OK GO")
    #expect(try launch.report().nextDue == nil)
    try launch.seal()
    let due = launch.clock + .days(31)
    #expect(
      try launch.report().dues == [
        DueDate(occasion: "monthly", text: "once a month", at: due, isEnforced: true)
      ])
    #expect(try launch.report().validUntil == due)
    #expect(try launch.report().warnings.isEmpty)
    let before = Timestamp(seconds: due.seconds - 1)
    #expect(try launch.report(at: before).warnings.contains { $0.hasPrefix("monthly is due on ") })
    #expect(try launch.judged(at: before) == "OK,OK GO")
    #expect(try launch.judged(at: due) == "OK,OK INCOMPLETE")
    let report = try launch.report(at: due)
    #expect(report.isSealable)
    #expect(
      report.blockers.first?.reason.hasPrefix("periodic review due since 2026-12-22") ?? false)
    launch.clock = due
    try launch.seal(verdict: "INCOMPLETE")
    try launch.seal(by: Launch.machine())
    #expect(try launch.judged() == "OK,OK INCOMPLETE")
    try launch.seal()
    #expect(try launch.judged() == "OK,OK GO")
    #expect(try launch.report().nextDue == launch.clock + .days(31))
  }

  @Test("taking the seal away gains no time, and a seal that is not needed costs none")
  func monotone() throws {
    var launch = try settled(list([monthly]))
    let seal = try launch.seal()
    launch.wait(days: 40)
    let rest = try Evidence(launch.evidence.entries.filter { $0.id != seal })
    #expect(try Gate.evaluate(rest, at: launch.clock).verdict == .incomplete)
    #expect(try Gate.evaluate(rest, at: launch.clock).dues.isEmpty)
  }

  @Test("a review is a new look: without a run since the last seal none can be sealed")
  func freshLook() throws {
    var checklist = list([monthly], probe: true)
    for index in 0...1 { checklist.domains[0].controls[index].points[0].validFor = .days(90) }
    var launch = try ListLaunch(checklist)
    for point in ["1.1", "2.1"] { try launch.run(point, .pass) }
    try launch.seal()
    launch.wait(days: 32)
    #expect(try launch.judged() == "OK,OK INCOMPLETE")
    #expect(try !launch.report().isSealable)
    #expect(try launch.report().blockers.first?.wayOut?.contains("run all probes") ?? false)
    try launch.run("1.1", .pass)
    #expect(try launch.report().isSealable)
    try launch.run("1.1", .fail)
    #expect(try !launch.report().isSealable)
  }

  @Test("what is not enforced is told and blocks nothing; a periodic gate is enforced")
  func kinds() throws {
    var told = try settled(
      list([Occasion(id: "yearly", text: "once a year", every: .days(365))]))
    try told.seal()
    told.wait(days: 400)
    #expect(try told.judged() == "OK,OK GO")
    #expect(try told.report().warnings.contains { $0.hasPrefix("yearly is due since ") })
    #expect(try told.report().validUntil == nil)
    var periodic = try settled(list(purpose: .periodic, every: .days(31)))
    try periodic.seal()
    periodic.wait(days: 31)
    #expect(try periodic.judged() == "OK,OK INCOMPLETE")
    var launch = try settled(list(every: .days(31)))
    try launch.seal()
    launch.wait(days: 31)
    #expect(try launch.judged() == "OK,OK GO")
  }

  private let change = Occasion(id: "infrastructure", text: "a new network", controls: ["1"])

  @Test("an occasion ends what was decided on its controls before it, and beside it")
  func occasion() throws {
    var launch = try settled(list([change]))
    let before = launch.evidence.heads
    let seal = try launch.seal()
    let reopened = try launch.add(
      .reopen(Reopen(record: seal, occasion: "infrastructure", reason: "new network")))
    #expect(try launch.judged() == "OPEN,OK INCOMPLETE")
    let report = try launch.report()
    #expect(
      report.standing("1.1")?.reason
        == "alice reported infrastructure on 2026-11-21: new network")
    if case .reopened = report.seal {} else { Issue.record("the seal still stands") }
    try launch.sign("1.1", .met, seeing: before)
    #expect(try launch.judged() == "OPEN,OK INCOMPLETE")
    try launch.sign("1.1", .met, seeing: [reopened])
    #expect(try launch.judged() == "OK,OK GO")
  }

  @Test("an occasion for no control in particular, or that the checklist forgot, ends all")
  func all() throws {
    for name in ["release", "no-longer-there"] {
      var checklist = list([Occasion(id: "release", text: "a major release")])
      checklist.conditions = [Condition(id: "boxes", question: "Are there boxes?")]
      checklist.domains[0].controls[1].when = "boxes"
      var launch = try ListLaunch(checklist)
      let opening = launch.evidence.heads[0]
      try launch.sign("1.1", .met)
      try launch.sign("if.boxes", .notApplicable)
      #expect(try launch.judged() == "N/A OK,N/A GO")
      try launch.add(.reopen(Reopen(record: opening, occasion: name, reason: "r")))
      #expect(try launch.judged() == "OPEN OPEN,OPEN INCOMPLETE")
    }
  }

  @Test("what a probe saw before an occasion is no longer what is there")
  func findings() throws {
    var launch = try ListLaunch(list([change], probe: true))
    let opening = launch.evidence.heads[0]
    for point in ["1.1", "2.1"] { try launch.run(point, .pass) }
    #expect(try launch.judged() == "OK,OK GO")
    try launch.add(.reopen(Reopen(record: opening, occasion: "infrastructure", reason: "r")))
    #expect(try launch.judged() == "STALE,OK INCOMPLETE")
    try launch.run("1.1", .pass)
    #expect(try launch.judged() == "OK,OK GO")
    try launch.run("1.1", .fail)
    try launch.add(.reopen(Reopen(record: opening, occasion: "infrastructure", reason: "r")))
    #expect(try launch.judged() == "FAIL,OK NO-GO")
  }

  @Test("the end of a seal alone ends no sign-off")
  func plain() throws {
    var launch = try settled(list([change]))
    let seal = try launch.seal()
    try launch.add(.reopen(Reopen(record: seal, reason: "leak")))
    #expect(try launch.judged() == "OK,OK GO")
  }
}
