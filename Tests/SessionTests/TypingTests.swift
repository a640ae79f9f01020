import Checklist
import Session
import TestSupport
import Testing

/// Typing into what holds a long text already.
@Suite struct TypingTests {
  private static let long = String(repeating: "a word ", count: 8_000)
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

  /// What is taken is taken whole, and what is not is refused in words.
  @Test func aPasteWithoutRoomIsRefused() throws {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.type("jjs")
    walk.focus("note")
    let before = walk.state.form
    walk.press(.paste(String(repeating: "é", count: TextInput.note / 2 + 1)))
    #expect(walk.state.form?.fields.text("note") == "" && walk.state.form?.draft == nil)
    #expect(walk.state.form?.focus == before?.focus)
    let refusal = walk.state.message
    #expect(refusal?.kind == .warning)
    #expect(refusal?.text == "nothing of that was taken: there is room for 64 KiB here")
    #expect(refusal?.hint == "attach a long text as a file")
    walk.press(.down)
    let note = String(repeating: "é", count: TextInput.note / 2)
    walk.focus("note")
    walk.state.message = nil
    walk.press(.paste(note))
    #expect(walk.state.message == nil)
    walk.press(.character("x"))
    #expect(walk.state.message == refusal)
    #expect(walk.state.form?.fields.text("note") == note)
    walk.press(.escape)
    #expect(walk.state.forms["3"]?.texts["note"] == note)

    walk.type("/")
    walk.press(.paste(note))
    #expect(walk.state.list.filter?.text == "")
    #expect(
      walk.state.message?.text == "nothing of that was taken: there is room for 1000 bytes here")
    #expect(walk.state.message?.hint == nil)
  }

  /// Going round through the fields is no second refusal, and no other message gives way to it.
  @Test func aRefusalIsSaidOnce() {
    let identity = Identity(name: "M", email: "m@x", role: "lead")
    let proposal = SetupProposal(
      subject: "shop", release: "1", repository: nil, identity: identity)
    var walk = Walk(SessionState(now: Timestamp(seconds: 0)))
    walk.act(.configurationMissing(proposal))
    walk.press(.paste(String(repeating: "x", count: TextInput.note + 1)))
    #expect(walk.state.message?.text.hasPrefix("nothing of that was taken") ?? false)
    walk.state.message = nil
    for _ in 0..<20 { walk.press(.down) }
    for _ in 0..<20 { walk.press(.up) }
    #expect(walk.state.message == nil)
    let fields = walk.state.setup?.fields.fields.count ?? 0
    for _ in 0..<(fields - 1) { walk.press(.tab) }
    #expect(walk.state.message == nil)
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
