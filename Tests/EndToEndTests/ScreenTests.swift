import Glibc
import TestSupport
import Testing

/// What the screen promises beyond single pages, shown in a real terminal.
@Suite struct ScreenTests {
  @Test func theFirstRunSetsTheLaunchUp() throws {
    let sandbox = try Sandbox()
    let gate = try GateWindow(sandbox)
    let window = gate.window
    try GateWindow.git(sandbox)
    try gate.start()
    try window.shows("Subject", "Mara Lindqvist", "mara@acme.example", "release-manager")
    try window.press("C-s")
    try window.shows("a release is needed")
    #expect(sandbox.text("\(sandbox.work)/launchgate.yaml").isEmpty)
    try window.press("C-u")
    try gate.fill(["acme-shop", "4.2.0"])
    try window.press("C-s")
    try window.shows("acme-shop 4.2.0", " INCOMPLETE  0/95 settled", "─ Facts of this launch ─")
    let configuration = sandbox.text("\(sandbox.work)/launchgate.yaml")
    #expect(configuration.contains("subject: \"acme-shop\"\n  release: \"4.2.0\""))
    #expect(sandbox.text("\(sandbox.work)/.gitattributes").contains("merge=union"))
    try answerAndSign(gate)
    try gate.quit()

    try gate.start()
    try window.shows("acme-shop 4.2.0", "─ Controls ─")
    #expect(sandbox.text("\(sandbox.work)/launchgate.yaml") == configuration)
    try window.press("g", "Enter")
    try window.shows("7 of 9 answered", "N/A")
    try window.press("g", "j")
    try window.shows("no, says Mara Lindqvist")
    try gate.back()
    try gate.quit()
  }

  /// The facts of the first run: one key each, nothing signed by it, one signature for all.
  private func answerAndSign(_ gate: GateWindow) throws {
    let window = gate.window
    let file = "\(gate.sandbox.work)/acme-shop-4.2.0.evidence.json"
    try window.type("ynny")
    try window.shows("4 of 9 answered", "drafted")
    try window.press("Escape")
    try window.shows("5 facts are not answered: s goes on with them", "─ Controls ─")
    try window.press("s")
    try window.shows("4 of 9 answered")
    try window.type("nnn")
    try window.press("e")
    #expect(!gate.sandbox.text(file).contains("sign-off"))
    try window.press("S")
    try window.shows("Review and sign: 7 decisions", "Type 1 for TLS everywhere")
    try gate.fill(["1", "4.2.0"])
    try gate.sign()
    // Nobody had to say it point by point.
    try window.wait("points are out of the launch") { !$0.contains(" 0/95 settled") }
    #expect(gate.sandbox.text(file).contains("\"point\":\"if.mobile-clients\""))
  }

  @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)])
  func draftsSurviveASignal(_ signal: CInt, _ code: Int) throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    try gate.select(19)
    try gate.decide(note: "Every field was asked for its purpose.")
    try gate.select(6)
    try window.press("s", "Tab", "Tab")
    try window.type("Half a sentence about factors")
    try window.shows("Half a sentence about factors")
    try gate.send(signal)
    try window.shows("code=\(code).")
    try #expect(window.property("alternate_on") == "0")

    try gate.start()
    try window.shows("3 decisions of an earlier session", "─ Controls ─")
    try gate.select(19)
    try window.shows("3 drafted")
    try gate.select(6)
    try window.press("s")
    try window.shows("Decide on 6 ", "Half a sentence about factors")
    try gate.back()
    try window.press("S")
    try window.shows("3 decisions, one record", "Every field was asked for its purpose.")
    try window.type("1.0")
    try gate.sign()
    #expect(gate.count("sign-off") == 1)
  }

  @Test func aClosedFormComesBackWithItsText() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    try gate.select(22)
    try window.press("s", "Tab")
    try window.type("today")
    try window.press("Tab")
    try window.type("Every alert of the")
    try gate.back()
    try window.shows("what you typed is kept")
    try gate.select(7)
    try window.press("s")
    let other = try window.shows("Decide on 7 ")
    #expect(!other.contains("Every alert of the"))
    try gate.back()
    try gate.select(22)
    try window.press("s")
    try window.shows("Decide on 22 ", "Every alert of the")
    try window.press("C-s")
    try window.shows("decisions collected")
    #expect(gate.count("sign-off") == 0)
  }

  @Test func pastedTextIsNoCommand() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    let before = sandbox(gate)
    try window.paste("R\nq\ny\nS\rv\nhRRR\u{3}\u{1A}")
    try window.press("]")
    let screen = try window.shows("open: ", "─ Controls ─")
    #expect(!screen.contains("Probes"))
    #expect(sandbox(gate) == before)

    try gate.select(19)
    try window.press("s", "Tab", "Tab")
    try window.shows("Decide on 19 ")
    try window.paste("first line\nsecond line R q\n\u{3}third")
    try window.shows("first line", "second line R q", "third", "Decide on 19 ")
  }

  private func sandbox(_ gate: GateWindow) -> String { gate.sandbox.text(gate.evidence) }

  @Test func aWindowThatIsTooSmallTakesNoKeys() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    let before = gate.sandbox.text(gate.evidence)
    for (columns, rows) in [(59, 24), (80, 17)] {
      try window.resize(columns: columns, rows: rows)
      try window.shows("Window too small: \(columns)x\(rows).")
      try window.press("R", "q", "]", "s", "x")
      try window.resize(columns: 60, rows: 18)
      let screen = try window.shows("shop 1.0", "Controls")
      #expect(!screen.contains("open: ") && !screen.contains("Decide on"))
    }
    #expect(gate.sandbox.text(gate.evidence) == before)
    try window.resize(columns: 40, rows: 10)
    try window.shows("Window too small: 40x10.")
    try window.press("C-c")
    try window.shows("code=0.")
  }

  @Test func theScreenIsDrawnInASCII() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try GateWindow.repository(gate.sandbox)
    try gate.start("--ascii")
    try window.shows("Controls")
    try window.type(":19")
    try window.press("Enter")
    for key in ["", "?", "s", "v", "h"] {
      if !key.isEmpty { try window.press("Escape", key) }
      let screen = try window.wait("the page behind \(key)") { screen in
        ["": "Controls", "?": "Help: ", "s": "Decide on", "v": "Gate verdict", "h": "History"][key]
          .map(screen.contains) ?? false
      }
      #expect(screen.utf8.allSatisfy { $0 < 0x80 }, "\(screen)")
    }
  }

  @Test func theProgramCanBeSuspended() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    try window.press("C-z")
    try window.shows("Stopped", "ready>")
    try #expect(window.property("alternate_on") == "0")
    try window.enter("stty -a | tr ' ' '\\n' | grep -x -e icanon -e echo | sort | tr '\\n' .")
    try window.shows("echo.icanon.")
    try window.enter("fg")
    try window.shows("shop 1.0", "─ Controls ─")
    try window.press("]")
    try window.shows("open: ")
    try window.press("q")
    try window.wait("the shell again") { !$0.contains("Controls") && $0.contains("ready>") }
    try window.enter("echo code=$?.")
    try window.shows("code=0.")
  }

  @Test func leavingAsksWhereDecisionsWait() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    try gate.select(19)
    try gate.decide(note: "Every field was asked for its purpose.")
    try window.press("q")
    try window.shows("Quit?", "3 decisions are not signed")
    try window.press("n")
    try window.wait("the question is gone") { !$0.contains("Quit?") }
    try window.press("C-c")
    try window.shows("Quit?")
    try window.press("y")
    try window.shows("code=0.")
    try gate.start()
    try window.shows("3 decisions of an earlier session", "─ Controls ─")
    try gate.select(19)
    try window.press("D")
    try window.shows("nothing was signed")
    try gate.quit()
  }

  @Test func twoSessionsOnOneFileLoseNothing() throws {
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try gate.startRepository()
    try gate.select(19)
    try gate.decide(note: "Every field was asked for its purpose.")
    let other = try gate.sandbox.launchgate([
      "sign", "22", "--decision", "met", "--note", "Looked at the alerts.", "--name",
      "Tomas Vale", "--email", "tomas@acme.example", "--role", "team-lead", "--confirm", "1.0",
    ])
    #expect(other.code == 0, "\(other.output)")
    try window.press("S")
    try window.shows("3 decisions, one record")
    try window.type("1.0")
    try gate.sign()
    try window.wait("what both signed is counted") { screen in
      screen.contains(" 5/95 settled") || screen.contains(" 6/95 settled")
    }
    #expect(gate.count("sign-off") == 2)
    let verified = try gate.sandbox.launchgate(["verify", gate.evidence])
    #expect(verified.code == 0, "\(verified.output)")
    try gate.quit()
  }
}
