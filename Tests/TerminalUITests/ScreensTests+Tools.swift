import Checklist
import Evidence
import Gate
import Session
import TerminalUI
import TestSupport
import Testing

/// What helps one to get about: commands, searched help, the log, and where things can be clicked.
extension ScreensTests {
  @Test func commandLine() throws {
    var walk = try production().session()
    walk.type(":")
    check(walk, "screen-command")
    walk.type("theme ")
    check(walk, "screen-command-argument")
    walk.type("pink")
    check(walk, "screen-command-unknown")
  }

  @Test func helpThatIsSearched() throws {
    var walk = try production().session()
    walk.type("?sign")
    check(walk, "screen-help-searched")
    walk.type(" nowhere")
    check(walk, "screen-help-nothing")
  }

  @Test func log() throws {
    var walk = try production().session()
    walk.type("l")
    check(walk, "screen-log-empty")
    let commands: [(words: [String], outcome: String)] = [
      (["git", "-C", "/srv/shop", "log", "--all", "--format=%H"], "exit 0"),
      (["git", "-C", "/srv/shop", "cat-file", "--batch"], "timed out"),
      (["sshd", "-T", "-C", "user=root,host=\u{1B}[31mred,addr=10.0.0.1"], "exit 255"),
    ]
    for (index, command) in commands.enumerated() {
      walk.act(
        .commandEnded(
          LoggedCommand(
            at: SampleLaunch.start, words: command.words, took: 41 + 1_200 * index,
            outcome: command.outcome)))
    }
    check(walk, "screen-log")
  }

  @Test func reviewOfWhatHasChanged() throws {
    var launch = try production()
    var walk = try launch.session()
    walk.type("/10")
    walk.press(.enter)
    walk.type("w")
    walk.focus("until")
    walk.type("2026-12-01")
    walk.collect("the policy is rolled out next week")
    try launch.run(.fail, ["10.4"], message: "it is missing everywhere", facts: ["seen": "worse"])
    walk.act(.loaded(try launch.snapshot()))
    walk.type("S")
    walk.press(.control("s"))
    check(walk, "screen-review-changed")
  }

  @Test func whatWasFoundIsAccepted() throws {
    var launch = try production()
    try launch.run(
      .fail, ["5.4"], message: "2 secrets were found in the repository",
      facts: ["aws-access-key-3f9c": "deploy/prod.env", "jwt-77ab": "tests/token.txt"],
      faults: ["aws-access-key-3f9c", "jwt-77ab"])
    var walk = try launch.session()
    walk.type(":goto 5")
    walk.press(.enter)
    walk.type("a ")
    check(walk, "screen-form-accept", isMain: true)
    walk.press(.down)
    walk.type("  ")
    walk.collect("revoked on Monday, the old one is refused")
    walk.type("S")
    check(walk, "screen-review-accept")
  }

  @Test func whatCameInStandsBesideTheAcknowledgement() throws {
    var launch = try production()
    var walk = try launch.session()
    walk.type("/10")
    walk.press(.enter)
    walk.type("w")
    walk.focus("until")
    walk.type("2026-12-01")
    walk.collect("the policy is rolled out next week")
    walk.type("S")
    walk.type("10")
    walk.press(.tab)
    walk.type("4.2.0")
    walk.press(.control("s"))
    let id = try launch.sign(["10.4"], .riskAccepted, until: "2026-12-01")
    walk.act(.recorded(id, try launch.snapshot()))
    try launch.sign(["23.1"], by: .daniel)
    walk.act(.loaded(try launch.snapshot()))
    check(walk, "screen-gate-news")
  }

  @Test func anEarlierLaunchIsOffered() throws {
    let launch = try SampleLaunch()
    var walk = Walk(SessionState(now: launch.clock))
    let identity = Identity(name: "Mara Lind", email: "mara@acme.example", role: "release-manager")
    walk.act(
      .configurationMissing(
        SetupProposal(
          subject: "acme-shop", release: "4.2.0", repository: "/srv/acme-shop", identity: identity,
          earlier: "acme-shop 4.1.0")))
    check(walk, "screen-setup-earlier")
    walk.act(.identityFound(identity))
    walk.act(
      .earlierFound(
        CarryOffer(
          name: "acme-shop 4.1.0", path: "/srv/acme-shop/acme-shop-4.1.0.evidence.json",
          points: ["2.1"],
          lines: [
            "From acme-shop 4.1.0 -> production (acme-shop-4.1.0.evidence.json), "
              + "last record 2026-11-02 10:00 UTC", "WOULD BE CARRIED OVER (1)",
            "  2.1 OK, Mara Lind, 2026-11-02 10:00 UTC: A restore was tried this month.",
            "WOULD STAY BEHIND (4)", "  3.2 its text is another one here, or it is not asked for",
            "  3 that nobody decided on, or that only this launch can show",
          ])))
    walk.act(.loaded(try launch.snapshot()))
    check(walk, "screen-carry-offer")
  }

  /// What ends soon is one line, and the words about the seal are seen without scrolling.
  @Test(arguments: [Size(rows: 24, columns: 80), Size(rows: 30, columns: 100)])
  func theSealIsSeenWithoutScrolling(_ size: Size) throws {
    var launch = try production()
    try launch.sign(launch.checklist.points.map(\.id))
    launch.clock = launch.clock + .days(28)
    try launch.run()
    var walk = try launch.session()
    walk.type("v")
    let report = try #require(walk.state.report)
    #expect(report.ending.count > 1)
    let text = drawn(walk, size).text
    #expect(text.contains { $0.contains("RELEASE SIGN-OFF") })
    #expect(text.contains { $0.contains("comes after GO") })
    let told = report.warningsInShort.filter {
      $0.contains("end soon") || $0.contains("holds only")
    }
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("\(report.ending.count) points end soon: ") == true)
    #expect(report.warnings.count > report.ending.count - 1)
    walk.press(.escape)
    walk.type("/ending")
    let controls = Set(report.ending.compactMap { report.control(ofPoint: $0.point.id)?.number })
    #expect(Set(walk.state.visibleControls.map(\.number)) == controls)
  }

  /// What is typed behind a command is not called a command that there is not.
  @Test func whatFollowsACommandIsNotUnknown() throws {
    let size = Size(rows: 24, columns: 80)
    for (text, words) in [
      (":assign Restore", "Enter do it"), (":assign Nobody knows", "Enter give a duty"),
      (":filter some words", "Enter list only these"), (":carry old.json", "Enter what an earlier"),
      (":theme pink", "no such word"), (":nonsense", "no such command"),
    ] {
      var walk = try SampleLaunch().session(size)
      walk.type(text)
      let last = try #require(drawn(walk, size).text.last)
      #expect(last.contains(words), "\(text): \(last)")
    }
  }

  /// At every cell that names something, the layout knows what it is.
  @Test(arguments: [Size(rows: 30, columns: 100), Size(rows: 24, columns: 80)])
  func whatIsSeenCanBeClicked(_ size: Size) throws {
    let walk = try production().session()
    let surface = drawn(walk, size)
    let rows = surface.text
    let control = try #require(rows.firstIndex { $0.contains("11 ○ OPEN") })
    #expect(surface.layout.target(row: control, column: 3) == .control("11"))
    #expect(surface.layout.target(row: 1, column: 2) == .domain(-1))
    let first = try #require(rows[1].firstRange(of: "1 Infra"))
    let tab = rows[1][..<first.lowerBound].count
    #expect(surface.layout.target(row: 1, column: tab) == .domain(0))
    let keys = try #require(rows.last)
    let column = try #require(keys.firstRange(of: "v verdict").map { keys[..<$0.lowerBound].count })
    #expect(surface.layout.target(row: size.rows - 1, column: column) == .key("v"))
    #expect(surface.layout.target(row: size.rows - 1, column: size.columns - 3) == .key("?"))
    #expect(surface.layout.target(row: 5, column: size.columns - 5) == .text(.detail))
    #expect(surface.layout.target(row: 0, column: 5) == nil)
    #expect((surface.layout.limits[.detail] ?? 0) > 0)
  }

  @Test func nothingUnderTheHelpCanBeClicked() throws {
    var walk = try production().session()
    walk.type("?")
    let surface = drawn(walk, Size(rows: 30, columns: 100))
    for row in 0..<30 {
      for column in 0..<100 {
        let target = surface.layout.target(row: row, column: column)
        #expect(target == nil || target == .text(.help))
      }
    }
  }

  /// The way to the help is on every page, however narrow it is.
  @Test(arguments: [Size(rows: 18, columns: 60), Size(rows: 24, columns: 80)])
  func theWayToTheHelpIsNeverDropped(_ size: Size) throws {
    for keys in ["", "s", "h", "v", "l", ":", "/x", "gjc", "hu"] {
      var walk = try production().session(isDemo: true)
      walk.type(keys)
      let last = try #require(drawn(walk, size).text.last)
      #expect(last.hasSuffix("? help") || last.hasSuffix("F1 help"), "after \(keys): \(last)")
    }
  }
}
