import Checklist
import Session
import TestSupport
import Testing

/// Typing into what holds a long text already.
@Suite struct TypingTests {
  private static let long = String(repeating: "a word ", count: 40_000)
  private static let few = 2_000

  /// A copy of the text at every key would take minutes.
  private func types(_ walk: inout Walk, _ place: String) {
    walk.press(.paste(Self.long))
    let start = ContinuousClock.now
    for _ in 0..<Self.few { walk.press(.character("x")) }
    #expect(ContinuousClock.now - start < .seconds(15), "\(place)")
  }

  @Test func noPageCopiesALongTextAtEveryKey() throws {
    var setup = Walk(SessionState(now: Timestamp(seconds: 1_795_000_000)))
    setup.press(.resize(Size(rows: 30, columns: 100)))
    setup.act(
      .configurationMissing(
        SetupProposal(subject: "", release: "1", repository: nil, identity: Identity())))
    types(&setup, "setup")
    #expect(setup.state.setup?.fields.text("subject").count == Self.long.count + Self.few)

    var launch = try SampleLaunch()
    try launch.run()
    var form = try launch.session()
    form.type("gjs")
    form.focus("note")
    types(&form, "form")

    var review = try launch.session()
    review.type("gjs")
    review.collect("restored")
    review.type("S")
    types(&review, "review")
    review.press(.escape)
    #expect(review.state.screen == .gate && review.state.review == nil)
  }

  @Test func aFilterACommandAndASearchTakeALine() throws {
    var launch = try SampleLaunch()
    try launch.run()
    for (key, input) in [
      ("/", { $0.list.filter }), (":", { $0.command?.input }), ("?", { $0.help?.search }),
    ] as [(String, (SessionState) -> TextInput?)] {
      var walk = try launch.session()
      walk.type(key)
      types(&walk, key)
      #expect(input(walk.state)?.characters.count == TextInput.line)
      walk.press(.escape)
      #expect(input(walk.state) == nil)
    }
  }
}
