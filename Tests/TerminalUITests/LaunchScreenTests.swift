import Session
import TerminalUI
import TestSupport
import Testing

/// The page on which something about the whole launch is recorded, drawn and told.
@Suite struct LaunchScreenTests {
  @Test(arguments: [
    Size(rows: 18, columns: 60), Size(rows: 24, columns: 80), Size(rows: 50, columns: 160),
  ])
  func everythingIsThere(_ size: Size) throws {
    var walk = try SampleLaunch().session(size)
    walk.type(":assign Restore drill")
    walk.press(.enter)
    var surface = Surface(size: size, glyphs: .unicode)
    SessionScreen.draw(walk.state, frame: 0, into: &surface)
    for words in [
      "Give a duty to a person", "Restore drill: nobody", "Mara Lind", "Type the release 4.2.0",
      "still to do: to whom?", "F1 help",
    ] { #expect(surface.text.joined(separator: "\n").contains(words), "\(words)") }
  }

  @Test func itIsToldLineByLine() throws {
    var plain = try PlainWalk(SampleLaunch(), isInteractive: false, isDemo: false)
    plain.type("assign Restore drill", "", "Tomas <t@x>", "4.2.0")
    #expect(plain.says("Give a duty to a person"))
    #expect(plain.says("  Restore drill: nobody"))
    #expect(
      plain.effects.last
        == .assign(duty: "Restore drill", to: "Tomas <t@x>", plain.dialogue.session.identity))
  }
}
