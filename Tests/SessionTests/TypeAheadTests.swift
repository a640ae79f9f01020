import Checklist
import Evidence
import Gate
import Session
import TestSupport
import Testing

/// What is typed while the launch is still being read is done on its page, and on no page that
/// somebody has to have seen.
@Suite struct TypeAheadTests {
  private func loading(_ launch: SampleLaunch) -> Walk { Walk(SessionState(now: launch.clock)) }

  /// The launch as the runner reports it.
  private func load(_ walk: inout Walk, _ launch: SampleLaunch) throws {
    walk.act(.draftsFound([], forms: []))
    walk.act(.loaded(try launch.snapshot()))
  }

  private static let keys: [[Key]] = [
    [.character("j"), .character("v"), .character("j")],
    [.character("/"), .character("q"), .paste("tls\n"), .backspace, .enter, .character("]")],
    [.character("s"), .tab, .tab, .character("q"), .alt("b"), .escape, .character("h")],
    [.character("2"), .tab, .pageDown, .up, .function(1), .character("c"), .character("?")],
    [.character(":"), .character("l"), .character("o"), .character("g"), .enter],
  ]

  @Test(arguments: keys)
  func itIsAsIfTypedOnThePage(_ keys: [Key]) throws {
    var launch = try SampleLaunch()
    try launch.run(.fail, ["1.1"])
    var early = loading(launch)
    for key in keys { early.act(.key(key)) }
    #expect(early.effects.isEmpty)
    #expect(early.state.typeAhead.keys == keys)
    #expect(early.state.screen == .loading && early.state.help == nil)
    try load(&early, launch)
    var late = loading(launch)
    try load(&late, launch)
    for key in keys { late.act(.key(key)) }
    #expect(early == late)
    #expect(early.state.typeAhead == TypeAhead())
  }

  @Test func whatEndsOrDrawsIsDoneAtOnce() throws {
    let launch = try SampleLaunch()
    for (keys, effects) in [
      ([.character("q")], [.quit]), ([.control("c")], [.quit]),
      ([.character("j"), .character("q")], [.quit]),
      ([.character("/"), .control("c")], [.quit]),
      ([.character("/"), .character("a"), .escape, .character("q")], [.quit]),
      ([.character("j"), .control("l"), .control("z")], [.redraw, .suspend]),
    ] as [([Key], [Effect])] {
      var walk = loading(launch)
      for key in keys { walk.act(.key(key)) }
      #expect(walk.effects == effects, "\(keys)")
    }
    var walk = loading(launch)
    walk.type("?tls")
    #expect(walk.state.help?.search.text == "tls")
    #expect(walk.state.typeAhead == TypeAhead())
  }

  @Test func quittingEndsWhatFollows() throws {
    let launch = try SampleLaunch()
    var walk = loading(launch)
    walk.press(.character("/"), .enter, .character("q"), .character("R"))
    try load(&walk, launch)
    #expect(walk.effects == [.quit])
  }

  @Test func itIsBounded() throws {
    let launch = try SampleLaunch()
    var walk = loading(launch)
    for _ in 0..<(TypeAhead.keyLimit + 3) { walk.press(.character("j")) }
    #expect(walk.state.typeAhead.keys.count == TypeAhead.keyLimit)
    #expect(walk.state.typeAhead.leftOut == 3)
    try load(&walk, launch)
    #expect(walk.state.news.count == 1)
    walk.press(.up)
    #expect(
      walk.state.message?.text == "3 keys that were typed before this page was there: left out")

    var pasting = loading(launch)
    let half = String(repeating: "é", count: TypeAhead.pasteLimit / 4)
    pasting.press(.character("/"), .paste(half), .paste(half), .paste("x"), .character("R"))
    #expect(pasting.state.typeAhead.keys == [.character("/"), .paste(half), .paste(half)])
    // Behind the gap an R would be a command instead of a letter.
    #expect(pasting.state.typeAhead.leftOut == 2)
    try load(&pasting, launch)
    #expect(pasting.effects.isEmpty)
  }

  /// `y` agrees to something, Ctrl-S signs: on a page that nobody has seen they do nothing.
  @Test func nothingIsTypedIntoAPageThatHasToBeSeen() throws {
    let keys: [Key] = "yn4.2.0".map(Key.character) + [.control("s"), .escape, .character("R")]
    let identity = Identity(name: "M", email: "m@x", role: "lead")
    let proposal = SetupProposal(
      subject: "shop", release: "1", repository: nil, identity: identity)
    let offer = CarryOffer(name: "shop 4.1.0", path: "/old", points: ["2.1"], lines: ["2.1"])

    var setup = loading(try SampleLaunch())
    for key in keys { setup.act(.key(key)) }
    setup.act(.configurationMissing(proposal))
    #expect(setup.state.screen == .setup && setup.effects.isEmpty)
    #expect(setup.state.setup == SetupForm(proposal))
    #expect(
      setup.state.message?.text == "10 keys that were typed before this page was there: left out")

    let launch = try SampleLaunch()
    var offered = loading(launch)
    for key in keys { offered.act(.key(key)) }
    offered.act(.earlierFound(offer))
    try load(&offered, launch)
    var plain = loading(launch)
    plain.act(.earlierFound(offer))
    try load(&plain, launch)
    #expect(offered.state.screen == .launch && offered.effects.isEmpty)
    #expect(offered.state.launchPrompt == plain.state.launchPrompt)

    var broken = loading(launch)
    broken.press(.character("j"), .character("/"), .character("q"))
    broken.act(.loadFailed(reason: "line 3 is torn", hint: "launchgate repair"))
    #expect(broken.effects.isEmpty && broken.state.typeAhead == TypeAhead())
    #expect(broken.state.message?.text == "line 3 is torn")
  }

  @Test func itStopsAtFactsAtSignaturesAndAtQuestions() throws {
    let launch = try SampleLaunch(.conditional)
    var facts = loading(launch)
    facts.press(.enter)
    facts.type("yy")
    try load(&facts, launch)
    #expect(facts.state.screen == .facts && facts.state.drafts.isEmpty)
    #expect(facts.effects.isEmpty)
    #expect(
      facts.state.message?.text == "2 keys that were typed before this page was there: left out")

    var ready = try SampleLaunch()
    try ready.finish()
    var seal = loading(ready)
    seal.type("vS4.2.0")
    seal.press(.control("s"))
    try load(&seal, ready)
    #expect(seal.state.screen == .seal && seal.effects.isEmpty)
    #expect(seal.state.seal?.text("release") == "")

    let standing = try #require(try ready.report().standing("3.2"))
    let draft = DecisionDraft(
      point: "3.2", answer: .met, note: "seen", pointDigest: Digest(of: standing.point.value))
    for (opening, screen) in [
      ([.character("S")], .review), ([.character("/"), .enter, .character("q")], .gate),
    ] as [([Key], SessionState.Screen)] {
      var walk = loading(ready)
      for key in opening { walk.act(.key(key)) }
      walk.type("y4.2.0")
      walk.press(.control("s"))
      walk.act(.draftsFound([draft], forms: []))
      walk.act(.loaded(try ready.snapshot()))
      #expect(walk.state.screen == screen && walk.effects.isEmpty)
      #expect(walk.state.asksToQuit == (screen == .gate))
      #expect(walk.state.review?.fields.text("release") ?? "" == "")
    }
  }

  /// What was collected earlier is not dropped, and nothing is decided, before it has been seen.
  @Test(
    arguments: [
      [.character("D"), .character("h")],
      [.character("s"), .tab, .tab, .paste("Seen."), .control("s"), .character("h")],
    ] as [[Key]])
  func noDecisionIsTakenOrDropped(keys: [Key]) throws {
    let launch = try SampleLaunch()
    let standing = try #require(try launch.report().points.first { !$0.state.isSettled })
    let draft = DecisionDraft(
      point: standing.point.id, answer: .met, note: "seen",
      pointDigest: Digest(of: standing.point.value))
    var walk = loading(launch)
    for key in keys { walk.act(.key(key)) }
    walk.act(.draftsFound([draft], forms: []))
    walk.act(.loaded(try launch.snapshot()))
    #expect(walk.state.drafts == [draft])
    #expect(walk.state.screen != .history)
  }

  @Test func aWindowThatIsTooSmallTakesNothing() throws {
    let launch = try SampleLaunch()
    var walk = loading(launch)
    walk.type("v")
    walk.act(.key(.resize(Size(rows: 5, columns: 20))))
    walk.type("h")
    try load(&walk, launch)
    #expect(walk.state.screen == .gate)
  }
}
