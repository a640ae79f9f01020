import Checklist
import Evidence
import Session
import TestSupport
import Testing

/// What an earlier launch still proves is offered once, when a new one is opened, and only offered.
@Suite struct CarryOfferTests {
  private let offer = CarryOffer(
    name: "acme-shop 4.1.0", path: "/srv/old.evidence.json", points: ["2.1", "3.2"],
    lines: ["From acme-shop 4.1.0", "CARRIED OVER (2)", "NOT CARRIED OVER (3)"])

  /// A session that is told of an earlier launch while it is set up, or else while it is opened.
  private func begun(_ checklist: Checklist, isSetUp: Bool, _ offer: CarryOffer) throws -> Walk {
    let launch = try SampleLaunch(checklist)
    var walk = Walk(SessionState(now: launch.clock))
    let identity = Identity(name: "Mara Lind", email: "mara@acme.example", role: "release-manager")
    if isSetUp {
      walk.act(
        .configurationMissing(
          SetupProposal(
            subject: "acme-shop", release: "4.2.0", repository: nil, identity: identity,
            earlier: "acme-shop 4.1.0")))
      #expect(
        walk.state.setup?.earlierNotice
          == "acme-shop 4.1.0 was walked here: what of it still holds is offered next, "
          + "and only offered.")
    }
    walk.act(.identityFound(identity))
    walk.act(.earlierFound(offer))
    #expect(walk.effects.isEmpty)
    walk.act(.draftsFound([], forms: []))
    walk.act(.loaded(try launch.snapshot()))
    return walk
  }

  @Test func itIsShownBeforeAnythingElse() throws {
    var walk = try begun(.sample, isSetUp: false, offer)
    #expect(walk.state.screen == .launch)
    #expect(walk.state.launchPrompt?.lines == offer.lines)
    #expect(
      walk.state.message?.text
        == "2 points of acme-shop 4.1.0 may still hold; Esc carries nothing over")
    // Neither an empty page nor one without the release is taken.
    walk.press(.control("s"))
    walk.type("Rehearsed in March.")
    walk.press(.control("s"))
    #expect(walk.effects.isEmpty)
    walk.press(.tab)
    walk.type("4.2.0")
    walk.press(.control("s"))
    #expect(
      walk.effects == [
        .carry(
          "/srv/old.evidence.json", points: ["2.1", "3.2"], note: "Rehearsed in March.",
          Identity(name: "Mara Lind", email: "mara@acme.example", role: "release-manager"))
      ])
  }

  @Test(arguments: [true, false])
  func whoDeclinesGoesOnAndIsNotAskedAgain(_ isSetUp: Bool) throws {
    var walk = try begun(.conditional, isSetUp: isSetUp, offer)
    #expect(walk.state.screen == .launch)
    walk.press(.escape)
    #expect(walk.state.screen == .facts)
    #expect(
      walk.state.message?.text
        == "nothing was carried over; :carry /srv/old.evidence.json offers it again")
    #expect(walk.effects.isEmpty)
    walk.press(.escape)
    walk.act(.loaded(try #require(walk.state.snapshot)))
    #expect(walk.state.screen == .gate)
  }

  @Test func theFactsComeAfterIt() throws {
    var walk = try begun(.conditional, isSetUp: true, offer)
    walk.type("Rehearsed in March.")
    walk.press(.tab)
    walk.type("4.2.0")
    walk.press(.control("s"))
    #expect(walk.state.isRecording)
    var launch = try SampleLaunch(.conditional)
    let id = try launch.run()
    walk.act(.recorded(id, try launch.snapshot()))
    #expect(walk.state.screen == .facts)
    #expect(walk.state.message?.text.hasPrefix("on disk: \(id.short)") == true)
  }

  @Test func whereNothingHoldsNothingIsOffered() throws {
    var empty = offer
    empty.points = []
    let walk = try begun(.sample, isSetUp: false, empty)
    #expect(walk.state.screen == .gate)
    #expect(
      walk.state.message?.text
        == "nothing of acme-shop 4.1.0 can be carried over; it stays as it is")
  }
}
