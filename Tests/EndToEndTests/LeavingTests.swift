import Foundation
import Glibc
import TestSupport
import Testing

/// Whatever ends the program, the terminal is left as it was found: modes, cursor, mouse, screen.
@Suite struct LeavingTests {
  @Test(arguments: [nil, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV])
  func theTerminalIsAsItWas(_ signal: CInt?) throws {
    let gate = try GateWindow(Sandbox())
    try keepModes(gate)
    try gate.startRepository()
    try #expect(gate.window.property("alternate_on") == "1")
    if let signal {
      try gate.send(signal)
      try gate.window.shows("code=\(128 + signal).", seconds: 120)
    } else {
      try gate.quit()
    }
    try expectOrder(gate)
  }

  /// The last error that can end it stands on the screen, and is gone with it.
  @Test func anErrorOnTheScreenLeavesTheTerminalAsItWas() throws {
    let gate = try GateWindow(Sandbox())
    try keepModes(gate)
    try GateWindow.repository(gate.sandbox)
    try Data("launch: [\n".utf8).write(
      to: URL(fileURLWithPath: "\(gate.sandbox.work)/launchgate.yaml"))
    try gate.start()
    try gate.window.shows("launchgate.yaml")
    try #expect(gate.window.property("alternate_on") == "1")
    try gate.window.press("q")
    try gate.window.shows("code=")
    try expectOrder(gate)
  }

  /// The terminal has been taken when it turns out that nothing is known of it.
  @Test func anErrorWhileTheScreenIsOpenedLeavesTheTerminalAsItWas() throws {
    let gate = try GateWindow(Sandbox())
    try keepModes(gate)
    try GateWindow.repository(gate.sandbox)
    try gate.window.enter("export TERM=nobody-knows-this")
    try gate.start()
    try gate.window.shows("unknown terminal type 'nobody-knows-this'", "hint: ", "code=1.")
    try gate.window.enter("export TERM=screen")
    try expectOrder(gate)
  }

  /// The further it gets before descriptors run out, the more of the terminal it has changed.
  @Test func runningOutOfDescriptorsLeavesTheTerminalAsItWas() throws {
    let gate = try GateWindow(Sandbox())
    try keepModes(gate)
    try GateWindow.repository(gate.sandbox)
    var errors = 0
    for limit in 4...20 {
      let launch = "sh -c 'ulimit -n \(limit); exec $LAUNCHGATE' ; echo limit=\(limit) code=$?."
      try gate.window.enter("clear; \(launch)")
      var hasAsked = false
      let screen = try gate.window.wait("an end with \(limit) descriptors") { screen in
        // With enough of them it comes up, perhaps with an error on the screen.
        if !hasAsked, try gate.window.property("alternate_on") == "1" {
          hasAsked = true
          try gate.window.press("q")
        }
        return screen.contains("limit=\(limit) code=")
      }
      if screen.contains("error: ") { errors += 1 }
      try expectOrder(gate)
    }
    #expect(errors > 0)
  }

  private func keepModes(_ gate: GateWindow) throws {
    try gate.window.enter("stty -a > \(gate.sandbox.folder)/before; echo saved")
    try gate.window.shows("saved\n")
  }

  private func expectOrder(_ gate: GateWindow) throws {
    let (window, folder) = (gate.window, gate.sandbox.folder)
    try window.enter("clear; stty -a > \(folder)/after; echo looked at")
    try window.shows("looked at\n")
    let after = gate.sandbox.text("\(folder)/after")
    #expect(!after.isEmpty && after == gate.sandbox.text("\(folder)/before"))
    for (property, value) in [
      ("alternate_on", "0"), ("cursor_flag", "1"), ("mouse_any_flag", "0"), ("keypad_flag", "0"),
    ] {
      try #expect(window.property(property) == value, "\(property)")
    }
    // Brackets around a paste would be shown by the shell now.
    try window.enter("clear; cat")
    try window.paste("plain\n")
    let screen = try window.shows("plain\nplain")
    #expect(!screen.contains("200~"))
    try window.press("C-c")
  }
}
