import Glibc
import TestSupport
import Testing

/// Others at work, the next day, and the mouse, shown in a real terminal.
@Suite struct ScreenTogetherTests {
  @Test func whatAnotherProcessRecordsAppears() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    try gate.select(19)
    try window.press("s", "Tab", "Tab")
    try window.type("Half a sentence")
    try window.shows("Half a sentence")
    let other = try gate.sandbox.launchgate([
      "sign", "23", "--decision", "not-met", "--note", "Looked at the tracker.", "--name",
      "Tomas Vale", "--email", "tomas@acme.example", "--role", "team-lead", "--confirm", "1.0",
    ])
    #expect(other.code == 0, "\(other.output)")
    // No key is pressed.
    try window.shows(
      "came in, by", "Tomas Vale", "INCOMPLETE became NO-GO", " NO-GO ", "Decide on 19 ",
      "Half a sentence")
    try gate.back()
    try window.shows("─ 19 ")
  }

  @Test func onesOwnAcknowledgementStandsUntilAKey() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    try gate.select(19)
    try gate.decide(note: "Every field was asked for its purpose.")
    try window.press("S")
    try window.type("1.0")
    try gate.sign()
    let other = try gate.sandbox.launchgate([
      "sign", "23", "--decision", "not-met", "--note", "Looked at the tracker.", "--name",
      "Tomas Vale", "--email", "tomas@acme.example", "--role", "team-lead", "--confirm", "1.0",
    ])
    #expect(other.code == 0, "\(other.output)")
    try window.shows("on disk: ", "+1 came in", " NO-GO ")
    try window.press("j")
    let screen = try window.shows("a record came in, by Tomas Vale")
    #expect(!screen.contains("on disk: "))
  }

  @Test func oneGoesOnWhereOneWas() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    try window.press("/")
    try window.type("manual")
    try window.press("Enter")
    try window.shows("filter: manual", " of 26 ")
    try window.type(":goto 13")
    try window.press("Enter")
    try window.shows("─ 13 ")
    try gate.quit()
    try gate.start()
    try window.shows("filter: manual", "─ 13 ")
    try window.press("Escape")
    try window.shows("all 25", "─ 13 ")
    try gate.quit()
  }

  @Test func theMouseCanBeSwitchedOff() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    try #expect(window.property("mouse_any_flag") == "1")
    let lines = try window.screen().split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains("Container and image") }) + 1
    // As this terminal writes them: button, column and row, each as a character behind 32.
    let place = try "%" + String(Character(#require(Unicode.Scalar(32 + row))))
    try window.type("\u{1B}[M \(place)\u{1B}[M#\(place)")
    try window.shows("─ 4 ")
    try window.type("\u{1B}[Ma\(place)")
    try window.shows("─ 5 ")
    try window.type(":mouse off")
    try window.press("Enter")
    try window.shows("the terminal's own selection works")
    try #expect(window.property("mouse_any_flag") == "0")
    try window.type(":mouse on")
    try window.press("Enter")
    try window.shows("clicks and the wheel work")
    try #expect(window.property("mouse_any_flag") == "1")
    try gate.quit()
    try #expect(window.property("mouse_any_flag") == "0")
  }

  @Test func whatIsCopiedReachesTheTerminal() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    try window.allowClipboard()
    try gate.select(19)
    try window.press("y")
    try window.shows("copied the control's standing")
    try window.waitUntil("the text is in the buffer of the terminal") {
      try window.clipboard().contains("19 Data minimization")
    }
    try #expect(window.property("pane_title").contains("shop 1.0"))
  }

  @Test func programsThatWereRunAreLogged() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    try gate.select(5)
    try window.press("r")
    try window.shows("Probes have run")
    try gate.back()
    try window.press("l")
    try window.shows("Programs that were run", "exit 0", "git -C ")
    try gate.back()
  }
}
