import TestSupport
import Testing

/// What a paste of any size may cost.
@Suite struct PasteTests {
  /// Held whole at every place that it passes, 2 MiB were forty.
  @Test func aHugePasteIsRefusedAndTakesLittleMemory() throws {
    let sandbox = try Sandbox()
    try GateWindow.repository(sandbox)
    let terminal = try PseudoTerminal(rows: 30, columns: 100)
    try terminal.start(
      "/bin/sh", ["-c", "cd \(sandbox.work) && exec \(Sandbox.program)"],
      environment: sandbox.environment)
    #expect(terminal.waitFor("Controls", seconds: 60))
    terminal.type(":19\rs\t\t")
    #expect(terminal.waitFor("Decide on", seconds: 60) && terminal.waitForFrame())
    let before = try #require(terminal.peakMemory)
    let paste = String(repeating: "a", count: 2 << 20)
    #expect(terminal.typeAll("\u{1B}[200~\(paste)\u{1B}[201~"))
    #expect(terminal.waitFor("nothing of that was taken", seconds: 60))
    let after = try #require(terminal.peakMemory)
    #expect(after - before < 12 << 10, "\((after - before) >> 10) MiB more")
  }
}
