import Glibc
import TestSupport
import Testing

/// The loop in a process of its own, on a pseudo-terminal.
@Suite(.serialized, .timeLimit(.minutes(2))) struct EventLoopTests {
  private func started(
    _ arguments: [String] = [], _ environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(rows: 20, columns: 70)
    try terminal.start(program, arguments, environment: environment)
    return terminal
  }

  /// The program beside the tests.
  private var program: String {
    let tests = CommandLine.arguments[0]
    let folder = tests.lastIndex(of: "/").map { tests[...$0] } ?? "./"
    return folder + "TerminalExample"
  }

  /// The number after the name, when the frame has been written to its end.
  private func number(_ name: String, in terminal: PseudoTerminal) -> Int? {
    terminal.clearOutput()
    terminal.type("c")
    guard terminal.waitFor(name + "="), terminal.waitForFrame() else { return nil }
    let rest = terminal.output.components(after: name + "=")
    return Int(rest.prefix { $0.isNumber })
  }

  @Test func keysAreDecoded() throws {
    let terminal = try started()
    #expect(terminal.waitFor("rows: 20"))
    for (sent, expected) in [
      ("j", "character(\"j\")"), ("\u{1B}OA", "up"), ("\u{1B}[Z", "backTab"),
      ("\u{1B}OP", "function(1)"), ("\r", "enter"), ("作", "character(\"作\")"),
      ("\u{1B}[5~", "pageUp"), ("\u{3}", "control(\"c\")"),
      ("\u{1B}[<0;5;6M\u{1B}[<0;5;6m", "click(row:"), ("\u{1B}[200~q\u{1B}[201~", "paste(\"q\")"),
    ] {
      terminal.type(sent)
      #expect(terminal.waitFor(expected), "\(expected)")
    }
    terminal.type("q")
    #expect(terminal.waitForExit() == 0)
  }

  @Test func escapeIsInstant() throws {
    let terminal = try started()
    #expect(terminal.waitFor("rows: 20"))
    let start = ContinuousClock.now
    terminal.type("\u{1B}")
    #expect(terminal.waitFor("escape"))
    // 25 ms by itself; a default ESCDELAY would make it a second.
    #expect(ContinuousClock.now - start < .milliseconds(600))
  }

  @Test func theSizeIsFollowed() throws {
    let terminal = try started()
    #expect(terminal.waitFor("70x20"))
    terminal.resize(rows: 12, columns: 50)
    #expect(terminal.waitFor("50x12"))
    terminal.type("q")
    #expect(terminal.waitForExit() == 0)
  }

  @Test func requestsReachTheTerminal() throws {
    let terminal = try started()
    #expect(terminal.waitFor("rows: 20"))
    #expect(terminal.output.contains("\u{1B}[?1006;1000h"))
    terminal.type("o")
    #expect(terminal.waitFor("\u{1B}[?1006;1000l"))
    terminal.type("y")
    #expect(terminal.waitFor("\u{1B}]52;c;dGV4dA==\u{07}"))
    #expect(terminal.waitFor("\u{1B}]2;example\u{1B}\\"))
  }

  @Test func messagesAndTicksArrive() throws {
    let terminal = try started()
    #expect(terminal.waitFor("rows: 20"))
    terminal.type("m")
    #expect(terminal.waitFor("message=3"))
    terminal.type("a")
    #expect(terminal.waitFor("character(\"a\")"))
    #expect(terminal.waitFor("\u{1B}[?2026h"))
    terminal.clearOutput()
    #expect(terminal.waitForFrame())
  }

  @Test func everyFrameIsSentAsOne() throws {
    let terminal = try started()
    #expect(terminal.waitFor("rows: 20") && terminal.waitForFrame())
    terminal.clearOutput()
    terminal.type("j")
    #expect(terminal.waitFor("character(\"j\")") && terminal.waitForFrame())
    let (begin, end) = ("\u{1B}[?2026h", "\u{1B}[?2026l")
    var rest = terminal.output[...]
    while !rest.isEmpty {
      let isFrame = rest.hasPrefix(begin)
      let close = try #require(rest.firstRange(of: end))
      let frame = rest[..<close.lowerBound]
      #expect(isFrame, "something is drawn outside of a frame: \(frame.debugDescription)")
      #expect(!frame.dropFirst(begin.count).contains(begin))
      rest = rest[close.upperBound...]
    }
    // Only what has changed is sent.
    #expect(!terminal.output.contains("Example"))
  }

  @Test func whatTakesTimeBeginsOnceAfterTheFirstFrame() throws {
    let terminal = try started(["--begin"])
    #expect(terminal.waitFor("message=begun"))
    let output = terminal.output
    let begun = try #require(output.firstRange(of: "message=begun"))
    let before = output[..<begun.lowerBound]
    #expect(before.contains("rows: 20") && before.contains("\u{1B}[?2026l"))
  }

  @Test func idleMeansAsleep() throws {
    let terminal = try started()
    #expect(terminal.waitFor("rows: 20"))
    let before = try #require(number("rounds", in: terminal))
    terminal.clearOutput()
    #expect(!terminal.waitFor("\u{1B}", seconds: 2))
    let after = try #require(number("rounds", in: terminal))
    #expect(after == before + 1)
  }

  @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)] as [(CInt, CInt)])
  func signalsEndItInGoodOrder(signal: CInt, code: CInt) throws {
    let terminal = try PseudoTerminal(rows: 20, columns: 70)
    let before = terminal.modes
    let running = try started()
    #expect(running.waitFor("rows: 20"))
    #expect(running.modes != before)
    running.send(signal: signal)
    #expect(running.waitForExit() == code)
    #expect(running.modes == before)
    #expect(running.output.contains("\u{1B}[?1049l"))
    #expect(running.output.contains("\u{1B}[?2004l"))
  }

  /// A paste that is stuck, zeros, and answers that nobody asked for, faster than they can be read.
  @Test(arguments: [("\u{1B}[200~", "a"), ("", "\u{0}"), ("", "\u{1B}[1;5R")])
  func aTerminalThatNeverStopsTypingStopsNothingElse(first: String, noise: String) throws {
    let terminal = try started()
    #expect(terminal.waitFor("70x20"))
    terminal.type(first)
    let typed = String(repeating: noise, count: 4_096 / noise.utf8.count)
    let flooded = terminal.keepTyping(typed) { terminal.typedBytes > 1 << 18 }
    try #require(flooded)
    terminal.resize(rows: 12, columns: 50)
    let painted = terminal.keepTyping(typed) { terminal.output.contains("50x12") }
    try #require(painted)
    terminal.send(signal: SIGTERM)
    let ended = terminal.keepTyping(typed) { terminal.hasExited }
    #expect(ended)
    #expect(terminal.waitForExit() == 128 + SIGTERM)
  }

  /// Everything that was switched on is switched off again, whatever ended the program.
  @Test(arguments: [SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGTERM, SIGHUP, SIGINT] as [CInt])
  func nothingIsLeftOn(signal: CInt) throws {
    let before = try PseudoTerminal().modes
    let terminal = try started([], ["SWIFT_BACKTRACE": "enable=no"])
    #expect(terminal.waitFor("rows: 20"))
    terminal.type("y")
    #expect(terminal.waitFor("\u{1B}]2;example\u{1B}\\"))
    terminal.send(signal: signal)
    #expect(terminal.waitForExit() == 128 + signal)
    #expect(terminal.modes == before)
    // Alternate screen, bracketed paste, mouse, cursor; the title is taken from the stack.
    for (on, off) in [
      ("\u{1B}[?1049h", "\u{1B}[?1049l"), ("\u{1B}[?2004h", "\u{1B}[?2004l"),
      ("\u{1B}[22;2t", "\u{1B}[23;2t"), ("\u{1B}[?2026h", "\u{1B}[?2026l"),
    ] {
      let rest = terminal.output.components(after: on)
      #expect(rest.contains(off), "\(off.debugDescription) after signal \(signal)")
    }
    let mouse = terminal.output.components(after: "1006;1000h")
    #expect(mouse.contains("1006;1000l") || mouse.contains("?1000l"))
    let cursor = terminal.output.components(after: "\u{1B}[?25l")
    #expect(cursor.isEmpty || cursor.contains("?25h"))
  }

  /// The signal is handled by one thread while another one draws, as fast as it can.
  @Test(arguments: 0..<60) func nothingIsDrawnAfterTheLastWords(round: Int) throws {
    let terminal = try started(["--restless"], ["SWIFT_BACKTRACE": "enable=no"])
    #expect(terminal.waitFor("ticks"))
    terminal.send(signal: SIGSEGV)
    #expect(terminal.waitForExit() == 128 + SIGSEGV)
    #expect(terminal.output.components(after: "\u{1B}[?1049l") == "\r\n")
  }

  @Test func aNoticeRingsTheBellAndNoMoreWhereTheTerminalIsUnknown() throws {
    let plain = try started()
    #expect(plain.waitFor("rows: 20"))
    plain.type("n")
    #expect(plain.waitFor("\u{07}"))
    #expect(!plain.output.contains("notify"))
    let foot = try started([], ["TERM_PROGRAM": "WezTerm"])
    #expect(foot.waitFor("rows: 20"))
    foot.type("n")
    #expect(foot.waitFor("\u{1B}]777;notify;launchgate;done, GO\u{1B}\\"))
    let kitty = try started([], ["TERM_PROGRAM": "iTerm.app"])
    #expect(kitty.waitFor("rows: 20"))
    kitty.type("n")
    #expect(kitty.waitFor("\u{1B}]9;done, GO\u{1B}\\"))
    let inside = try started([], ["TERM_PROGRAM": "WezTerm", "TMUX": "x"])
    #expect(inside.waitFor("rows: 20"))
    inside.type("n")
    #expect(inside.waitFor("\u{07}"))
    #expect(!inside.output.contains("notify"))
  }

  @Test func aCrashLeavesTheTerminalInOrder() throws {
    let before = try PseudoTerminal().modes
    let terminal = try started([], ["SWIFT_BACKTRACE": "enable=no"])
    #expect(terminal.waitFor("rows: 20"))
    terminal.type("x")
    #expect(terminal.waitForExit() == 128 + SIGILL)
    #expect(terminal.modes == before)
    #expect(terminal.output.contains("\u{1B}[?1049l"))
    // The last words come after the screen has been left.
    let last = terminal.output.components(after: "\u{1B}[?1049l")
    #expect(last.contains("Fatal error: Index out of range"))
  }

  @Test(.enabled(if: access("/bin/bash", X_OK) == 0))
  func aShellCanStopItAndBringItBack() throws {
    let terminal = try PseudoTerminal(rows: 20, columns: 70)
    try terminal.start(
      "/bin/bash", ["--norc", "--noprofile", "--noediting", "-i"],
      environment: ["PS1": "ready> "])
    #expect(terminal.waitFor("ready> "))
    let modes = terminal.modes
    terminal.type(program + "\n")
    #expect(terminal.waitFor("rows: 20"))
    terminal.type("\u{1A}")
    #expect(terminal.waitFor("Stopped"))
    #expect(terminal.modes == modes)
    terminal.clearOutput()
    terminal.type("fg\n")
    #expect(terminal.waitFor("\u{1B}[?1049h"))
    #expect(terminal.waitFor("control(\"z\")"))
    terminal.type("\u{1A}")
    #expect(terminal.waitFor("Stopped"))
    // In the background it must end without touching the terminal.
    terminal.clearOutput()
    // The shell itself says how the job ended; waiting for it could still tell of the stop.
    terminal.type("p=$(jobs -p %1); kill %1; while kill -0 $p 2>&-; do sleep 0.1; done; true\n")
    #expect(terminal.waitFor("Exit 143"), "\(terminal.output.debugDescription)")
    #expect(terminal.modes == modes)
  }

  @Test func aClosedWindowEndsIt() throws {
    let terminal = try started()
    #expect(terminal.waitFor("rows: 20"))
    terminal.hangUp()
    #expect(terminal.waitForExit() == 129)
  }

  @Test func straysAreShownWhenTheScreenHasBeenLeft() throws {
    let terminal = try started()
    #expect(terminal.waitFor("rows: 20"))
    terminal.type("p")
    #expect(terminal.waitFor("character(\"p\")"))
    #expect(!terminal.output.contains("stray print"))
    terminal.type("q")
    #expect(terminal.waitForExit() == 0)
    #expect(terminal.output.components(after: "\u{1B}[?1049l").contains("stray print"))
  }

  @Test func theTerminalCanBeLent() throws {
    let terminal = try started()
    #expect(terminal.waitFor("rows: 20"))
    terminal.type("e")
    #expect(terminal.waitFor("lent"))
    #expect(terminal.waitFor("editor=0"))
    terminal.type("q")
    #expect(terminal.waitForExit() == 0)
  }

  @Test(arguments: [
    (["TERM": "dumb"], "TERM is not set or dumb"), (["TERM": "nonsense"], "unknown terminal type"),
  ])
  func aTerminalThatWillNotDo(environment: [String: String], message: String) throws {
    let terminal = try started([], environment)
    #expect(terminal.waitForExit() == 4)
    #expect(terminal.waitFor(message))
    #expect(!terminal.output.contains("\u{1B}[?1049h"))
  }
}

extension String {
  /// What follows the last occurrence of a text.
  fileprivate func components(after text: String) -> Substring {
    guard var start = indices.last(where: { self[$0...].hasPrefix(text) }) else { return "" }
    formIndex(&start, offsetBy: text.count)
    return self[start...]
  }
}
