import Foundation
import TestSupport
import Testing

/// What a person types before the launch has been read.
@Suite struct TypeAheadWindowTests {
  /// A repository with a launch, and a `git` before the real one that waits for a file.
  private func slow(_ gate: GateWindow) throws {
    try GateWindow.repository(gate.sandbox)
    let made = try gate.sandbox.run(
      "/bin/sh",
      [
        "-ec",
        """
        mkdir ../slow
        cat >../slow/git <<END
        #!/bin/sh
        while [ -d \(gate.sandbox.folder) ] && [ ! -e \(gate.sandbox.folder)/go ]; do sleep 0.02; done
        exec $(command -v git) "\\$@"
        END
        chmod +x ../slow/git
        """,
      ])
    try #require(made.code == 0, "\(made.output)")
    try gate.window.enter("PATH=\(gate.sandbox.folder)/slow:$PATH")
    try gate.start()
    try gate.window.shows("reading configuration and evidence")
  }

  @Test func keysWaitForThePage() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try slow(gate)
    try window.type(":19")
    try window.press("Enter", "s", "Tab")
    try window.type("to")
    try window.paste("day")
    try window.shows("reading configuration and evidence", "9 keys wait for it")
    let hasGone = FileManager.default.createFile(
      atPath: "\(gate.sandbox.folder)/go", contents: nil)
    #expect(hasGone)
    try window.shows("Decide on 19 ", "today")
    try gate.back()
    try window.shows("what you typed is kept")
  }

  @Test func quittingDoesNotWait() throws {
    let gate = try GateWindow(Sandbox())
    try slow(gate)
    try gate.window.press("j", "C-c")
    try gate.window.shows("code=0.")
  }
}
