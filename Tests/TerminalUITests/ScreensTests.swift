import Checklist
import Evidence
import Session
import TerminalUI
import TestSupport
import Testing

/// Every page as it is drawn, with its styles.
@Suite struct ScreensTests {
  private static let sizes = [Size(rows: 30, columns: 100), Size(rows: 24, columns: 80)]

  func drawn(_ walk: Walk, _ size: Size, _ glyphs: Glyphs = .unicode) -> Surface {
    var walk = walk
    walk.press(.resize(size))
    var surface = Surface(size: size, glyphs: glyphs)
    SessionScreen.draw(walk.state, frame: 3, into: &surface)
    return surface
  }

  /// Compares the page at both sizes, and more where it is one of the main pages.
  func check(
    _ walk: Walk, _ name: String, isMain: Bool = false,
    _ location: SourceLocation = #_sourceLocation
  ) {
    for size in Self.sizes + (isMain ? [Size(rows: 50, columns: 160)] : []) {
      let surface = drawn(walk, size)
      let mismatch = Golden.mismatch(surface, "\(name)@\(size.columns)x\(size.rows)")
      #expect(mismatch == nil, "\(mismatch ?? "")", sourceLocation: location)
      let isHelpShown = surface.text.last?.hasSuffix("help") ?? false
      #expect(isHelpShown || walk.state.showsHelp, sourceLocation: location)
    }
    guard isMain else { return }
    let ascii = drawn(walk, Self.sizes[0], .ascii)
    let mismatch = Golden.mismatch(ascii, "\(name)@ascii")
    #expect(mismatch == nil, "\(mismatch ?? "")", sourceLocation: location)
    let isASCII = ascii.text.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
    #expect(isASCII, sourceLocation: location)
  }

  /// The bundled checklist after a run with faults and a few sign-offs.
  func production() throws -> SampleLaunch {
    var launch = try SampleLaunch(.production())
    try launch.add(.candidate(Candidate(commit: "9f3c2a71d0e4", trees: [".": "t"])))
    try launch.run()
    try launch.run(
      .fail, ["10.2", "10.4"], message: "content-security-policy is missing on 2 of 3 pages",
      details: [
        .init(.fail, "https://shop.example/ sends no content-security-policy"),
        .init(.fail, "https://shop.example/login sends no content-security-policy"),
        .init(.pass, "https://shop.example/api/health sends default-src 'none'"),
      ])
    try launch.run(.review, ["5.4"], message: "2 suspects in 1204 commits")
    try launch.run(.unknown, ["3.4"], message: "this machine is none of the target's hosts")
    try launch.sign(["1.1", "1.3"], note: "the renewal ran on Monday")
    try launch.sign(["18.2"])
    try launch.sign(
      ["10.2"], .riskAccepted, note: "the policy is rolled out next week", until: "2026-12-01")
    return launch
  }

  private func finished() throws -> SampleLaunch {
    var launch = try SampleLaunch()
    try launch.finish()
    return launch
  }

  // MARK: pages

  @Test func loading() {
    check(Walk(SessionState(now: SampleLaunch.start)), "screen-loading")
  }

  @Test func setup() {
    var walk = Walk(SessionState(now: SampleLaunch.start))
    walk.act(
      .configurationMissing(
        SetupProposal(
          subject: "acme-shop", release: "4.2.0", repository: "/srv/acme-shop",
          identity: Identity(
            name: "Mara Lind", email: "mara@acme.example", role: "release-manager"))))
    check(walk, "screen-setup")
    walk.press(.tab, .tab, .tab)
    walk.type("https://shop.example")
    walk.press(.control("s"))
    check(walk, "screen-setup-refused")
  }

  @Test func gate() throws {
    var walk = try production().session()
    check(walk, "screen-gate", isMain: true)
    walk.type("G")
    check(walk, "screen-gate-last")
  }

  @Test func gateBeforeAnythingWasLookedAt() throws {
    check(try SampleLaunch(.production()).session(isDemo: true), "screen-gate-demo")
  }

  @Test func gateFilteredWithDrafts() throws {
    var walk = try production().session()
    walk.type("/header")
    check(walk, "screen-gate-typing")
    walk.press(.enter)
    walk.type("w")
    walk.press(.tab, .tab)
    walk.type("2026-12-01")
    walk.collect("the policy is rolled out next week")
    check(walk, "screen-gate-filtered")
    walk.type("/nothing like it")
    check(walk, "screen-gate-no-match")
  }

  @Test func facts() throws {
    var launch = try SampleLaunch(.conditional)
    try launch.run()
    try launch.sign(["if.scripts"], .notApplicable, note: "")
    var walk = try launch.session()
    check(walk, "screen-gate-facts", isMain: true)
    walk.type("1")
    check(walk, "screen-gate-guidance")
    walk.type("s")
    check(walk, "screen-form-question")
    walk.press(.escape)
    walk.type("0s")
    walk.type("yn")
    check(walk, "screen-facts", isMain: true)
    walk.type("gj")
    walk.type("e")
    walk.type("the shop's database")
    check(walk, "screen-facts-note")
    walk.press(.enter)
    walk.type("S")
    check(walk, "screen-review-facts")
    walk.press(.escape)
    walk.type("v")
    check(walk, "screen-verdict-facts")
  }

  @Test func loosenedRules() throws {
    var walk = try SampleLaunch(.loosened).session()
    check(walk, "screen-gate-loosened")
    walk.type("v")
    check(walk, "screen-verdict-loosened")
  }

  @Test func running() throws {
    var walk = try production().session()
    walk.type("R")
    let jobs = try Checklist.production().points.flatMap { point in
      point.probes.map { ProbeRun.Line(point: point.id, probe: $0.id) }
    }
    walk.act(.runStarted(jobs))
    walk.act(.probeProgressed(index: 0, text: "asking for the certificate", elapsed: 200))
    walk.act(.probeProgressed(index: 1, text: "starting", elapsed: 300))
    walk.act(
      .probeFinished(
        index: 1, verdict: .fail,
        message: "http://shop.example answers 200 instead of redirecting to https", elapsed: 1_400))
    walk.act(.probeFinished(index: 2, verdict: .pass, message: "TLS 1.2 and 1.3", elapsed: 2_100))
    walk.act(.ticked(SampleLaunch.start, elapsed: 12_300))
    check(walk, "screen-running", isMain: true)
  }

  @Test func form() throws {
    var walk = try production().session()
    walk.type("/10")
    walk.press(.enter)
    walk.type("w")
    check(walk, "screen-form", isMain: true)
    walk.press(.tab, .tab)
    walk.type("2026-11-01")
    walk.press(.tab)
    walk.type("the policy is rolled out next week, together with the new login page, see OPS-17")
    walk.press(.paste("\nsecond line\nthird line\nfourth line"), .control("s"))
    check(walk, "screen-form-refused", isMain: true)
    for _ in 0..<4 { walk.press(.backTab) }
    check(walk, "screen-form-point")
  }

  /// At the smallest size, all of the form is there: points, decision, fields, refusal.
  @Test(arguments: [Size(rows: 24, columns: 80), Size(rows: 18, columns: 60)])
  func everythingOfTheFormCanBeReached(_ size: Size) throws {
    var walk = try production().session()
    walk.type("/10")
    walk.press(.enter)
    walk.type("w")
    walk.press(.control("s"))
    let form = try #require(walk.state.form)
    let order = form.order
    var seen: Set<String> = []
    for _ in order {
      let surface = drawn(walk, size)
      seen.formUnion(
        form.rows.map(\.point).filter { id in
          surface.text.contains { $0.contains("] \(id) ") }
        })
      for label in ["Decision", "Performed on", "Until", "Note", "Attach file"] {
        #expect(surface.text.contains { $0.contains(label) })
      }
      #expect(surface.cursor != nil)
      walk.press(.tab)
    }
    #expect(seen.count == 6)
    walk.press(.control("s"))
    let refusal = try #require(walk.state.form?.refusal)
    #expect(drawn(walk, size).text.contains { $0.contains(refusal) })
  }

  @Test func review() throws {
    var walk = try production().session()
    walk.type("/10")
    walk.press(.enter)
    walk.type("w")
    walk.press(.tab, .tab)
    walk.type("2026-12-01")
    walk.collect("the policy is rolled out next week")
    walk.type("2gs")
    walk.collect("compared with the profile, see the attached list of suites")
    walk.type("S")
    check(walk, "screen-review", isMain: true)
    walk.press(.control("s"))
    walk.type("10")
    check(walk, "screen-review-refused")
  }

  @Test func history() throws {
    var walk = try production().session()
    walk.type("/10")
    walk.press(.enter)
    walk.type("h")
    check(walk, "screen-history", isMain: true)
    walk.type("a")
    walk.press(.down, .down, .down)
    check(walk, "screen-history-all")
    check(try SampleLaunch().session().pressing("gjh"), "screen-history-empty")
  }

  @Test func verdictNoGo() throws {
    check(try production().session().pressing("v"), "screen-verdict-no-go", isMain: true)
  }

  @Test func verdictIncomplete() throws {
    var launch = try SampleLaunch()
    try launch.run()
    check(try launch.session().pressing("v"), "screen-verdict-incomplete")
  }

  @Test func verdictGoSealedAndReopened() throws {
    var launch = try finished()
    check(try launch.session().pressing("v"), "screen-verdict-go", isMain: true)
    let seal = try launch.seal()
    check(try launch.session().pressing("v"), "screen-verdict-sealed")
    try launch.add(.reopen(Reopen(record: seal, reason: "a customer reported double charges")))
    check(try launch.session().pressing("v"), "screen-verdict-reopened")
  }

  @Test func seal() throws {
    check(try finished().session().pressing("vS"), "screen-seal")
  }

  @Test func countersign() throws {
    var walk = try production().session()
    walk.type("/18")
    walk.press(.enter)
    walk.type("c")
    check(walk, "screen-countersign")
  }

  @Test func revoke() throws {
    var walk = try production().session()
    walk.type("/18")
    walk.press(.enter)
    walk.type("hu")
    walk.press(.control("s"))
    check(walk, "screen-revoke")
  }

  @Test func helpAndQuestion() throws {
    var walk = try production().session(isDemo: true)
    walk.type("?")
    check(walk, "screen-help", isMain: true)
    walk.press(.escape)
    walk.type("2s")
    walk.collect("seen")
    walk.type("q")
    #expect(walk.state.asksToQuit)
    check(walk, "screen-quit")
  }

  @Test func broken() {
    var walk = Walk(SessionState(now: SampleLaunch.start))
    walk.act(
      .loadFailed(
        reason: "the evidence is not intact: line 17 ends in the middle of a record",
        hint: "launchgate merge FILE --output FILE takes what is whole from a backup"))
    check(walk, "screen-broken")
  }

  @Test func tooSmall() throws {
    let walk = try production().session()
    for size in [
      Size(rows: 17, columns: 80), Size(rows: 24, columns: 59), Size(rows: 3, columns: 12),
      Size(rows: 1, columns: 1),
    ] {
      let name = "screen-small@\(size.columns)x\(size.rows)"
      let mismatch = Golden.mismatch(drawn(walk, size), name)
      #expect(mismatch == nil, "\(mismatch ?? "")")
    }
  }
}

extension Walk {
  /// The session after that was typed.
  fileprivate func pressing(_ text: String) -> Walk {
    var walk = self
    walk.type(text)
    return walk
  }
}
