import TestSupport
import Testing

/// The example launch on the screen, from the first page to the seal and beyond.
@Suite struct DemoWalkTests {
  @Test func theExampleGoesFromNoGoToASealThatALateRecordReopens() throws {
    let sandbox = try Sandbox()
    let gate = try GateWindow(sandbox)
    let window = gate.window
    let file = "\(sandbox.folder)/demo/shop/acme-shop-4.2.0.evidence.json"
    try gate.startDemo("\(sandbox.folder)/demo", active: true)
    try gate.runAllThatSend()
    try window.shows(" NO-GO  2/95 settled ")
    try #expect(gate.number(before: "failing") > 10)

    for control in [1, 1, 4, 5, 7, 8, 9, 10, 11, 12, 14, 25] {
      try gate.select(control)
      try gate.mend()
    }
    try gate.runAll()
    try window.shows(" INCOMPLETE ", " 0 failing ")
    let open = try gate.number(before: "open")
    try window.press("v")
    try window.shows("─ Gate verdict ─")
    try window.shows("comes after GO")
    try window.press("S")
    try window.shows("the gate says INCOMPLETE: only a GO is sealed")
    try gate.back()
    try gate.answerFacts()

    // Servers are decided on by what was seen on them, headers by the probe alone.
    for control in 1...25 where ![3, 10].contains(control) {
      try gate.select(control)
      try gate.decide(note: "Control \(control) was walked through.")
    }
    let output = "\(sandbox.folder)/seen.txt"
    _ = try sandbox.run("/bin/sh", ["-c", "echo only 80 and 443 > \(output)"])
    for control in Self.byHand {
      try gate.select(control)
      try gate.decide("o", note: "Seen on shop-1, and from a rented host.", attachment: output)
    }
    try window.press("]")
    try window.shows("all is decided: S to review and sign")

    try window.press("S")
    let facts = 9
    try window.shows("Review and sign: \(open + facts) decisions", "Mara Lindqvist")
    try gate.fill(["1", "2", "5", "14", "18"])
    try window.press("C-s")
    try window.shows("Type 24 for Incident response plan, exactly")
    #expect(!sandbox.text(file).contains(#""type":"sign-off""#))
    try window.press("Tab")
    try gate.fill(["24", "4.2.0"])
    try gate.sign()
    try window.shows(" INCOMPLETE  83/95 settled  0 failing  12 open")

    for (control, settled) in [(14, 87), (18, 91), (24, 95)] {
      try gate.select(control)
      try window.press("c")
      try window.shows("Countersign as the second person")
      try gate.fill(["Tomas Vale", "tomas@acme.example", "team-lead", "Agreed.", "\(control)"])
      try gate.sign()
      // What was agreed to is this control, not the whole record.
      try window.shows("─ Controls ─", "  \(settled)/95 settled  0 failing  \(95 - settled) open")
    }
    try window.shows(" GO  95/95 settled  0 failing  0 open")

    try seal(gate)
    try reopen(gate)
    try gate.back()
    try gate.quit()
    try check(file, sandbox, decisions: open + facts + 1)
  }

  /// Controls with points about the shop's server, or about the internet around it.
  private static let byHand = [1, 2, 3, 12, 17, 21]

  private func seal(_ gate: GateWindow) throws {
    let window = gate.window
    try window.press("v")
    try window.shows("S seals the release")
    try window.press("S")
    try window.shows("Seal the release")
    try window.press("C-s")
    try window.shows("Type the release 4.2.0, exactly")
    try window.type("4.2.0")
    try gate.sign()
    try window.shows("sealed by Mara Lindqvist", "keep this elsewhere: sha256:", " GO ")
    try gate.back()
  }

  private func reopen(_ gate: GateWindow) throws {
    let window = gate.window
    try gate.select(23)
    try window.press("s")
    try window.shows("Decide on 23 ")
    // On the first point, because nothing waits; then to the answer: met becomes not met.
    try window.press("Space", "Tab", "Tab", "Tab", "Right")
    try window.shows("says NO-GO whatever a probe saw")
    try window.press("Tab", "Tab")
    try window.type("The tracker lost its key.")
    try window.press("C-s")
    try window.shows("collected")
    try window.press("S")
    try window.shows("Review and sign: a decision")
    try window.type("4.2.0")
    try gate.sign()
    try window.shows(" NO-GO  94/95 settled  1 failing  0 open")
    try window.press("v")
    try window.shows("MUST BE FIXED", "23.1", "sealed once, but reopened")
  }

  private func check(_ file: String, _ sandbox: Sandbox, decisions: Int) throws {
    let verified = try sandbox.launchgate(["verify", file, "--json"])
    #expect(verified.code == 0, "\(verified.output)")
    let counts = try sandbox.run(
      "/usr/bin/env",
      [
        "jq", "-c",
        #"[.[1:][].record] | [(map(.decisions // []) | add | length), "#
          + #"(map(select(.type == "countersign")) | map(.by.name) | unique), "#
          + #"(map(select(.type == "seal")) | length), "#
          + #"(map(select(.type == "sign-off") | .decisions[] | .attachments // [] | length) | add)]"#,
        file,
      ])
    #expect(counts.answer == "[\(decisions),[\"Tomas Vale\"],1,13]\n", "\(counts.output)")
    let late = try sandbox.launchgate(["gate", file])
    #expect(late.code == 2)
    let sealed = try sandbox.launchgate(["gate", file, "--at", "seal"])
    #expect(sealed.code == 0)
  }
}
