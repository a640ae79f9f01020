import Checklist
import Evidence
import Session
import TestSupport
import Testing

/// From a decision to a record on disk.
@Suite struct SigningTests {
  /// A session with decisions on control 3 collected and the review page open.
  private func reviewing() throws -> Walk {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.type("jjs")
    walk.collect("read it")
    walk.type("S")
    #expect(walk.state.screen == .review)
    walk.forget()
    return walk
  }

  private func snapshot(_ change: (inout SampleLaunch) throws -> Void = { _ in }) throws
    -> EvidenceSnapshot
  {
    var launch = try SampleLaunch()
    try launch.run()
    try change(&launch)
    return try launch.snapshot()
  }

  @Test func aCollectedDecisionIsKeptOnDiskAndNotSigned() throws {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.type("jjs")
    walk.collect("read it")
    let point = try #require(launch.checklist.point("3.2"))
    let draft = DecisionDraft(
      point: "3.2", answer: .met, note: "read it", performedOn: launch.clock.date,
      pointDigest: Digest(of: point.value))
    #expect(walk.state.drafts == [draft])
    #expect(walk.effects == [.saveDrafts([draft], forms: [])])
    #expect(walk.state.screen == .gate)
    #expect(walk.state.form == nil)
  }

  @Test func aSecondDecisionOnAPointReplacesTheFirst() throws {
    var walk = try reviewing()
    walk.press(.escape)
    walk.type("s")
    #expect(walk.state.form?.fields.text("note") == "read it")
    walk.collect(", twice")
    #expect(walk.state.drafts.map(\.note) == ["read it, twice"])
  }

  @Test func collectedDecisionsAreDroppedOnlyForTheSelectedControl() throws {
    var walk = try reviewing()
    walk.press(.escape)
    walk.type("gD")
    #expect(walk.state.drafts.count == 1)
    #expect(walk.effects.isEmpty)
    walk.type("GD")
    #expect(walk.state.drafts.isEmpty)
    #expect(walk.effects == [.saveDrafts([], forms: [])])
  }

  @Test func nothingIsSignedBeforeTheReleaseIsTyped() throws {
    var walk = try reviewing()
    walk.press(.control("s"))
    #expect(walk.state.review?.refusal == "Type the release 4.2.0, exactly")
    walk.type("4.2")
    walk.press(.control("s"))
    #expect(walk.effects.isEmpty)
    walk.press(.control("u"))
    walk.type("4.2.0")
    walk.press(.control("s"))
    let identity = Identity(
      name: "Mara Lind", email: "mara@acme.example", role: "release-manager")
    #expect(walk.effects == [.signOff(walk.state.drafts, identity)])
  }

  @Test func aCriticalControlIsConfirmedByItsNumber() throws {
    var walk = try SampleLaunch().session()
    walk.type("gjs")
    walk.collect("restored")
    walk.type("S4.2.0")
    walk.press(.control("s"))
    #expect(walk.state.review?.refusal == "Type 2 for Backup and recovery, exactly")
    walk.press(.control("u"))
    walk.type("2")
    walk.press(.tab)
    walk.type("4.2.0")
    let signed = walk.press(.control("s"))
    #expect(signed == [.signOff(walk.state.drafts, walk.state.identity)])
  }

  @Test func anAcceptedRiskIsConfirmedByItsNumber() throws {
    var launch = try SampleLaunch()
    try launch.run(.fail, ["3.1"])
    var walk = try launch.session()
    walk.type("Gw")
    #expect(walk.state.form?.rows.map(\.isTicked) == [true, false])
    walk.press(.tab, .tab)
    walk.type("2026-12-01")
    walk.collect("the old browser goes in May")
    walk.type("S")
    let names = walk.state.review?.fields.fields.map(\.name)
    #expect(names == ["name", "email", "role", "control-3", "release"])
  }

  @Test func aSignOffIsAskedForOnceWhileItIsWritten() throws {
    var walk = try reviewing()
    walk.type("4.2.0")
    walk.press(.control("s"))
    walk.forget()
    walk.press(.control("s"), .control("s"))
    #expect(walk.effects.isEmpty)
    walk.press(.escape)
    walk.type("S")
    #expect(walk.state.screen == .gate)
    walk.press(.control("s"))
    #expect(walk.effects.isEmpty)
  }

  @Test func whatWasSignedIsNoLongerWaiting() throws {
    var walk = try reviewing()
    walk.type("4.2.0")
    walk.press(.control("s"))
    walk.forget()
    let after = try snapshot { try $0.sign(["3.2"]) }
    walk.act(.recorded(after.heads[0], after))
    #expect(walk.state.drafts.isEmpty)
    #expect(walk.state.screen == .gate)
    #expect(walk.state.review == nil)
    #expect(!walk.state.isRecording)
    #expect(walk.state.list.selection == "1")
    #expect(walk.effects == [.saveDrafts([], forms: [])])
  }

  @Test func aDecisionCollectedMeanwhileIsNotLost() throws {
    var walk = try reviewing()
    walk.type("4.2.0")
    walk.press(.control("s"), .escape)
    walk.type("gjs")
    walk.collect("restored meanwhile")
    let after = try snapshot { try $0.sign(["3.2"]) }
    walk.act(.recorded(after.heads[0], after))
    #expect(walk.state.drafts.map(\.point) == ["2.1"])
    #expect(walk.effects.last == .saveDrafts(walk.state.drafts, forms: []))
    #expect(walk.state.screen == .gate)
  }

  @Test func aFormThatIsOpenMeanwhileStaysOpen() throws {
    var walk = try reviewing()
    walk.type("4.2.0")
    walk.press(.control("s"), .escape)
    walk.type("gjs")
    let form = walk.state.form
    let after = try snapshot { try $0.sign(["3.2"]) }
    walk.act(.recorded(after.heads[0], after))
    #expect(walk.state.form == form)
    #expect(walk.state.screen == .form)
    #expect(walk.state.list.selection == "2")
    #expect(walk.state.drafts.isEmpty)
  }

  @Test func aFailedRecordKeepsEverything() throws {
    var walk = try reviewing()
    walk.type("4.2.0")
    let before = walk.state
    walk.press(.control("s"))
    walk.forget()
    walk.act(.recordFailed(reason: "the disk is full", hint: "make room"))
    #expect(walk.state.drafts == before.drafts)
    #expect(walk.state.review == before.review)
    #expect(walk.state.screen == .review)
    #expect(walk.state.message?.text == "nothing was written: the disk is full")
    let again = walk.press(.control("s"))
    #expect(again == [.signOff(before.drafts, before.identity)])
  }

  @Test func aFailedRecordDoesNotEndARun() throws {
    var walk = try reviewing()
    walk.act(.runStarted([.init(point: "1.1", probe: "p")]))
    walk.act(.recordFailed(reason: "no", hint: ""))
    #expect(walk.state.isRunning)
    walk.act(.draftsNotKept(reason: "no", hint: ""))
    #expect(walk.state.isRunning)
    walk.act(.runFailed(reason: "no", hint: ""))
    #expect(!walk.state.isRunning)
  }

  @Test func whoSignsAsSomebodyElseDoesNotUseThisKey() throws {
    var walk = try reviewing()
    walk.state.identity.key = "/home/mara/.ssh/id_ed25519"
    walk.type("4.2.0")
    while walk.state.review?.fields.focus != 1 { walk.press(.tab) }
    walk.press(.control("u"))
    walk.type("daniel@acme.example")
    let signed = walk.press(.control("s"))
    let other = Identity(
      name: "Mara Lind", email: "daniel@acme.example", role: "release-manager")
    #expect(signed == [.signOff(walk.state.drafts, other)])
  }

  @Test func escapeNeverSigns() throws {
    var walk = try reviewing()
    walk.type("4.2.0")
    walk.press(.escape)
    #expect(walk.effects.isEmpty)
    #expect(walk.state.drafts.count == 1)
    #expect(walk.state.screen == .gate)
  }
}
