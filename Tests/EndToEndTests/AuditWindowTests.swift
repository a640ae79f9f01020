import TestSupport
import Testing

/// The audit on a screen: it shows, moves, compares, ends with the right code, and only looks.
@Suite struct AuditWindowTests {
  /// A launch with a signed sign-off, the list of allowed signers, and a file in which a note was
  /// changed.
  private func files(_ gate: GateWindow) throws {
    try GateWindow.repository(gate.sandbox)
    let made = try gate.sandbox.run(
      "/bin/sh",
      [
        "-ec",
        """
        ssh-keygen -q -t ed25519 -N '' -f ../home/key
        echo "mara@acme.example $(cut -d' ' -f1,2 ../home/key.pub)" >../home/signers
        : >../home/nobody
        "$LAUNCHGATE" sign 23.1 --decision met --note 'Seen.' --confirm 1.0 --key ../home/key \
          --name 'Mara Lindqvist' --email mara@acme.example --role release-manager
        "$LAUNCHGATE" sign 9.1 --decision not-met --note 'Not at all.' --confirm 1.0 --unsigned \
          --name 'Mara Lindqvist' --email mara@acme.example --role release-manager
        sed 's/"Seen\\."/"Seen!"/' shop-1.0.evidence.json >broken.json
        """,
      ])
    guard made.code == 0 else { throw Sandbox.Failure(made.output) }
  }

  private func digests(_ gate: GateWindow) throws -> String {
    let words = "find ../work ../home ../state -type f | sort | xargs sha256sum"
    return try gate.sandbox.run("/bin/sh", ["-c", words]).answer
  }

  @Test func anAuditorLooksThroughAFile() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try files(gate)
    try gate.start("audit shop-1.0.evidence.json --allowed-signers ../home/signers")
    try window.shows("READ-ONLY  shop 1.0", "INTACT, SIGNERS ALLOWED", "NO-GO", "─ Summary ─")
    let before = try digests(gate)
    try window.press("3")
    try window.shows("─ Records, newest first ─", "Mara Lindqvist")
    try window.press("4", "/")
    try window.type("9.1")
    try window.press("Enter", "Enter")
    // What speaks against the launch is told with its note, and by whom.
    try window.shows("not-met", "Not at all.", "Mara Lindqvist")
    try window.press("Escape", "]")
    try window.shows("nothing needs attention")
    try window.press("F1")
    try window.shows("Ctrl-C", "draw anew")
    try window.press("C-c")
    try window.shows("code=0.")
    #expect(try window.property("alternate_on") == "0")
    #expect(try digests(gate) == before)
  }

  @Test(
    "the end tells what was found",
    arguments: [
      ("shop-1.0.evidence.json", "CONSISTENT, UNVERIFIED", 0),
      ("shop-1.0.evidence.json --allowed-signers ../home/nobody", "NOT TRUSTED", 6),
      ("broken.json", "NO VERDICT", 4),
      ("broken.json --compare shop-1.0.evidence.json", "DAMAGED", 4),
    ])
  func theEndTellsWhatWasFound(_ words: String, _ shown: String, _ code: Int) throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try files(gate)
    try gate.start("audit \(words)")
    try window.shows("READ-ONLY", shown)
    if words.contains("--compare") {
      try window.press("6")
      try window.shows("only")
    }
    try window.press("]")
    try window.shows(code == 0 ? "nothing needs attention" : "needs attention: ")
    try window.press("Enter", "q")
    try window.shows("code=\(code).")
  }
}
