import Glibc
import TestSupport
import Testing

/// The launch line by line: from a pipe, and on a terminal of which nothing but lines is known.
@Suite struct PlainTests {
  private func pipe(
    _ sandbox: Sandbox, _ lines: [String], _ arguments: String = "--plain"
  ) throws -> Sandbox.Result {
    let script = "\"$LAUNCHGATE\" \(arguments)"
    return try sandbox.run(
      "/bin/sh",
      ["-c", "shell=$1; shift; printf '%s\\n' \"$@\" | sh -c \"$shell\"", "sh", script]
        + lines)
  }

  /// A terminal in the folder of the sandbox, with the program in it.
  private func terminal(
    _ sandbox: Sandbox, _ arguments: String = "", _ variables: [String: String] = ["TERM": "dumb"]
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal()
    let command = "cd '\(sandbox.work)' && exec '\(Sandbox.program)' \(arguments)"
    try terminal.start(
      "/bin/sh", ["-c", command], environment: sandbox.environment.merging(variables) { $1 })
    return terminal
  }

  private func count(_ type: String, _ sandbox: Sandbox) -> Int {
    sandbox.text("\(sandbox.work)/shop-1.0.evidence.json").split(separator: "\n")
      .count { $0.contains("\"type\":\"\(type)\"") }
  }

  private func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n" || scalar == "\r" || scalar.properties.generalCategory != .control
    }
  }

  @Test func aWalkFromAPipeEndsInARecord() throws {
    let sandbox = try Sandbox()
    try GateWindow.repository(sandbox)
    let result = try pipe(
      sandbox,
      [
        "list", "probe 8", "show 8", "decide 19 met", "all", "today", "Asked each of the admins.",
        "", "S", "1.0", "history all", "1", "back", "verdict", "back", "quit",
      ])
    #expect(result.code == 0, "\(result.output)")
    for words in [
      "13 Multi-factor authentication", "Review and sign", "on disk: ",
      "met, performed on ", "Gate verdict as of",
    ] { #expect(result.answer.contains(words), "\(words) in \(result.output)") }
    #expect(isHarmless(result.output))
    #expect(count("sign-off", sandbox) == 1)
    #expect(count("run", sandbox) == 1)
    let verified = try sandbox.launchgate(["verify", "shop-1.0.evidence.json"])
    #expect(verified.code == 0, "\(verified.output)")
  }

  @Test func whatConcernsTheWholeLaunchIsRecorded() throws {
    let sandbox = try Sandbox()
    try GateWindow.repository(sandbox)
    let result = try pipe(
      sandbox,
      [
        "assign Certificate renewal", "", "Tomas Vale <tomas@acme.example>", "1.0",
        "assign Coffee", "", "Tomas Vale <tomas@acme.example>", "1.0",
        "occasion before-deployment", "", "New machines.", "1.0", "reopen",
        "carry no-such-file", "show 1", "quit",
      ])
    #expect(result.code == 0, "\(result.output)")
    for words in [
      "Certificate renewal: nobody", "not yet: there is no Coffee here", "before-deployment: ",
      "the launch is not sealed", "error: nothing was written: ", "Certificate renewal: Tomas Vale",
    ] { #expect(result.answer.contains(words), "\(words) in \(result.output)") }
    #expect(count("assign", sandbox) == 1)
    #expect(count("reopen", sandbox) == 1)
    let verified = try sandbox.launchgate(["verify", "shop-1.0.evidence.json"])
    #expect(verified.code == 0, "\(verified.output)")
  }

  @Test func whatIsNotConfirmedIsNotRecorded() throws {
    let sandbox = try Sandbox()
    try GateWindow.repository(sandbox)
    let result = try pipe(
      sandbox, ["decide 19 met", "all", "today", "Asked.", "", "S", "2.0", "1.0"])
    #expect(result.code == 0, "\(result.output)")
    #expect(result.answer.contains("it has to be exactly 1.0"))
    #expect(result.answer.contains("collected, not signed; all of it is kept"))
    #expect(count("sign-off", sandbox) == 0)
    let next = try pipe(sandbox, ["S", "1.0"])
    #expect(next.answer.contains("of an earlier session waiting to be signed"))
    #expect(count("sign-off", sandbox) == 1, "\(next.output)")
  }

  @Test func aFirstRunIsSetUp() throws {
    let sandbox = try Sandbox()
    try GateWindow.git(sandbox)
    let result = try pipe(
      sandbox, ["shop", "1.0", "production", "-", "", "", "release-manager", ".", "list"])
    #expect(result.code == 0, "\(result.output)")
    #expect(result.answer.contains("25 Vulnerability disclosure"), "\(result.output)")
    #expect(count("opened", sandbox) == 1)
  }

  @Test func theExampleIsWalked() throws {
    let sandbox = try Sandbox()
    let result = try pipe(
      sandbox, ["R", "mend 25", "list fail", "filter", "verdict", "quit"], "demo --plain")
    #expect(result.code == 0, "\(result.output)")
    for words in ["68 of 68: ", "1 of 1: 25.1", "DEMO", "NO-GO", "MUST BE FIXED"] {
      #expect(result.answer.contains(words), "\(words) in \(result.output)")
    }
    #expect(isHarmless(result.output))
  }

  @Test(arguments: [["TERM": "dumb"], ["ACCESSIBLE": "1"]])
  func aTerminalWithoutAScreenIsSpokenTo(_ variables: [String: String]) throws {
    let sandbox = try Sandbox()
    try GateWindow.repository(sandbox)
    let terminal = try terminal(sandbox, "", variables)
    for (line, answer) in [
      ("decide 19", "Points, such as"), ("all", "Decision: "), ("met", "Performed on: "),
      ("today", "Note: "), ("Asked each of them.", "Attach file: "), ("", "collected"),
      ("S", "Type the release 1.0: "), ("1.0", "on disk: "), ("quit", ""),
    ] {
      #expect(terminal.waitFor(": ") || terminal.waitFor("> "))
      terminal.clearOutput()
      terminal.type(line + "\n")
      #expect(terminal.waitFor(answer), "\(answer) after \(line): \(terminal.output)")
      #expect(isHarmless(terminal.output), "\(terminal.output)")
    }
    #expect(terminal.waitForExit() == 0)
    #expect(count("sign-off", sandbox) == 1)
  }

  @Test func ctrlCLeavesAQuestionAndThenEnds() throws {
    let sandbox = try Sandbox()
    try GateWindow.repository(sandbox)
    let terminal = try terminal(sandbox)
    #expect(terminal.waitFor("launchgate> "))
    terminal.type("decide 19 met\nall\ntoday\n")
    #expect(terminal.waitFor("Note: "))
    terminal.type("half a sen")
    terminal.clearOutput()
    terminal.type("\u{3}")
    #expect(terminal.waitFor("what you typed is kept"))
    #expect(terminal.waitFor("launchgate> "))
    terminal.type("\u{3}")
    #expect(terminal.waitForExit() == 130)
    #expect(count("sign-off", sandbox) == 0)
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func whatWasCollectedOutlivesASignal(_ signal: CInt) throws {
    let sandbox = try Sandbox()
    try GateWindow.repository(sandbox)
    let first = try terminal(sandbox)
    #expect(first.waitFor("launchgate> "))
    first.type("decide 19 met\nall\ntoday\nAsked.\n\ndecide 21 met\nall\n")
    #expect(first.waitFor("collected"))
    #expect(first.waitFor("21 Centralized"))
    first.send(signal: signal)
    #expect(first.waitForExit() == 128 + signal)
    let second = try terminal(sandbox)
    #expect(second.waitFor("of an earlier session waiting to be signed"))
    second.type("\u{4}")
    #expect(second.waitFor("Quit? "))
    second.type("\u{4}")
    #expect(second.waitForExit() == 0)
  }

  @Test func garbageAndLongLinesDoNothing() throws {
    let sandbox = try Sandbox()
    try GateWindow.repository(sandbox)
    let before = sandbox.text("\(sandbox.work)/shop-1.0.evidence.json")
    let script = """
      { printf '\\033[2J\\033]0;x\\a\\r\\n\\000\\377\\376\\n'; head -c 70000 /dev/zero | tr '\\0' a; echo; \
      head -c 3000000 /dev/zero | tr '\\0' ']'; echo; echo decide 19 met; head -c 70000 /dev/zero; echo; \
      echo all; printf 'no end of line'; } | "$LAUNCHGATE" --plain
      """
    let result = try sandbox.run("/bin/sh", ["-c", script])
    #expect(result.code == 0, "\(result.output.suffix(2_000))")
    #expect(result.answer.contains("error: a line of more than 64 KiB; nothing was done"))
    #expect(isHarmless(result.output))
    #expect(result.output.utf8.count < 200_000)
    #expect(sandbox.text("\(sandbox.work)/shop-1.0.evidence.json") == before || before.isEmpty)
    #expect(count("sign-off", sandbox) == 0)
  }

  @Test func hostileNotesAreHarmless() throws {
    let sandbox = try Sandbox()
    try GateWindow.repository(sandbox)
    let note = "\u{1B}[2J\u{1B}]52;c;eA==\u{7}\u{202E}evil\u{200B}\u{9B}31m\nlaunchgate> S"
    let signed = try sandbox.launchgate([
      "sign", "9", "--decision", "not-met", "--note", note, "--performed-on", "2026-11-20",
      "--name", "E\u{1B}[8m", "--email", "e@x", "--role", "team-lead", "--confirm", "1.0",
    ])
    #expect(signed.code == 0, "\(signed.output)")
    let result = try pipe(sandbox, ["9", "show", "history all", "1", "where"])
    #expect(result.answer.contains("evil"))
    #expect(isHarmless(result.output))
    #expect(!result.output.unicodeScalars.contains("\u{202E}"))
    let ascii = try pipe(sandbox, ["show 9", "list"], "--plain --ascii")
    #expect(ascii.output.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func whereNobodyReadsItEnds() throws {
    let sandbox = try Sandbox()
    try GateWindow.repository(sandbox)
    let result = try sandbox.run(
      "/bin/sh",
      [
        "-c",
        "{ echo list; echo list; sleep 1; echo list; } | \"$LAUNCHGATE\" --plain | true; echo ok",
      ])
    #expect(result.answer.contains("ok"))
  }

  @Test func aPipelineGetsNoDialogueThatNobodyAskedFor() throws {
    let sandbox = try Sandbox()
    try GateWindow.repository(sandbox)
    let result = try sandbox.run("/bin/sh", ["-c", "TERM=dumb \"$LAUNCHGATE\" </dev/null"])
    #expect(result.code != 0, "\(result.output)")
  }
}
