import Checklist
import Evidence
import Session
import TestSupport
import Testing

/// A long note goes to the user's editor and comes back, and is never lost on the way.
@Suite struct NoteEditTests {
  private func writing(_ text: String) throws -> Walk {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.type("jjs")
    walk.focus("note")
    walk.type(text)
    walk.forget()
    return walk
  }

  @Test func theNoteOfAFormGoesOutAndComesBack() throws {
    var walk = try writing("half a note")
    walk.press(.tab)
    let kept = try #require(walk.state.form?.draft)
    #expect(
      walk.press(.control("o"))
        == [.saveDrafts([], forms: [kept]), .edit("half a note", name: "3")])
    #expect(walk.state.awaitsEditor)
    walk.forget()
    walk.act(.edited("First line.\r\nSecond \u{1B}[31mline\u{7}."))
    #expect(!walk.state.awaitsEditor)
    #expect(walk.state.form?.fields.text("note") == "First line.\nSecond [31mline.")
    #expect(walk.state.message?.text == "the note is taken over")
    let draft = try #require(walk.state.form?.draft)
    #expect(walk.effects == [.saveDrafts([], forms: [draft])])
    // It goes on where the note ends.
    walk.type("!")
    #expect(walk.state.form?.fields.text("note").hasSuffix("line.!") == true)
  }

  @Test func noKeyDoesAnythingMeanwhile() throws {
    var walk = try writing("half a note")
    walk.press(.control("o"))
    let before = walk
    walk.type("qS x")
    walk.press(.control("s"), .escape, .control("o"), .tab, .paste("x"), .function(1))
    #expect(walk == before)
    walk.press(.control("c"))
    #expect(walk.state.asksToQuit)
  }

  @Test func whatFailsLeavesTheNote() throws {
    var walk = try writing("half a note")
    walk.press(.control("o"))
    walk.act(.editFailed(reason: "vi is not installed", hint: "EDITOR names an editor"))
    #expect(walk.state.form?.fields.text("note") == "half a note")
    #expect(walk.state.message?.kind == .error)
    #expect(walk.state.message?.text == "vi is not installed")
    walk.type("!")
    #expect(walk.state.form?.fields.text("note") == "half a note!")
  }

  @Test func whatIsNotChangedIsSaidToBeSo() throws {
    var walk = try writing("half a note")
    walk.press(.control("o"))
    walk.act(.edited("half a note"))
    #expect(walk.state.message?.text == "the note is as it was")
  }

  @Test func aReasonStaysOneLine() throws {
    var launch = try SampleLaunch()
    try launch.sign(["2.1"])
    var walk = try launch.session()
    walk.type("gjhu")
    #expect(walk.state.screen == .prompt)
    #expect(walk.press(.control("o")).last == .edit("", name: "prompt"))
    walk.act(.edited("It was another\nmachine."))
    #expect(walk.state.prompt?.fields.text("note") == "It was another machine.")
  }

  @Test func theNoteOfAFactAndOfASealAreWrittenToo() throws {
    var walk = try SampleLaunch(.conditional).session()
    walk.type("syk")
    #expect(walk.press(.control("o")).contains { if case .edit = $0 { true } else { false } })
    walk.act(.edited("since March"))
    walk.press(.enter)
    #expect(walk.state.drafts.first?.note == "since March")
    var launch = try SampleLaunch()
    try launch.finish()
    var sealing = try launch.session()
    sealing.type("vS")
    sealing.press(.control("o"))
    sealing.act(.edited("shipped after the drill"))
    #expect(sealing.state.seal?.text("note") == "shipped after the drill")
  }

  @Test func whereThereIsNoNoteNothingIsOpened() throws {
    var walk = try SampleLaunch().session()
    walk.type(":assign")
    walk.press(.enter)
    walk.forget()
    walk.press(.control("o"))
    #expect(walk.effects.isEmpty)
    #expect(walk.state.message?.text == "there is no note to write here")
  }
}
