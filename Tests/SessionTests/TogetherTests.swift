import Checklist
import Evidence
import Gate
import Session
import TestSupport
import Testing

/// What others record meanwhile, what is done next, and where one was the last time.
@Suite struct TogetherTests {
  @Test func aChangedFileIsReadAgain() throws {
    var walk = try SampleLaunch().session()
    #expect(walk.act(.evidenceChanged) == [.refresh])
    var early = Walk(SessionState(now: SampleLaunch.start))
    #expect(early.act(.evidenceChanged).isEmpty)
  }

  @Test func whatOthersRecordIsAnnouncedAndMovesNothing() throws {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.type("Gs")
    walk.focus("note")
    walk.type("half a note")
    let before = walk.state
    try launch.run(.fail, ["1.1"])
    try launch.sign(["3.2"])
    walk.act(.loaded(try launch.snapshot()))
    #expect(
      walk.state.message?.text.hasPrefix("2 records came in, by Mara Lind (release-manager)")
        == true)
    #expect(walk.state.message?.text.hasSuffix("; INCOMPLETE became NO-GO") == true)
    #expect(walk.state.form == before.form)
    #expect(walk.state.list == before.list)
    #expect(walk.state.screen == .form)
    walk.state.message = nil
    walk.act(.loaded(try launch.snapshot()))
    #expect(walk.state.message == nil)
  }

  @Test func aDecisionOnWhatHasChangedIsNotSigned() throws {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.type("gs")
    walk.collect("compared")
    #expect(walk.state.drafts.map(\.point) == ["1.2"])
    try launch.run(.pass, ["1.2"], facts: ["seen": "otherwise"])
    walk.act(.loaded(try launch.snapshot()))
    walk.type("S4.2.0")
    walk.forget()
    walk.press(.control("s"))
    #expect(walk.effects.isEmpty)
    #expect(
      walk.state.review?.refusal
        == "1.2 cannot be signed: Esc, then s decides anew, D drops it")
    walk.press(.escape)
    walk.type("s")
    walk.collect(", again")
    #expect(walk.state.drafts.allSatisfy { walk.state.trouble(with: $0) == nil })
  }

  @Test func aDraftOfAPointThatIsGoneIsMarked() throws {
    var walk = try SampleLaunch().session()
    let draft = DecisionDraft(
      point: "9.9", answer: .met, note: "n", pointDigest: Digest(of: "x".utf8))
    walk.act(.draftsFound([draft], forms: []))
    #expect(walk.state.trouble(with: draft) == "is no longer on the checklist")
    var other = draft
    other.point = "3.2"
    #expect(walk.state.trouble(with: other) == "its text has changed since you decided")
    walk.type("gD")
    #expect(walk.state.drafts.isEmpty)
  }

  @Test func onlyWhatIsOldIsLookedAtAgain() throws {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    #expect(walk.type("t").isEmpty)
    #expect(walk.state.message?.text == "no finding is old, or will be within 3 hours")
    launch.clock = launch.clock + .hours(22)
    try launch.run(.pass, ["3.1"])
    walk.act(.loaded(try launch.snapshot()))
    #expect(walk.state.oldPoints == ["1.1", "1.2"])
    #expect(walk.type("t").contains(.runProbes(points: ["1.1", "1.2"])))
  }

  @Test func eachStepSaysWhatComesNext() throws {
    var launch = try SampleLaunch()
    var walk = try launch.session()
    #expect(walk.state.whatNext == "R runs the probes")
    try launch.run()
    walk.act(.loaded(try launch.snapshot()))
    #expect(walk.state.whatNext == "3 controls left: ]")
    for _ in 0..<3 {
      walk.type("]s")
      walk.collect("seen")
    }
    #expect(walk.state.whatNext == "all is decided: S signs 3")
    var done = try SampleLaunch()
    try done.finish()
    #expect(try done.session().state.whatNext == "nothing is left: v, then S seals")
    try done.seal()
    #expect(try done.session().state.whatNext == "nothing is left: commit the evidence")
  }

  @Test func aDayIsNeverClaimedUnasked() throws {
    var walk = try SampleLaunch().session()
    walk.type("gjs")
    #expect(walk.state.form?.fields.text("performed") == "")
    walk.focus("note")
    walk.type("restored")
    walk.press(.control("s"))
    #expect(walk.state.form?.refusal?.hasPrefix("on which day was it done? 2.1 holds 30") == true)
    walk.focus("performed")
    walk.type("2026-11-03")
    walk.press(.control("s"))
    #expect(walk.state.drafts.map(\.performedOn) == [CalendarDate("2026-11-03")])
    // What does not run out needs no day.
    walk.type("Gs")
    walk.focus("note")
    walk.type("read")
    walk.press(.control("s"))
    #expect(walk.state.drafts.last?.point == "3.2")
    #expect(walk.state.drafts.last?.performedOn == nil)
  }

  @Test func aLongRunIsAnnounced() throws {
    var launch = try SampleLaunch()
    var walk = try launch.session()
    try launch.run()
    for (elapsed, isLong) in [(9_999, false), (10_000, true)] {
      walk.act(.runStarted([.init(point: "1.1", probe: "p")]))
      walk.act(.probeFinished(index: 0, verdict: .pass, message: "fine", elapsed: elapsed))
      let effects = walk.act(.runRecorded(try launch.snapshot(), note: nil))
      #expect(
        effects
          == (isLong
            ? [.notify("launchgate: INCOMPLETE, 0 fail, 0 to review, 0 unknown, 1 pass")] : []))
    }
  }

  @Test func oneResumesWhereOneWas() throws {
    let launch = try SampleLaunch()
    var walk = try launch.session()
    walk.type("/head")
    walk.press(.enter)
    walk.type(":mouse off")
    walk.press(.enter)
    let place = walk.state.place
    #expect(place == Place(control: "3", filter: "head", isMouseOn: false))
    var next = Walk(SessionState(now: launch.clock))
    let effects = next.act(.placeFound(place))
    #expect(effects == [.setMouse(false)])
    next.act(.loaded(try launch.snapshot()))
    #expect(next.state.place == place)
    #expect(next.state.selectedControl?.number == "3")
    // A control that is gone is no place to be.
    var gone = Walk(SessionState(now: launch.clock))
    gone.act(.placeFound(Place(control: "77")))
    gone.act(.loaded(try launch.snapshot()))
    #expect(gone.state.list.selection == "1")
  }
}

@Suite struct KeyPhraseTests {
  @Test(arguments: [
    ("sign it off: launchgate sign 18.2", "sign it off: s"),
    (
      "a second person countersigns: launchgate countersign 1a2b3c",
      "a second person countersigns: c"
    ),
    ("mend it; or judge it: launchgate sign 5.4", "mend it; or judge it: s"),

    ("on the commit that is to ship: launchgate probe", "on the commit that is to ship: r"),
    (
      "two people settle it: launchgate adopt, then launchgate countersign",
      "two people settle it: launchgate adopt, then c"
    ),
    ("launchgate", "launchgate"), ("", ""),
  ])
  func commandsBecomeKeys(_ text: String, _ expected: String) {
    #expect(KeyPhrase.onScreen(text) == expected)
  }
}
