import Foundation
import TestSupport
import Testing

/// A secret that was found is accepted on the screen, from the key to the record.
@Suite struct AcceptWindowTests {
  /// A repository with a launch and a private key in its history.
  private func leaked(_ sandbox: Sandbox) throws {
    try GateWindow.repository(sandbox)
    let script = """
      ssh-keygen -q -t ed25519 -N '' -f deploy_key && git add -A && git commit -qm first
      """
    let result = try sandbox.run("/bin/sh", ["-c", script])
    guard result.code == 0 else { throw Sandbox.Failure(result.output) }
  }

  @Test func aFoundSecretIsAcceptedByName() throws {
    let sandbox = try Sandbox()
    try leaked(sandbox)
    let gate = try GateWindow(sandbox)
    let window = gate.window
    try gate.start()
    try window.shows("─ Controls ─")
    try gate.select(5)
    try window.press("a")
    try window.shows("nothing was found here that can be accepted by name")
    try window.press("r")
    try window.shows("Probes have run")
    try gate.back()
    try window.press("a")
    try window.shows("Decide on 5 ", "Found: accept one by one", "[not accepted", "deploy_key")
    try window.press("Space")
    try window.shows("[accepted, rotated")
    try window.press("Tab")
    try window.type("today")
    try window.press("Tab")
    try window.type("Replaced on the server, the old one is refused.")
    try window.press("C-s")
    try window.shows("3 decisions collected")
    // What was said of it survives the end of the program.
    try gate.send(SIGTERM)
    try window.shows("code=143.")
    try gate.start()
    try window.shows("3 decisions of an earlier session", "─ Controls ─")
    try window.press("S")
    try window.shows("Review and sign: 3 decisions", "accepts ", " rotated")
    #expect(gate.count("sign-off") == 0)
    try gate.fill(["5", "1.0"])
    try gate.sign()
    let record =
      sandbox.text(gate.evidence).split(separator: "\n")
      .first { $0.contains("\"type\":\"sign-off\"") } ?? ""
    #expect(record.contains("\"accepted\":[{\"fact\":\""), "\(record)")
    #expect(record.contains("\"rotated\":true"), "\(record)")
  }

  @Test func lineByLineItIsAcceptedToo() throws {
    let sandbox = try Sandbox()
    try leaked(sandbox)
    let gate = try GateWindow(sandbox)
    let window = gate.window
    try gate.start("--plain")
    try window.shows("launchgate>")
    try window.enter("probe 5")
    try window.shows("probes finished")
    try window.enter("accept 5")
    try window.shows("Found:", "deploy_key: not accepted")
    try window.shows("Accepted, such as 1=rotated")
    try window.enter("1=perhaps")
    try window.shows("give 1 to 1, a name or all")
    try window.enter("all=not-rotated")
    try window.shows("Performed on:")
    try window.enter("today")
    try window.shows("Note:")
    try window.enter("A key of the example only.")
    try window.shows("Attach file:")
    try window.press("Enter")
    try window.shows("3 decisions collected")
    try window.enter("S")
    try window.shows("NOT rotated")
  }
}
