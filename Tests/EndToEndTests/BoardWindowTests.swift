import TestSupport
import Testing

/// The board on a screen: it shows, opens, ends, and leaves the files alone.
@Suite struct BoardWindowTests {
  @Test func theBoardShowsFilesAndWhatBlocksThem() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try GateWindow.repository(gate.sandbox)
    _ = try gate.sandbox.launchgate(["probe"])
    let files = try gate.sandbox.run(
      "/bin/sh", ["-c", "echo '[' > broken.json; sha256sum *.json"])
    try gate.start("board *.json")
    let screen = try window.shows(
      "BOARD  2 launches: 1 DAMAGED", "DAMAGED", "shop 1.0", "worst first")
    #expect(screen.contains("broken.json"))
    try window.press("j", "Enter")
    try window.shows("BLOCKS", "WAITS FOR", "not sealed")
    try window.press("Escape")
    try window.shows("worst first")
    try window.press("g", "Enter")
    try window.shows("this is no launchgate evidence file")
    try window.press("q")
    try window.shows("worst first")
    try window.press("q")
    try window.shows("code=4.")
    let after = try gate.sandbox.run("/bin/sh", ["-c", "sha256sum *.json"])
    #expect(after.answer == files.answer)
  }
}
