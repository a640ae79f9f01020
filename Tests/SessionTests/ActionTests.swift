import Checklist
import Evidence
import Gate
import TestSupport
import Testing

@testable import Session

/// What each action makes of the state, on every page.
@Suite struct ActionTests {
  private static let lines = [
    ProbeRun.Line(point: "1.1", probe: "tls.certificate"),
    ProbeRun.Line(point: "3.1", probe: "headers.security"),
  ]

  /// A session that shows that page, with what the page needs.
  private func session(_ screen: SessionState.Screen) throws -> Walk {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.state.screen = screen
    return walk
  }

  @Test func aMissingConfigurationIsAskedFor() {
    var walk = Walk(SessionState(now: SampleLaunch.start))
    let proposal = SetupProposal(
      subject: "shop", release: "1.0", repository: "/srv/shop", identity: Identity())
    walk.act(.configurationMissing(proposal))
    var expected = SessionState(now: SampleLaunch.start)
    expected.setup = SetupForm(proposal)
    expected.screen = .setup
    #expect(walk.state == expected)
    #expect(walk.effects.isEmpty)
  }

  @Test func whatCannotBeReadIsSaid() {
    var walk = Walk(SessionState(now: SampleLaunch.start))
    walk.act(.loadFailed(reason: "line 3 is torn", hint: "launchgate merge --repair"))
    var expected = SessionState(now: SampleLaunch.start)
    expected.screen = .broken
    expected.message = .init(
      kind: .error, text: "line 3 is torn", hint: "launchgate merge --repair")
    #expect(walk.state == expected)
    let effects = walk.type("q")
    #expect(effects == [.quit])
  }

  @Test(arguments: SessionState.Screen.allCases)
  func aSnapshotOpensTheGateOnlyFromPagesWithoutOne(_ screen: SessionState.Screen) throws {
    var walk = try session(screen)
    let snapshot = try #require(walk.state.snapshot)
    walk.act(.loaded(snapshot))
    let opens = [.loading, .setup, .broken, .gate].contains(screen)
    #expect(walk.state.screen == (opens ? .gate : screen))
    #expect(walk.effects.isEmpty)
  }

  @Test(arguments: SessionState.Screen.allCases)
  func aRunShowsItselfOnlyWhereNothingIsInterrupted(_ screen: SessionState.Screen) throws {
    var walk = try session(screen)
    var expected = walk.state
    expected.run = ProbeRun(lines: Self.lines)
    if screen == .gate || screen == .verdict { expected.screen = .running }
    walk.act(.runStarted(Self.lines))
    let isSame = walk.state == expected
    #expect(isSame)
  }

  @Test(arguments: SessionState.Screen.allCases)
  func anInterruptionKeepsAndQuits(_ screen: SessionState.Screen) throws {
    var walk = try session(screen)
    walk.state.forms = [
      "1": FormDraft(control: "1", answer: .met, points: ["1.2"], texts: ["note": "half"])
    ]
    let effects = walk.act(.interrupted)
    #expect(effects == [.saveDrafts([], forms: Array(walk.state.forms.values)), .quit])
  }

  @Test func anInterruptionBeforeDraftsWereReadDoesNotReplaceThem() {
    var walk = Walk(SessionState(now: SampleLaunch.start))
    let effects = walk.act(.interrupted)
    #expect(effects == [.quit])
    walk.act(.loadFailed(reason: "damage", hint: ""))
    walk.press(.resize(Size(rows: 4, columns: 20)))
    let small = walk.press(.control("c"))
    #expect(small == [.quit])
  }

  @Test func anOpenFormIsKeptWhenTheProgramIsInterrupted() throws {
    var walk = try session(.gate)
    walk.type("jjs")
    walk.press(.tab, .tab)
    walk.type("half")
    let kept = try #require(walk.state.form?.draft)
    let effects = walk.act(.interrupted)
    #expect(effects == [.saveDrafts([], forms: [kept]), .quit])
  }

  @Test func aRunGoesOnLineByLine() throws {
    var walk = try session(.gate)
    let asked = walk.type("R")
    #expect(asked == [.runProbes(points: [])])
    walk.act(.runStarted(Self.lines))
    walk.act(.probeProgressed(index: 0, text: "starting", elapsed: 100))
    walk.act(.probeProgressed(index: 0, text: "connecting", elapsed: 300))
    walk.act(.ticked(SampleLaunch.start, elapsed: 400))
    #expect(walk.state.run?.lines[0].stage == .running("connecting", since: 100))
    #expect(walk.state.run?.elapsed == 400)
    walk.act(.probeFinished(index: 0, verdict: .fail, message: "expired", elapsed: 900))
    walk.act(.probeFinished(index: 1, verdict: .pass, message: "fine", elapsed: 950))
    #expect(
      walk.state.run?.lines.map(\.stage) == [
        .finished(.fail, "expired", took: 800), .finished(.pass, "fine", took: 0),
      ])
    #expect(walk.state.run?.finished == 2)
    #expect(walk.state.isRunning)
    var launch = try SampleLaunch()
    try launch.run(.fail)
    walk.act(.runRecorded(try launch.snapshot(), note: nil))
    #expect(!walk.state.isRunning)
    #expect(
      walk.state.message?.text
        == "probes finished: 1 fail, 0 to review, 0 unknown, 1 pass; 3 controls left: ]")
    #expect(walk.state.report?.verdict == .noGo)
  }

  @Test func aProbeThatWasGivenUpIsNotHeardAnyMore() throws {
    var walk = try session(.gate)
    walk.act(.runStarted(Self.lines))
    walk.act(.probeFinished(index: 0, verdict: .unknown, message: "too long", elapsed: 900))
    let before = walk.state.run?.lines
    walk.act(.probeProgressed(index: 0, text: "still here", elapsed: 950))
    walk.act(.probeProgressed(index: 7, text: "nobody", elapsed: 950))
    walk.act(.probeFinished(index: -1, verdict: .pass, message: "nobody", elapsed: 950))
    #expect(walk.state.run?.lines == before)
  }

  @Test func aRunIsAskedForOnce() throws {
    var walk = try session(.gate)
    walk.type("RRr")
    #expect(walk.effects == [.runProbes(points: [])])
    walk.act(.runFailed(reason: "no checklist", hint: ""))
    let again = walk.type("gr")
    #expect(again == [.runProbes(points: ["1.1", "1.2"])])
  }

  @Test func aRunIsStoppedAndLeft() throws {
    var walk = try session(.gate)
    walk.act(.runStarted(Self.lines))
    let stopped = walk.type("x")
    #expect(stopped == [.stopProbes])
    #expect(walk.state.run?.isStopping == true)
    walk.type("j")
    walk.press(.enter)
    #expect(walk.state.screen == .gate)
    #expect(walk.state.list.selection == "3")
    walk.type("p")
    #expect(walk.state.screen == .running)
    walk.press(.escape)
    walk.type("R")
    #expect(walk.state.screen == .running)
    #expect(walk.effects == [.stopProbes])
    var launch = try SampleLaunch()
    try launch.run(.pass, ["1.1"])
    walk.act(.runRecorded(try launch.snapshot(), note: "stopped: 1 of 2 probes are recorded"))
    #expect(
      walk.state.message?.text
        == "stopped: 1 of 2 probes are recorded; 3 controls left: ]")
    let idle = walk.type("x")
    #expect(idle.isEmpty)
  }

  @Test func aControlWithoutProbesSaysSo() throws {
    var walk = try session(.gate)
    let effects = walk.type("gjr")
    #expect(effects.isEmpty)
    #expect(walk.state.message?.text == "control 2 has no probe: s to decide it")
  }

  @Test func aFaultIsMendedOnlyInTheExample() throws {
    var launch = try SampleLaunch()
    try launch.run(.fail, ["3.1"])
    var walk = try launch.session()
    let real = walk.type("Gf")
    #expect(real.isEmpty)
    walk = try launch.session(isDemo: true)
    let example = walk.type("Gff")
    #expect(example == [.mendFault(point: "3.1")])
    walk.act(.faultMended("the server sends a policy now"))
    #expect(walk.state.message?.text == "the server sends a policy now")
  }

  @Test(arguments: [
    (Finding.Verdict.review, true), (.fail, true), (.pass, false), (.unknown, false),
  ])
  func aFaultBehindAProbeThatCouldNotLookIsMended(
    _ verdict: Finding.Verdict, _ isMended: Bool
  ) throws {
    var checklist = Checklist.sample
    let last = checklist.domains.indices.last ?? 0
    let control = checklist.domains[last].controls.indices.last ?? 0
    checklist.domains[last].controls[control].points[0].probes = [
      "host.updates", "tls.certificate",
    ]
    .map { ProbeReference(id: $0, parameters: [:]) }
    let point = checklist.domains[last].controls[control].points[0].id
    var launch = try SampleLaunch(checklist)
    let found = [("host.updates", Finding.Verdict.unknown), ("tls.certificate", verdict)]
    try launch.add(
      .run(
        Run(
          findings: found.map { id, verdict in
            ProbeFinding(
              point: point, probe: id, version: 1, parameters: [:],
              finding: Finding(verdict, "seen", hint: "look"))
          })), by: .machine)
    var walk = try launch.session(isDemo: true)
    let effects = walk.type("Gf")
    #expect(effects == (isMended ? [.mendFault(point: point)] : []))
  }

  @Test func identityAndClockAreTaken() throws {
    var walk = try session(.gate)
    let identity = Identity(name: "Daniel", email: "d@x", role: "team-lead", key: "k")
    walk.act(.identityFound(identity))
    walk.act(.ticked(Timestamp(seconds: 99), elapsed: 5))
    #expect(walk.state.identity == identity)
    #expect(walk.state.now == Timestamp(seconds: 99))
    #expect(walk.state.run == nil)
  }
}
