import Checklist
import Evidence
import Gate
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

  /// It was promised while the launch was set up, so that the facts must not cover what came of it.
  @Test func thatNothingHoldsIsSaidAboveTheFacts() throws {
    var empty = offer
    empty.points = []
    var walk = try begun(.conditional, isSetUp: true, empty)
    #expect(walk.state.screen == .facts)
    #expect(
      walk.state.message?.text
        == "nothing of acme-shop 4.1.0 can be carried over; it stays as it is")
    walk.press(.down)
    #expect(walk.state.message?.text.hasPrefix("nothing of acme-shop") == true)
  }

  @Test func draftsOfAnEarlierSessionAreToldBesideTheOffer() throws {
    let launch = try SampleLaunch()
    let standing = try #require(try launch.report().standing("3.2"))
    let draft = DecisionDraft(
      point: "3.2", answer: .met, note: "seen", pointDigest: Digest(of: standing.point.value))
    let waiting = "1 decision of an earlier session waiting to be signed: S shows them"
    for points in [["2.1"], []] {
      var walk = Walk(SessionState(now: launch.clock))
      var offer = offer
      offer.points = points
      walk.act(.earlierFound(offer))
      walk.act(.draftsFound([draft], forms: []))
      walk.act(.loaded(try launch.snapshot()))
      let first = walk.state.message?.text
      walk.press(.down)
      let told = [first, walk.state.message?.text].compactMap(\.self)
      #expect(told.count == 2 && told.contains(waiting))
      #expect(told.contains { $0.contains("acme-shop 4.1.0") })
    }
  }
}
