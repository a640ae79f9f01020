import Checklist
import Evidence
import Gate
import Session
import TestSupport
import Testing

/// Moving about: the list, what is open, the filter, the history.
@Suite struct WalkingTests {
  private func selection(_ walk: Walk) -> String? { walk.state.list.selection }

  @Test func theFirstLoadSelectsTheGravestOpenControl() throws {
    var launch = try SampleLaunch()
    try launch.run()
    try launch.run(.fail, ["3.1"])
    let walk = try launch.session()
    #expect(selection(walk) == "3")
    #expect(walk.state.screen == .gate)
    #expect(walk.state.message?.text.contains("R runs all probes") == true)
  }

  @Test func bracketsGoThroughWhatIsOpenGravestFirst() throws {
    var launch = try SampleLaunch()
    try launch.run()
    try launch.run(.fail, ["3.1"])
    try launch.run(.review, ["1.2"])
    var walk = try launch.session()
    var seen: [String?] = []
    for _ in 0..<3 {
      seen.append(selection(walk))
      walk.type("]")
    }
    #expect(seen == ["3", "1", "2"])
    #expect(selection(walk) == "3")
    walk.type("[")
    #expect(selection(walk) == "2")
    #expect(walk.state.message?.text == "open: 3 of 3")
  }

  @Test func bracketsSkipWhatIsDrafted() throws {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.type("gjs")
    walk.collect("restored")
    #expect(walk.state.openControls.map(\.number) == ["1", "3"])
    walk.type("]]]")
    #expect(selection(walk) != "2")
  }

  @Test func aDraftedFailureDoesNotPullItsControlForward() throws {
    var launch = try SampleLaunch()
    try launch.run()
    try launch.run(.fail, ["3.1"])
    var walk = try launch.session()
    #expect(walk.state.openControls.map(\.number) == ["3", "1", "2"])
    walk.type("Gw")
    walk.press(.tab, .tab)
    walk.type("2026-12-01")
    walk.collect("until May")
    #expect(walk.state.drafts.map(\.point) == ["3.1"])
    #expect(walk.state.openControls.map(\.number) == ["1", "2", "3"])
  }

  @Test func bracketsSayWhenNothingIsLeft() throws {
    var launch = try SampleLaunch()
    try launch.finish()
    var walk = try launch.session()
    walk.type("]")
    #expect(walk.state.message?.text == "nothing is open: v shows the verdict")
  }

  @Test func theFilterSelectsWhatIsVisible() throws {
    var walk = try SampleLaunch().session()
    walk.type("/head")
    #expect(walk.state.visibleControls.map(\.number) == ["3"])
    #expect(selection(walk) == "3")
    #expect(walk.state.list.isTyping)
    walk.press(.enter)
    #expect(walk.state.list.filter?.text == "head")
    walk.press(.escape)
    #expect(walk.state.list.filter == nil)
    #expect(walk.state.visibleControls.count == 3)
  }

  @Test(arguments: [
    ("auto", ["1", "3"]), ("manual", ["2", "3"]), ("todo", ["1", "2", "3"]),
    ("unknown", ["1", "3"]), ("tls every", ["1"]), ("nothing", []),
  ])
  func aFilterMatches(words: String, numbers: [String]) throws {
    var walk = try SampleLaunch().session()
    walk.type("/\(words)")
    #expect(walk.state.visibleControls.map(\.number) == numbers)
  }

  @Test func anEmptyFilterIsNone() throws {
    var walk = try SampleLaunch().session()
    walk.type("/")
    walk.press(.enter)
    #expect(walk.state.list.filter == nil)
  }

  @Test func aDomainIsOneDigitAway() throws {
    var walk = try SampleLaunch().session()
    walk.type("2")
    #expect(selection(walk) == "2")
    walk.type("9")
    #expect(selection(walk) == "2")
    walk.type("1")
    #expect(selection(walk) == "1")
  }

  @Test func theRightSideScrollsOnItsOwn() throws {
    var walk = try SampleLaunch().session()
    walk.type("g")
    walk.press(.tab)
    walk.type("jjj")
    #expect(walk.state.list.detailScroll == 3)
    #expect(selection(walk) == "1")
    walk.type("k")
    walk.press(.tab)
    walk.type("j")
    #expect(selection(walk) == "2")
    #expect(walk.state.list.detailScroll == 0)
  }

  @Test func newEvidenceMovesNeitherSelectionNorForm() throws {
    var launch = try SampleLaunch()
    var walk = try launch.session()
    walk.type("Gs")
    walk.type("half a note")
    let before = walk.state
    try launch.run(.fail)
    walk.act(.loaded(try launch.snapshot()))
    walk.act(.runRecorded(try launch.snapshot(), note: nil))
    #expect(walk.state.form == before.form)
    #expect(walk.state.list == before.list)
    #expect(walk.state.screen == .form)
  }

  @Test func theHistoryStaysOnItsRecord() throws {
    var launch = try SampleLaunch()
    try launch.run()
    try launch.sign(["3.2"])
    var walk = try launch.session()
    walk.type("ha")
    #expect(walk.state.listedHistory.map(\.type) == ["sign-off", "run", "opened"])
    walk.type("j")
    try launch.run()
    walk.act(.runRecorded(try launch.snapshot(), note: nil))
    #expect(walk.state.history.selection == 2)
    #expect(walk.state.listedHistory[2].type == "run")
  }

  @Test func theHistoryOfAControlHoldsWhatSpeaksOfIt() throws {
    var launch = try SampleLaunch()
    try launch.run()
    let id = try launch.sign(["2.1"])
    try launch.add(.countersign(Countersign(record: id, note: "seen")), by: .daniel)
    try launch.sign(["3.2"])
    var walk = try launch.session()
    walk.type("gjh")
    #expect(walk.state.listedHistory.map(\.type) == ["countersign", "sign-off"])
    walk.type("y")
    #expect(walk.effects == [.copy(walk.state.listedHistory[0].id.description)])
  }

  @Test func theStandingAndTheSummaryAreCopied() throws {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.type("gy")
    let report = try launch.report()
    #expect(
      walk.effects == [.copy(VerdictSummary.text(report.checklist.controls[0], report))])
    walk.forget()
    walk.type("vy")
    #expect(walk.effects == [.copy(VerdictSummary.text(report))])
  }
}
