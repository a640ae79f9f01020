import Checklist
import Evidence
import Gate
import Session
import TestSupport
import Testing

/// Facts of the launch, approvals and questions on the screen.
@Suite struct FactsTests {
  private func draft(
    _ launch: SampleLaunch, _ fact: String, _ answer: Decision.Answer, note: String = ""
  ) throws -> DecisionDraft {
    let standing = try #require(try launch.report().standing("if.\(fact)"))
    return DecisionDraft(
      point: "if.\(fact)", answer: answer, note: note,
      pointDigest: Digest(of: standing.point.value), factsDigest: standing.factsDigest)
  }

  @Test func theFirstRunAsksForThemOnce() throws {
    let launch = try SampleLaunch(.conditional)
    var walk = Walk(SessionState(now: launch.clock))
    walk.act(
      .configurationMissing(
        SetupProposal(
          subject: "shop", release: "1", repository: nil,
          identity: Identity(name: "M", email: "m@x", role: "lead"))))
    walk.act(.draftsFound([], forms: []))
    walk.act(.loaded(try launch.snapshot()))
    #expect(walk.state.screen == .facts)
    #expect(walk.state.facts == FactsPage())
    walk.press(.escape)
    #expect(walk.state.screen == .gate)
    #expect(walk.state.message?.text == "3 facts are not answered: s goes on with them")
    walk.act(.loaded(try launch.snapshot()))
    #expect(walk.state.screen == .gate)
  }

  @Test func everyAnswerIsCollectedAtOnce() throws {
    let launch = try SampleLaunch(.conditional)
    var walk = try launch.session()
    #expect(walk.state.selectedControl?.number == "if")
    walk.press(.enter)
    #expect(walk.state.screen == .facts)
    let yes = try draft(launch, "pages", .met)
    let no = try draft(launch, "state", .notApplicable)
    walk.type("yn")
    #expect(walk.effects == [.saveDrafts([yes], forms: []), .saveDrafts([yes, no], forms: [])])
    #expect(walk.state.facts == FactsPage(selection: 2))
    walk.forget()
    walk.type("kn")
    let changed = try draft(launch, "state", .notApplicable)
    #expect(walk.effects == [.saveDrafts([yes, changed], forms: [])])
    walk.type("gu")
    #expect(walk.state.drafts == [no])
    walk.type("y")
    walk.type("Gn")
    #expect(walk.state.unansweredFacts == 0)
    #expect(walk.state.message?.text.hasPrefix("all facts are answered") == true)
  }

  @Test func aNoteIsWrittenDownForAnAnswer() throws {
    let launch = try SampleLaunch(.conditional)
    var walk = try launch.session()
    walk.type("se")
    #expect(walk.state.facts.note == nil)
    walk.type("yke")
    #expect(walk.state.isTyping)
    walk.type("all of ynu")
    walk.press(.enter)
    #expect(walk.state.drafts == [try draft(launch, "pages", .met, note: "all of ynu")])
    walk.type("e")
    walk.type(" more")
    walk.press(.escape)
    #expect(walk.state.drafts.map(\.note) == ["all of ynu"])
    walk.type("n")
    #expect(walk.state.drafts == [try draft(launch, "pages", .notApplicable, note: "all of ynu")])
  }

  @Test func factsComeFirstAndWhatWaitsForThemIsNotAskedTwice() throws {
    var launch = try SampleLaunch(.conditional)
    try launch.run()
    var walk = try launch.session()
    #expect(walk.state.openControls.map(\.number) == ["if", "1"])
    walk.type("s")
    walk.type("y")
    // Of what depends on it, 3.2 waits for another fact still.
    walk.press(.escape)
    #expect(walk.state.openControls.map(\.number) == ["if", "1"])
    walk.type("s")
    walk.type("yy")
    walk.press(.escape)
    #expect(walk.state.openControls.map(\.number) == ["1", "2", "3"])
    walk.type("0")
    #expect(walk.state.selectedControl?.number == "if")
    walk.type("2")
    #expect(walk.state.selectedControl?.number == "2")
  }

  @Test func prioritiesBreakTies() throws {
    var checklist = Checklist.sample
    checklist.priorities = [
      Excerpt(id: "a", text: "a", points: ["3.2"]), Excerpt(id: "b", text: "b", points: ["2.1"]),
    ]
    var launch = try SampleLaunch(checklist)
    try launch.run()
    #expect(try launch.session().state.openControls.map(\.number) == ["3", "2", "1"])
    try launch.run(.fail, ["1.1"])
    #expect(try launch.session().state.openControls.map(\.number) == ["1", "3", "2"])
  }

  @Test func aNoConfirmsTheCriticalControlsThatItTakesOut() throws {
    let launch = try SampleLaunch(.conditional)
    let checklist = launch.checklist
    func numbers(_ drafts: [DecisionDraft]) -> [String] {
      ReviewPage.confirmations(drafts, checklist).map(\.number)
    }
    #expect(numbers([try draft(launch, "state", .met)]).isEmpty)
    #expect(numbers([try draft(launch, "pages", .notApplicable)]).isEmpty)
    #expect(numbers([try draft(launch, "state", .notApplicable)]) == ["2"])
    var walk = try launch.session()
    walk.type("sjnS")
    walk.press(.control("s"))
    #expect(walk.state.review?.refusal == "Type 2 for Backup and recovery, exactly")
    walk.type("2")
    walk.press(.tab)
    walk.type("4.2.0")
    walk.forget()
    walk.press(.control("s"))
    #expect(
      walk.effects == [
        .signOff(
          [try draft(launch, "state", .notApplicable)],
          Identity(name: "Mara Lind", email: "mara@acme.example", role: "release-manager"))
      ])
  }

  @Test func theSecondPersonConfirmsThemToo() throws {
    var launch = try SampleLaunch(.conditional)
    let record = try launch.sign(["if.state"], .notApplicable, note: "")
    var walk = try launch.session()
    walk.type("0c")
    #expect(walk.state.screen == .prompt)
    #expect(walk.state.prompt?.record == record)
    #expect(
      walk.state.prompt?.fields.fields.compactMap(\.expected) == ["2", "if"])
  }

  @Test func aQuestionIsAnsweredByItself() throws {
    var launch = try SampleLaunch(.conditional)
    try launch.run()
    var walk = try launch.session()
    walk.type("1s")
    #expect(walk.state.form?.question == "Which suites are accepted, and why?")
    walk.press(.control("s"))
    #expect(
      walk.state.form?.refusal == "answer the question: Which suites are accepted, and why?")
    walk.press(.backTab, .backTab)
    walk.type(" ")
    #expect(walk.state.form?.question == nil)
    walk.collect("only strong ones")
    #expect(walk.state.form?.refusal == "1.2 asks a question of its own: decide on it alone")
  }

  @Test func loosenedRulesAreApprovedOfOrNot() throws {
    let launch = try SampleLaunch(.loosened)
    var walk = try launch.session()
    #expect(walk.state.selectedControl?.number == "deviations")
    walk.type("n")
    #expect(walk.state.form?.answers == [.met, .notMet])
    #expect(walk.state.form?.answer == .met)
    walk.press(.escape)
    walk.type("s")
    walk.press(.control("s"))
    #expect(walk.state.form?.refusal == "write a note: what was done, and how")
    walk.collect("quarterly drills are enough")
    #expect(walk.state.drafts.map(\.point) == ["deviations"])
    walk.type("S")
    #expect(
      walk.state.review?.fields.fields.compactMap(\.expected) == ["deviations", "4.2.0"])
  }

  @Test func aReviewThatIsDueIsSealedAgain() throws {
    var checklist = Checklist.sample
    checklist.occasions = [
      Occasion(id: "monthly", text: "The monthly review", every: .days(31), isEnforced: true)
    ]
    var launch = try SampleLaunch(checklist)
    try launch.finish()
    try launch.seal()
    launch.clock = launch.clock + .days(40)
    try launch.finish()
    var walk = try launch.session()
    #expect(walk.state.report?.verdict == .incomplete)
    walk.type("vS")
    #expect(walk.state.screen == .seal)
  }
}
