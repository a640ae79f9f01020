import Checklist
import Evidence
import Gate
import Session
import TestSupport
import Testing

/// Forms, prompts, seal, set-up and the question whether to quit.
@Suite struct PageTests {
  private func signedByOne() throws -> (launch: SampleLaunch, record: RecordID) {
    var launch = try SampleLaunch()
    try launch.run()
    let record = try launch.sign(["2.1"])
    return (launch, record)
  }

  // MARK: the form

  @Test func aFormTicksWhatWaitsForThatAnswer() throws {
    var launch = try SampleLaunch()
    try launch.run(.pass)
    try launch.run(.fail, ["3.1"])
    let control = try #require(launch.checklist.control("3"))
    let report = try launch.report()
    func ticked(_ answer: Decision.Answer) -> [Bool] {
      SignOffForm(control, report, answer: answer, drafts: []).rows.map(\.isTicked)
    }
    #expect(ticked(.met) == [false, true])
    #expect(ticked(.notApplicable) == [false, true])
    #expect(ticked(.riskAccepted) == [true, false])
    #expect(ticked(.observedByHand) == [false, false])
  }

  @Test(arguments: [
    ("", "", "write a note: what was done, and how"),
    ("note", "nonsense", "performed on has to be a date such as 2026-11-21"),
    ("note", "2026-11-22", "performed on lies in the future"),
  ])
  func aFormIsRefused(note: String, performed: String, reason: String) throws {
    var walk = try signedByOne().launch.session()
    walk.type("Gs")
    walk.press(.tab, .control("u"))
    walk.type(performed)
    walk.press(.tab)
    walk.type(note)
    let effects = walk.press(.control("s"))
    #expect(effects.isEmpty)
    #expect(walk.state.form?.refusal == FormRefusal(stringLiteral: reason).reason)
    walk.type("x")
    #expect(walk.state.form?.refusal == nil)
  }

  @Test func todayIsTheDayOfTheUsersCalendar() throws {
    var walk = try signedByOne().launch.session()
    walk.state.zone = 24 * 3_600
    walk.type("Gs")
    #expect(walk.state.form?.fields.text("performed") == "")
    walk.collect("done today")
    #expect(walk.state.drafts.map(\.performedOn).contains(CalendarDate("2026-11-22")))
  }

  @Test func nothingTickedIsNothingDecided() throws {
    var walk = try signedByOne().launch.session()
    walk.type("Gs")
    walk.press(.backTab)
    walk.type(" ")
    walk.collect("read")
    #expect(walk.state.form?.refusal == "tick at least one point with Space")
    #expect(walk.state.drafts.isEmpty)
  }

  @Test func aRiskNeedsItsLastDayAndAnObservationItsOutput() throws {
    var walk = try signedByOne().launch.session()
    walk.type("Gw ")
    walk.collect("why not")
    #expect(
      walk.state.form?.refusal == "a risk needs a last day, from today on, such as 2026-11-21")
    walk.press(.escape)
    walk.type("o")
    #expect(walk.state.form?.answer == .observedByHand)
    walk.press(.control("s"))
    #expect(walk.state.form?.refusal == "attach the output of what was observed")
  }

  @Test func escapeKeepsWhatWasTyped() throws {
    var walk = try signedByOne().launch.session()
    walk.type("Gs")
    walk.press(.tab, .tab)
    walk.type("half a ")
    walk.press(.paste("line\nand another"), .escape)
    #expect(walk.state.screen == .gate)
    let kept = FormDraft(
      control: "3", answer: .met, points: ["3.2"],
      texts: [
        "performed": "", "until": "", "note": "half a line\nand another",
        "attachment": "",
      ])
    #expect(walk.effects == [.saveDrafts([], forms: [kept])])
    walk.type("s")
    #expect(walk.state.form?.draft == kept)
    walk.press(.escape)
    walk.type("n")
    #expect(walk.state.form?.answer == .notApplicable)
    #expect(walk.state.form?.fields.text("note") == "half a line\nand another")
  }

  @Test func aDateAloneIsKeptToo() throws {
    var walk = try signedByOne().launch.session()
    walk.type("Gs")
    walk.press(.tab)
    walk.type("2026-11-2")
    walk.press(.escape)
    #expect(walk.state.forms["3"]?.texts["performed"] == "2026-11-2")
    walk.type("s")
    walk.type("1")
    walk.press(.control("u"))
  }

  @Test func anUntouchedFormLeavesNothing() throws {
    var walk = try signedByOne().launch.session()
    walk.type("Gs")
    walk.press(.escape)
    #expect(walk.effects == [.saveDrafts([], forms: [])])
    #expect(walk.state.forms.isEmpty)
  }

  @Test func anEarlierSessionIsTakenUp() throws {
    var walk = try signedByOne().launch.session()
    let draft = DecisionDraft(
      point: "3.2", answer: .met, note: "n", pointDigest: Digest(of: [1]))
    let form = FormDraft(
      control: "2", answer: .notMet, points: ["2.1"], texts: ["note": "not yet", "gone": "x"])
    walk.act(.draftsFound([draft], forms: [form]))
    #expect(walk.state.drafts == [draft])
    #expect(
      walk.state.message?.text
        == "1 decision of an earlier session waiting to be signed: S shows them")
    walk.type("gjs")
    #expect(walk.state.form?.answer == .notMet)
    #expect(walk.state.form?.fields.text("note") == "not yet")
  }

  // MARK: countersign and revoke

  @Test func aCountersignProposesNobody() throws {
    let (launch, record) = try signedByOne()
    var walk = try launch.session()
    walk.state.identity.key = "/home/mara/.ssh/id"
    walk.type("gjc")
    #expect(walk.state.screen == .prompt)
    #expect(walk.state.prompt?.fields.fields.prefix(3).map(\.input.text) == ["", "", ""])
    walk.press(.control("s"))
    #expect(walk.state.prompt?.refusal == "a name is needed")
    for text in ["Daniel", "d@acme.example", "team-lead", "seen it too"] {
      walk.type(text)
      walk.press(.tab)
    }
    walk.press(.control("s"))
    #expect(walk.state.prompt?.refusal == "Type 2, exactly")
    #expect(walk.effects.isEmpty)
    walk.type("2")
    walk.press(.control("s"))
    // Not with the key of the first person.
    let daniel = Identity(name: "Daniel", email: "d@acme.example", role: "team-lead")
    #expect(walk.effects == [.countersign(record, note: "seen it too", daniel)])
    walk.press(.control("s"))
    #expect(walk.effects.count == 1)
  }

  @Test func onlyWhatWaitsForASecondPersonIsCountersigned() throws {
    var walk = try SampleLaunch().session()
    walk.type("gjc")
    #expect(walk.state.screen == .gate)
    #expect(walk.state.message?.text == "control 2 waits for no second person")
  }

  @Test func aRecordIsTakenBackWithAReason() throws {
    let (launch, record) = try signedByOne()
    var walk = try launch.session()
    walk.type("gjhu")
    #expect(walk.state.prompt?.record == record)
    walk.press(.tab)
    walk.type("2")
    walk.press(.control("s"))
    #expect(walk.state.prompt?.refusal == "a reason is needed")
    walk.press(.backTab)
    walk.type("wrong database")
    walk.press(.control("s"))
    #expect(walk.effects == [.revoke(record, reason: "wrong database", walk.state.identity)])
    var after = launch
    try after.add(.revoke(Revoke(record: record, reason: "wrong database")))
    walk.act(.recorded(record, try after.snapshot()))
    #expect(walk.state.prompt == nil)
    #expect(walk.state.screen == .history)
  }

  @Test func anotherPromptThatIsOpenMeanwhileStays() throws {
    var (launch, record) = try signedByOne()
    try launch.sign(["3.2"])
    var walk = try launch.session()
    walk.type("gjhu")
    walk.type("why")
    walk.press(.tab)
    walk.type("2")
    walk.press(.control("s"), .escape, .escape)
    walk.type("Ghuother")
    let prompt = walk.state.prompt
    #expect(prompt?.record != record)
    walk.act(.recorded(record, try launch.snapshot()))
    #expect(walk.state.prompt == prompt)
    #expect(walk.state.screen == .prompt)
  }

  @Test func aRunCannotBeTakenBack() throws {
    var walk = try signedByOne().launch.session()
    walk.type("gh")
    walk.type("u")
    #expect(walk.state.screen == .history)
    #expect(walk.state.message?.text == "a run cannot be taken back")
  }

  // MARK: seal

  @Test func onlyAGoIsSealed() throws {
    var walk = try signedByOne().launch.session()
    walk.type("vS")
    #expect(walk.state.screen == .verdict)
    #expect(walk.state.message?.text == "the gate says INCOMPLETE: only a GO is sealed")
  }

  @Test func aSealNeedsTheRelease() throws {
    var launch = try SampleLaunch()
    try launch.finish()
    var walk = try launch.session()
    walk.type("vS")
    walk.press(.control("s"))
    #expect(walk.effects.isEmpty)
    walk.type("4.2.0")
    walk.press(.backTab)
    walk.type("ship it")
    walk.press(.control("s"), .control("s"))
    #expect(walk.effects == [.seal(note: "ship it", walk.state.identity)])
    try launch.seal()
    walk.act(.recorded(launch.evidence.heads[0], try launch.snapshot()))
    #expect(walk.state.screen == .verdict)
    #expect(walk.state.seal == nil)
  }

  // MARK: set-up

  @Test func aSetUpIsWrittenWhenItIsComplete() throws {
    var walk = Walk(SessionState(now: SampleLaunch.start))
    walk.act(
      .configurationMissing(
        SetupProposal(
          subject: "shop", release: "", repository: nil,
          identity: Identity(name: "Mara", email: "m@x", role: "lead"))))
    walk.press(.control("s"))
    #expect(walk.state.message?.text == "a release is needed")
    walk.press(.tab)
    walk.type("1.0")
    walk.press(.tab, .tab)
    walk.type("shop.example")
    walk.press(.control("s"))
    #expect(walk.state.message?.text == "the URL has to begin with https:// or http://")
    walk.press(.home)
    walk.type("https://")
    walk.press(.control("s"))
    #expect(walk.effects.isEmpty)
    walk.press(.control("t"), .control("s"))
    #expect(
      walk.effects == [
        .setUp(
          SetupAnswers(
            subject: "shop", release: "1.0", environment: "production",
            url: "https://shop.example", isAuthorised: true,
            identity: Identity(name: "Mara", email: "m@x", role: "lead")))
      ])
    walk.press(.escape)
    #expect(walk.state.asksToQuit)
  }

  // MARK: quitting

  @Test func quittingAsksOnlyWhereSomethingWaits() throws {
    var walk = try signedByOne().launch.session()
    let plain = walk.type("q")
    #expect(plain == [.quit])
    walk.type("Gs")
    walk.collect("read")
    walk.forget()
    walk.type("q")
    #expect(walk.state.asksToQuit)
    walk.type("n")
    #expect(!walk.state.asksToQuit)
    #expect(walk.effects.isEmpty)
    walk.press(.control("c"))
    let ended = walk.type("y")
    #expect(ended == [.saveDrafts(walk.state.drafts, forms: []), .quit])
  }

  @Test func quittingAsksWhileSomethingRuns() throws {
    var walk = try signedByOne().launch.session()
    walk.type("R")
    walk.type("q")
    #expect(walk.state.asksToQuit)
    walk.type("n")
    walk.act(.runStarted([.init(point: "1.1", probe: "p")]))
    walk.press(.control("c"))
    #expect(walk.state.asksToQuit)
  }
}
