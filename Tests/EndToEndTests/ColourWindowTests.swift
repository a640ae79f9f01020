import TestSupport
import Testing

/// The colours of the screen: chosen by flag, by command and by the environment, and remembered.
@Suite struct ColourWindowTests {
  @Test func noColorIsHeardAndGivesWayToAFlag() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try window.enter("export TERM=screen-256color NO_COLOR=1")
    try gate.startRepository()
    #expect(try !window.colours().contains("38;5;"))
    // What was chosen is remembered, and still gives way to NO_COLOR at the next start.
    try window.type(":theme dark")
    try window.press("Enter")
    try window.waitUntil("there are colours") { try window.colours().contains("38;5;39") }
    try gate.quit()
    try gate.start()
    try window.shows("─ Controls ─")
    #expect(try !window.colours().contains("38;5;"))
    try gate.quit()
    try gate.start("--color always")
    try window.shows("─ Controls ─")
    try window.waitUntil("there are colours") { try window.colours().contains("38;5;39") }
    try gate.quit()
  }

  @Test func themesAreChosenRememberedAndOverridden() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try window.enter("export TERM=screen-256color")
    try gate.startRepository()
    try window.type(":theme cvd-")
    try window.press("Tab", "Enter")
    try window.shows("colours: cvd-light")
    try window.waitUntil("they are those") { try window.colours().contains("38;5;25m") }
    try gate.quit()
    try gate.start()
    try window.shows("─ Controls ─")
    try window.waitUntil("they are remembered") { try window.colours().contains("38;5;25m") }
    try gate.quit()
    try gate.start("--theme cvd")
    try window.shows("─ Controls ─")
    try window.waitUntil("the flag counts") { try window.colours().contains("38;5;39m") }
    #expect(try !window.colours().contains("38;5;25m"))
    try gate.quit()
    try window.enter("clear; $LAUNCHGATE --theme pink")
    try window.shows("pink")
  }

  @Test func nothingTurnsWhereThatIsWanted() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try window.enter("export LAUNCHGATE_MOTION=none")
    try gate.startRepository()
    try window.press("R")
    let screen = try window.shows("Probes have run", "of ")
    #expect(!screen.contains { "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏".contains($0) })
    try gate.back()
    try gate.quit()
  }
}
