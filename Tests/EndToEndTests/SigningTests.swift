import TestSupport
import Testing

/// Keys that ask a person, on the screen: it is left while ssh-keygen asks, and comes back.
@Suite struct SigningTests {
  private func key(_ sandbox: Sandbox, _ script: String) throws -> String {
    let made = try sandbox.run("/bin/sh", ["-c", "cd \(sandbox.folder)/home && \(script)"])
    guard made.code == 0 else { throw Sandbox.Failure(made.output) }
    return "\(sandbox.folder)/home/key"
  }

  private func signatures(_ gate: GateWindow) throws -> String {
    try gate.sandbox.run(
      "/usr/bin/env",
      [
        "jq", "-c",
        "[.[1:][] | select(.record.type == \"sign-off\") | .signatures | length]", gate.evidence,
      ]
    ).answer.filter { $0 != "\n" }
  }

  @Test func aPassphraseIsAskedForOffTheScreen() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    let key = try key(gate.sandbox, "ssh-keygen -q -t ed25519 -N secret -f key")
    try GateWindow.repository(gate.sandbox)
    try gate.start("--key \(key)")
    try window.shows("shop 1.0", "─ Controls ─")
    try gate.select(19)
    try gate.decide(note: "Every field was asked for its purpose.")
    try window.press("S")
    try window.shows("one record", "signed with \(key)")
    try window.type("1.0")
    try window.press("C-s")
    try window.shows("signing as mara@acme.example", "Enter passphrase")
    try #expect(window.property("alternate_on") == "0")

    // A wrong passphrase writes nothing and loses nothing.
    try window.enter("wrong")
    try window.shows("nothing was written", "one record")
    try #expect(window.property("alternate_on") == "1")
    #expect(gate.count("sign-off") == 0)

    try window.press("C-s")
    try window.shows("Enter passphrase")
    try window.enter("secret")
    try window.shows("on disk: ")
    #expect(gate.count("sign-off") == 1)
    #expect(try signatures(gate) == "[1]")
    try window.press("l")
    try window.shows("exit 0", "failed", "ssh-keygen -Y sign -q -n launchgate")
    try gate.back()
    try gate.quit()
    let verified = try gate.sandbox.launchgate(["verify", gate.evidence])
    #expect(verified.code == 0, "\(verified.output)")
  }

  @Test func aTouchIsAskedForOffTheScreen() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    let provider = "SSH_SK_PROVIDER=/usr/lib/openssh/regress/misc/sk-dummy/sk-dummy.so"
    let key = try key(
      gate.sandbox, "\(provider) ssh-keygen -q -t ed25519-sk -N '' -f key </dev/null 2>/dev/null")
    try GateWindow.repository(gate.sandbox)
    try window.enter("export \(provider)")
    try gate.start("--key \(key)")
    try window.shows("shop 1.0", "─ Controls ─")
    try gate.select(19)
    try gate.decide(note: "Every field was asked for its purpose.")
    try window.press("S")
    try window.shows("one record")
    try window.type("1.0")
    try window.press("C-s")
    try window.shows("on disk: ")
    #expect(try signatures(gate) == "[1]")
    try gate.quit()
    // What was said on the terminal meanwhile is still to be read there.
    try window.shows("Confirm user presence for key ED25519-SK")
    let verified = try gate.sandbox.launchgate(["verify", gate.evidence])
    #expect(verified.output.contains("1 with a touch"), "\(verified.output)")
  }

  @Test func aKeyInTheHomeFolderIsFoundAndSaid() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    let path = try key(
      gate.sandbox, "mkdir .ssh && ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519 && touch key")
    _ = path
    try GateWindow.repository(gate.sandbox)
    let folder = gate.sandbox.folder
    let policy = """
      sed -i '/^policy:/,$d' launchgate.yaml; cat >>launchgate.yaml <<YAML
      policy:
        signatures: required
        people:
          - { id: mara, name: Mara Lindqvist, emails: [mara@acme.example], roles: [release-manager],
              keys: ["$(cat \(folder)/home/.ssh/id_ed25519.pub)"] }
          - { id: tomas, name: Tomas Vale, emails: [tomas@acme.example], roles: [team-lead] }
      YAML
      """
    _ = try gate.sandbox.run("/bin/sh", ["-c", policy])
    try gate.start()
    try window.shows("shop 1.0", "─ Controls ─")
    try gate.select(19)
    try gate.decide(note: "Every field was asked for its purpose.")
    try window.press("S")
    try window.shows("one record", "signed with ", ".ssh/id_ed25519")
    try window.type("1.0")
    try gate.sign()
    #expect(try signatures(gate) == "[1]")
    try gate.select(11)
    try gate.decide(note: "Read.")
    try window.press("S")
    try window.shows("one record")
    try window.press("BTab", "BTab")
    try window.press("C-u")
    try window.type("tomas@acme.example")
    try window.press("Tab", "C-u")
    try window.type("team-lead")
    try window.press("Tab")
    try window.type("1.0")
    try window.press("C-s")
    try window.shows("nothing was written", "no key of")
    #expect(try signatures(gate) == "[1]")
  }
}
