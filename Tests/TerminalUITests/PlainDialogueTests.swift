import Checklist
import Evidence
import Session
import TerminalUI
import TestSupport
import Testing

/// A launch that is walked line by line does what the screen does, and nothing that it does not.
@Suite struct PlainDialogueTests {
  private func walk(
    _ launch: SampleLaunch, isInteractive: Bool = true, isDemo: Bool = false
  ) throws -> PlainWalk {
    try PlainWalk(launch, isInteractive: isInteractive, isDemo: isDemo)
  }

  @Test(arguments: [true, false])
  func aWalkEndsInTheSignOffOfTheScreen(_ isInteractive: Bool) throws {
    let launch = try SampleLaunch()
    var plain = try walk(launch, isInteractive: isInteractive)
    plain.type("decide 2.1 met", "today", "restored it", "")
    #expect(plain.says("1 decision collected"))
    plain.type("S")
    #expect(plain.says("Review and sign: a decision, one record"))
    #expect(plain.says("You sign as Mara Lind <mara@acme.example>, release-manager"))
    plain.type("2")
    #expect(plain.records.isEmpty)
    plain.type("4.2.0")

    var screen = try launch.session()
    screen.type("gjs")
    screen.collect("restored it")
    screen.type("S2")
    screen.press(.tab)
    screen.type("4.2.0")
    #expect(plain.records == screen.press(.control("s")))
    #expect(plain.records.count == 1)
  }

  @Test func aLineIsNeverTakenForAnotherAnswer() throws {
    var plain = try walk(SampleLaunch(), isInteractive: false)
    plain.type("decide 2.1 met", "today", "restored it", "", "S", "3")
    #expect(plain.says("it has to be exactly 2"))
    #expect(plain.dialogue.session.screen == .gate)
    // These were meant for the page that was left.
    plain.type("2", "4.2.0")
    #expect(plain.records.isEmpty)
    #expect(plain.dialogue.session.drafts.count == 1)
  }

  @Test func aPersonIsAskedAgain() throws {
    var plain = try walk(SampleLaunch())
    plain.type("decide 2.1 met", "yesterday", "restored it", "")
    #expect(plain.says("not yet: performed on has to be a date such as 2026-11-21"))
    let choices = "1 met, 2 not met, 3 n/a, 4 accept risk, 5 by hand"
    #expect(plain.dialogue.prompt == "Decision: \(choices) [met]: ")
    plain.type("", "today", "", "")
    #expect(plain.says("1 decision collected"))
    plain.type("S", "3")
    #expect(plain.says("it has to be exactly 2"))
    plain.type("2", "4.2.0")
    #expect(plain.records.count == 1)
  }

  @Test func oneCanGoBackAndLeaveAndComeBack() throws {
    var plain = try walk(SampleLaunch())
    plain.type("decide 2", "", "2026-11-20", "<")
    #expect(plain.dialogue.prompt == "Performed on [2026-11-20]: ")
    plain.type("-", "first \\", "second", ".")
    #expect(plain.dialogue.session.screen == .gate)
    #expect(plain.dialogue.session.forms["2"]?.texts["note"] == "first \nsecond")
    #expect(plain.dialogue.session.forms["2"]?.texts["performed"] == "")
    plain.type("decide")
    #expect(plain.says("what was typed before is here again"))
    plain.type("", "today", "?")
    #expect(plain.says("\\: at the end of a line: the note goes on"))
    plain.type("third", "")
    #expect(plain.dialogue.session.drafts.map(\.note) == ["third"])
  }

  @Test func pointsAreChosenByNumberOrId() throws {
    var launch = try SampleLaunch()
    try launch.run(.review)
    for (line, ticked) in [
      ("1", ["1.1"]), ("1.2", ["1.2"]), ("2 1", ["1.1", "1.2"]), ("all", ["1.1", "1.2"]),
    ] {
      var plain = try walk(launch)
      plain.type("decide 1", line)
      let rows = plain.dialogue.session.form?.rows.filter(\.isTicked).map(\.point)
      #expect(rows == ticked, "\(line)")
    }
    var plain = try walk(launch)
    plain.type("decide 1", "9")
    #expect(plain.says("there is no such point here"))
  }

  @Test func allThatTheScreenShowsIsTold() throws {
    var launch = try SampleLaunch()
    try launch.run(.fail, ["3.1"], message: "a policy is missing")
    try launch.sign(["2.1"])
    var plain = try walk(launch)
    plain.type("list")
    for words in [
      "Infrastructure", "1 TLS everywhere: ", "2 Backup and recovery: ",
      "3 Security headers: FAIL, medium",
    ] { #expect(plain.says(words), "\(words)") }
    plain.type("show 3")
    for words in [
      "A policy limits scripts.", "a policy is missing", "headers.security", "mend it",
      "see for yourself: curl", "looked at 3 requests",
    ] { #expect(plain.says(words), "\(words)") }
    plain.type("show 1")
    #expect(plain.says("Set TLS 1.2 as the minimum on every listener."))
    #expect(plain.says("openssl s_client"))
    plain.type("/fail")
    #expect(plain.says("filtered by fail: 1 of 3 controls"))
    #expect(plain.dialogue.prompt == "launchgate (filtered)> ")
    plain.type("filter", "verdict")
    #expect(plain.says("MUST BE FIXED (1)"))
    plain.type("history all", "1")
    #expect(plain.says("1. sign-off met by Mara Lind (release-manager)"))
    #expect(plain.says("2.1 met, performed on 2026-11-21: restored"))
    plain.type("help seal")
    #expect(plain.says("seal: sign the release off"))
    plain.type("where")
    #expect(plain.says("NO-GO acme-shop 4.2.0") || plain.says("NO-GO  acme-shop 4.2.0"))
    #expect(plain.records.isEmpty)
  }

  @Test func aSecondPersonCountersigns() throws {
    var launch = try SampleLaunch()
    let id = try launch.sign(["2.1"])
    var plain = try walk(launch)
    plain.type("countersign 2")
    #expect(plain.says("Countersign as the second person"))
    #expect(plain.says("Whoever signs is asked for."))
    plain.type("Daniel Okafor", "daniel@acme.example", "team-lead", "seen", "2")
    let daniel = Identity(name: "Daniel Okafor", email: "daniel@acme.example", role: "team-lead")
    #expect(plain.records == [.countersign(id, note: "seen", daniel)])
  }

  @Test func aRecordIsTakenBack() throws {
    var launch = try SampleLaunch()
    let id = try launch.sign(["2.1"])
    var plain = try walk(launch)
    plain.type("revoke 1")
    #expect(plain.says("history lists the records"))
    plain.type("history all", "revoke 1", "", "2")
    #expect(plain.says("not yet: a reason is needed"))
    plain.type("wrong month", "2")
    #expect(plain.records == [.revoke(id, reason: "wrong month", plain.dialogue.session.identity)])
  }

  @Test func theReleaseIsSealed() throws {
    var launch = try SampleLaunch()
    try launch.finish()
    var plain = try walk(launch)
    plain.type("seal", "ship it", "4.2.0")
    #expect(plain.records == [.seal(note: "ship it", plain.dialogue.session.identity)])
  }

  @Test func factsAreAnswered() throws {
    var plain = try walk(SampleLaunch(.conditional))
    plain.type("facts")
    #expect(plain.says("Fact 1 of "))
    plain.type("yes", "n")
    #expect(plain.dialogue.session.drafts.map(\.answer) == [.met, .notApplicable])
    plain.type("1", "e", "two clusters")
    #expect(plain.dialogue.session.drafts.first?.note == "two clusters")
    #expect(plain.records.isEmpty)
  }

  @Test func theFirstRunIsAsked() throws {
    var plain = PlainWalk(SessionState(now: SampleLaunch.start), isInteractive: true)
    let mara = Identity(name: "Mara", email: "m@x", role: "lead")
    plain.act(
      .configurationMissing(
        SetupProposal(subject: "shop", release: "", repository: nil, identity: mara)))
    #expect(plain.says("Set up this gate."))
    plain.type("", "1.0", "", "https://shop.example", "", "", "", "no")
    #expect(plain.says("you may test the host"))
    #expect(plain.records.isEmpty)
    plain.type("", "", "", "", "", "", "", "yes")
    let answers = SetupAnswers(
      subject: "shop", release: "1.0", environment: "production", url: "https://shop.example",
      isAuthorised: true, identity: mara)
    #expect(plain.records == [.setUp(answers)])
  }

  @Test func nothingIsRunBeforeItIsTrusted() throws {
    var plain = try walk(SampleLaunch())
    plain.type("R")
    #expect(!plain.dialogue.takesLines)
    let content = TrustContent(
      files: [.init(path: "/srv/launchgate.yaml", digest: "sha256:0")],
      effects: ["contacts https://shop.example"])
    plain.act(.trustNeeded(content, points: []))
    #expect(plain.says("contacts https://shop.example"))
    plain.type("y")
    #expect(plain.records.isEmpty)
    plain.type("trust")
    #expect(plain.records == [.trust(content, points: [])])
  }

  @Test func probesAreToldAsTheyEnd() throws {
    var launch = try SampleLaunch()
    var plain = try walk(launch, isInteractive: false)
    plain.type("probe")
    #expect(plain.effects.last == .runProbes(points: []))
    plain.act(
      .runStarted([.init(point: "1.1", probe: "tls.certificate"), .init(point: "3.1", probe: "h")]))
    #expect(plain.says("2 probes are running"))
    #expect(!plain.dialogue.takesLines, "in a pipe the next line waits for the end")
    plain.act(.probeProgressed(index: 0, text: "shaking hands", elapsed: 100))
    #expect(plain.lines.last?.contains("2 probes are running") ?? false, "progress is not read out")
    plain.act(.probeFinished(index: 0, verdict: .pass, message: "trusted", elapsed: 1_230))
    #expect(plain.lines.last == "1 of 2: 1.1 tls.certificate: pass, trusted, 1.1 s")
    plain.act(.probeFinished(index: 1, verdict: .fail, message: "missing", elapsed: 2_000))
    try launch.run()
    plain.act(.runRecorded(try launch.snapshot(), note: nil))
    #expect(plain.says("probes finished: 1 fail, 0 to review, 0 unknown, 1 pass"))
    #expect(plain.dialogue.takesLines)
  }

  @Test func aPersonCanStopARun() throws {
    var plain = try walk(SampleLaunch())
    plain.type("R")
    plain.act(.runStarted([.init(point: "1.1", probe: "p")]))
    #expect(plain.dialogue.takesLines)
    plain.type("list", "stop")
    #expect(plain.effects.last == .stopProbes)
    let (reply, ends) = plain.dialogue.interrupt()
    #expect(reply.effects == [.stopProbes] && !ends)
  }

  @Test func ctrlCLeavesAQuestionBeforeItEnds() throws {
    var plain = try walk(SampleLaunch())
    plain.type("decide 2.1 met", "today", "half a note")
    var (reply, ends) = plain.dialogue.interrupt()
    #expect(!ends && plain.dialogue.session.screen == .gate)
    #expect(plain.dialogue.session.forms["2"]?.texts["note"] == "half a note")
    (reply, ends) = plain.dialogue.interrupt()
    #expect(ends && reply.effects.last == .quit)
  }

  @Test(arguments: [true, false])
  func theEndOfTheInputKeepsWhatWasTyped(_ isInteractive: Bool) throws {
    var plain = try walk(SampleLaunch(), isInteractive: isInteractive)
    plain.type("decide 2.1 met", "today", "restored it", "", "decide 3.2 met", "", "read")
    var effects: [Effect] = []
    for _ in 0..<3 where !effects.contains(.quit) {
      effects += plain.dialogue.end(at: SampleLaunch.start).effects
    }
    #expect(effects.last == .quit)
    guard case .saveDrafts(let drafts, let forms)? = effects.dropLast().last else {
      Issue.record("nothing was kept: \(effects)")
      return
    }
    #expect(drafts.map(\.point) == ["2.1"])
    #expect(forms.map(\.control) == ["3"])
  }

  @Test func quittingAsksWhereSomethingWaits() throws {
    var plain = try walk(SampleLaunch())
    plain.type("decide 2.1 met", "today", "restored it", "", "quit")
    #expect(plain.says("1 decision is not signed yet"))
    plain.type("")
    #expect(plain.dialogue.prompt == "launchgate> ")
    plain.type("quit", "y")
    #expect(plain.effects.last == .quit)
  }

  @Test(arguments: [SessionState.Screen.gate, .history, .verdict, .log, .facts])
  func everyKeyIsALine(_ page: SessionState.Screen) throws {
    let path = ["history": "ha", "verdict": "v", "log": "l", "facts": "g\r"][page.rawValue] ?? ""
    let launch = try SampleLaunch(page == .facts ? .conditional : .sample)
    for key in KeyBinding.bindings(for: page, isDemo: true).flatMap(\.parsed) {
      guard case .character(let character) = key, !character.isNumber, !":/?".contains(character)
      else { continue }
      var plain = try walk(launch, isDemo: true)
      var screen = try launch.session(isDemo: true)
      for step in path {
        if step == "\r" { plain.type("facts") } else { plain.type(String(step)) }
        screen.press(step == "\r" ? .enter : .character(step))
      }
      plain.type(String(character))
      screen.press(.character(character))
      screen.state.size = plain.dialogue.session.size
      screen.state.message = plain.dialogue.session.message
      let isSame = plain.dialogue.session == screen.state
      #expect(isSame, "\(character) on \(page)")
    }
  }

  @Test func everyWordIsUnderstood() throws {
    var launch = try SampleLaunch()
    try launch.sign(["2.1"])
    for command in PlainCommand.all {
      var plain = try walk(launch, isDemo: true)
      plain.type(command.name)
      #expect(!plain.lines.isEmpty, "\(command.name) says nothing")
      #expect(!plain.says("there is no command"), "\(command.name)")
      #expect(plain.records.isEmpty)
    }
    for command in ScreenCommand.all {
      var plain = try walk(launch)
      plain.type(":" + command.name)
      #expect(!plain.says("there is no command"), "\(command.name)")
    }
  }

  @Test(arguments: 0..<20) func garbageRecordsNothing(_ seed: UInt64) throws {
    var launch = try SampleLaunch()
    try launch.sign(["2.1"])
    var plain = try walk(launch, isInteractive: seed % 2 == 0, isDemo: true)
    var random = Xorshift(state: seed &* 7919 &+ 17)
    let words =
      PlainCommand.all.map(\.name) + ScreenCommand.all.map { ":" + $0.name }
      + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ[]/?.<-".map(String.init)
      + [
        "", "2", "2.1", "99", "today", "\u{1B}[2J", "\u{202E}x", "all", "decide 2.1 met", "\\",
        "met", String(repeating: "x", count: 5_000), "yes", "revoke 1", "history all", "4.2.1",
      ]
    for _ in 0..<400 {
      guard plain.dialogue.takesLines else { break }
      plain.type(words[Int(random.next() % UInt64(words.count))])
    }
    #expect(plain.records.isEmpty, "\(plain.records)")
  }

  @Test func anEmptyLineChangesNothing() throws {
    var plain = try walk(SampleLaunch())
    let before = plain.dialogue.session
    plain.type("", "   ", "nonsense")
    #expect(plain.says("nonsense"))
    var after = plain.dialogue.session
    after.message = before.message
    #expect(after == before)
  }
}

/// Numbers that are the same in every run.
private struct Xorshift {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
