import Checklist
import Evidence
import Gate
import Session
import TestSupport
import Testing

/// A found secret is accepted on the screen as the command line does it: by name, with a reason,
/// and by saying whether it was replaced.
@Suite struct AcceptanceFormTests {
  /// Control 1, of which a probe has found two secrets.
  private func found() throws -> (walk: Walk, launch: SampleLaunch) {
    var launch = try SampleLaunch()
    try launch.run()
    try launch.run(
      .fail, ["1.1"], message: "2 secrets were found",
      facts: ["aws-1": "a.env", "jwt-2": "b.env"], faults: ["aws-1", "jwt-2"])
    var walk = try launch.session()
    walk.type("g")
    walk.forget()
    return (walk, launch)
  }

  @Test func eachIsAcceptedByNameAndSignedAfterTheReview() throws {
    var (walk, launch) = try found()
    walk.type("a")
    #expect(walk.state.screen == .form)
    #expect(walk.state.form?.focus == .fault(0))
    #expect(walk.state.form?.rows.filter(\.isTicked).map(\.point) == ["1.1"])
    #expect(walk.state.form?.faults.map(\.fact) == ["aws-1", "jwt-2"])
    walk.type(" ")
    walk.press(.down)
    walk.type("  ")
    #expect(walk.state.form?.faults.map(\.choice) == [.rotated, .notRotated])
    walk.collect("the key was revoked on Monday; the token is a test's")
    let report = try launch.report()
    let standing = try #require(report.standing("1.1"))
    let draft = DecisionDraft(
      point: "1.1", answer: .met, note: "the key was revoked on Monday; the token is a test's",
      performedOn: launch.clock.date, pointDigest: Digest(of: standing.point.value),
      factsDigest: standing.factsDigest,
      accepted: [.init(fact: "aws-1", isRotated: true), .init(fact: "jwt-2", isRotated: false)])
    #expect(walk.state.drafts == [draft])
    #expect(walk.effects == [.saveDrafts([draft], forms: [])])
    walk.forget()
    walk.type("S")
    walk.press(.control("s"))
    #expect(walk.effects.isEmpty)
    walk.type("4.2.0")
    walk.press(.control("s"))
    #expect(
      walk.effects == [
        .signOff(
          [draft],
          Identity(name: "Mara Lind", email: "mara@acme.example", role: "release-manager"))
      ])
  }

  @Test func whoSaysNothingOfThemIsAsked() throws {
    var (walk, _) = try found()
    walk.type("a")
    walk.collect("all is well")
    #expect(
      walk.state.form?.refusal
        == "say of what was found whether it was replaced: Space on its line")
    #expect(walk.state.drafts.isEmpty)
    walk.press(.backTab, .backTab)
    while walk.state.form?.focus != .fault(1) { walk.press(.tab) }
    walk.type("<")
    walk.type("a")
    #expect(walk.state.form?.faults.map(\.choice) == [.notRotated, .notRotated])
    // Another answer accepts nothing by name.
    walk.press(.backTab, .backTab)
    #expect(walk.state.form?.focus == .answer)
    walk.press(.right)
    #expect(walk.state.form?.answer == .notMet)
    #expect(walk.state.form?.shownFaults == [])
    walk.press(.control("s"))
    #expect(walk.state.drafts.map(\.accepted) == [[]])
  }

  @Test func aFormThatIsClosedKeepsWhatWasSaid() throws {
    var (walk, _) = try found()
    walk.type("a ")
    walk.press(.escape)
    #expect(walk.state.forms["1"]?.accepted == [.init(fact: "aws-1", isRotated: true)])
    walk.type("a")
    #expect(walk.state.form?.faults.map(\.choice) == [.rotated, .open])
  }

  @Test func aDraftIsShownAgainAsItIs() throws {
    var (walk, _) = try found()
    walk.type("a ")
    walk.collect("revoked on Monday")
    walk.type("gs")
    #expect(walk.state.drafts.count == 1)
    walk.press(.escape)
    walk.type("a")
    #expect(walk.state.form?.faults.map(\.choice) == [.rotated, .open])
  }

  @Test func whereNothingWasFoundNothingIsOpened() throws {
    var (walk, _) = try found()
    walk.type("Ga")
    #expect(walk.state.screen == .gate)
    #expect(
      walk.state.message?.text
        == "nothing was found here that can be accepted by name: w accepts a risk")
  }

  @Test func theHistorySaysWhatWasAccepted() throws {
    var (_, launch) = try found()
    let standing = try #require(launch.report().standing("1.1"))
    try launch.add(
      .signOff(
        SignOff(decisions: [
          Decision(
            point: "1.1", answer: .met, note: "n", pointDigest: Digest(of: standing.point.value),
            accepted: [.init(fact: "jwt-2", isRotated: false)])
        ])))
    let entry = try #require(launch.snapshot().history.first)
    #expect(entry.lines.contains("  accepts jwt-2, NOT rotated"))
  }

  @Test func theWayOutNamesTheKey() {
    #expect(
      KeyPhrase.onScreen(
        "accept each by name: launchgate sign POINT --decision met --accept FACT=rotated")
        == "accept each by name: a")
  }
}
