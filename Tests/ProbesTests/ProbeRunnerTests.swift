import Checklist
import Synchronization
import Testing

@testable import Probes

/// What the fakes were asked for, by the host name of the context: one for each test.
private let calls = Mutex<[String: [String]]>([:])
/// How many fakes of a test run now, and the most that ever did.
private let busy = Mutex<[String: (now: Int, most: Int)]>([:])

private func fake(_ id: String, _ scope: ProbeManual.Scope) -> ProbeManual {
  ProbeManual(
    id: id, version: 7, claim: "", standards: [], scope: scope, method: "", facts: "", fix: "",
    reproduce: "")
}

/// Passes; on a target, as its URL says.
private struct Quick: Probe {
  static let manual = fake("quick", .target)
  let parameters: Parameters
  init(parameters: Parameters) { self.parameters = parameters }

  func run(in context: ProbeContext) async -> Finding {
    let url = context.target?.url ?? "nowhere"
    calls.withLock { $0[context.hostName, default: []].append(url) }
    busy.withLock {
      let now = ($0[context.hostName]?.now ?? 0) + 1
      $0[context.hostName] = (now, max(now, $0[context.hostName]?.most ?? 0))
    }
    context.progress("looking at \(url)")
    try? await Task.sleep(for: .milliseconds(30))
    busy.withLock { $0[context.hostName]?.now -= 1 }
    let verdict = Finding.Verdict.allCases.first { url.contains($0.rawValue) } ?? .pass
    return Finding(
      verdict, "saw \(url)", facts: ["name": parameters.text("name") ?? "none"],
      coverage: ["requests": 2], transcript: "GET \(url)")
  }
}

/// Never returns by itself and does not heed cancellation.
private struct Deaf: Probe {
  static let manual = fake("deaf", .repository)
  init(parameters: Parameters) {}

  func run(in context: ProbeContext) async -> Finding {
    await withCheckedContinuation { (_: CheckedContinuation<Void, Never>) in
      // Nobody ever resumes it: a probe that hangs.
    }
    return Finding(.pass, "never")
  }
}

/// Ends when its task is cancelled.
private struct Patient: Probe {
  static let manual = fake("patient", .repository)
  init(parameters: Parameters) {}

  func run(in context: ProbeContext) async -> Finding {
    context.progress("waiting")
    try? await Task.sleep(for: .seconds(60))
    return Finding(.pass, "too late")
  }
}

/// Passes, and sends something for that.
private struct Sending: Probe {
  static let manual = ProbeManual(
    id: "sending", version: 2, claim: "", standards: [], scope: .target, method: "",
    sends: "3 wrong logins at most", facts: "", fix: "", reproduce: "")
  init(parameters: Parameters) {}

  func run(in context: ProbeContext) async -> Finding {
    calls.withLock { $0[context.hostName, default: []].append("sent") }
    return Finding(.pass, "sent")
  }
}

/// The runner with fake probes.
@Suite(.timeLimit(.minutes(1))) struct ProbeRunnerTests {
  private func runner(
    _ name: String, targets: [String] = ["https://pass.test"], timeout: Duration = .seconds(20),
    values: [String: JSONValue] = [:], limit: Int = 8, active: Bool = false,
    mayRun: @escaping @Sendable (ProbeReference) -> Bool = { _ in true }
  ) -> ProbeRunner {
    ProbeRunner(
      context: ProbeContext(
        hostName: name, now: Timestamp(seconds: 0), timeout: timeout, active: active),
      targets: targets.map { Target(url: $0) }, values: values, mayRun: mayRun,
      limits: ProbeLimits(total: limit, host: limit, processor: 8),
      repositoryTimeout: timeout
    ) { id in
      [Quick.self, Deaf.self, Patient.self, Sending.self].first { $0.manual.id == id }
    }
  }

  private func job(
    _ point: String, _ probe: String = "quick", _ parameters: [String: JSONValue] = [:]
  ) -> ProbeRunner.Job {
    ProbeRunner.Job(point: point, reference: ProbeReference(id: probe, parameters: parameters))
  }

  @Test func oneLookServesAllPointsThatWantTheSame() async {
    let jobs = [
      job("1.1"), job("1.2"), job("1.3", "quick", ["name": .string("x")]), job("1.4"),
    ]
    let outcomes = await runner("once").run(jobs) { _ in }
    #expect(outcomes.map(\.job) == jobs)
    #expect(calls.withLock { $0["once"] }?.count == 2)
    #expect(outcomes.map { $0.finding.facts["name"] } == ["none", "none", "x", "none"])
    #expect(outcomes.allSatisfy { $0.version == 7 && $0.finding.vantage.host == "once" })
  }

  @Test func everyPointIsToldOfItsProbe() async {
    let told = Mutex<[String]>([])
    _ = await runner("told").run([job("1.1"), job("1.2")]) { event in
      let text =
        switch event {
        case .progressed(let index, let text): "\(index) \(text)"
        case .finished(let index, let finding): "\(index) \(finding.verdict.rawValue)"
        }
      told.withLock { $0.append(text) }
    }
    #expect(
      told.withLock { $0 } == [
        "0 starting", "1 starting", "0 looking at https://pass.test",
        "1 looking at https://pass.test", "0 pass", "1 pass",
      ])
  }

  @Test func noMoreRunAtOnceThanAreAllowed() async {
    let jobs = (0..<12).map { job("1.\($0)", "quick", ["name": .integer($0)]) }
    let outcomes = await runner("limit", limit: 3).run(jobs) { _ in }
    #expect(outcomes.count == 12)
    #expect(busy.withLock { $0["limit"]?.most } ?? 0 <= 3)
    let none = await runner("none", limit: 0).run([job("1.1")]) { _ in }
    #expect(none.count == 1)
  }

  @Test func aProbeThatHangsIsGivenUpAndDelaysNobody() async {
    let ended = Mutex<[String]>([])
    let jobs = [job("1.1", "deaf")] + (0..<6).map { job("2.\($0)", "quick", ["n": .integer($0)]) }
    let start = ContinuousClock.now
    let outcomes = await runner("deaf", timeout: .milliseconds(100), limit: 2).run(jobs) { event in
      if case .finished(let index, _) = event { ended.withLock { $0.append(jobs[index].point) } }
    }
    #expect(ContinuousClock.now - start < .seconds(120))
    #expect(outcomes.map(\.finding.verdict) == [.unknown] + Array(repeating: .pass, count: 6))
    #expect(outcomes[0].finding.message.contains("did not finish within"))
    #expect(ended.withLock { Set($0) } == Set(jobs.map(\.point)))
  }

  @Test func aStopKeepsWhatHasEnded() async {
    let (ended, tell) = AsyncStream<Int>.makeStream()
    let jobs = [job("1.1"), job("2.1", "patient"), job("3.1", "deaf")]
    let runner = runner("stop")
    let run = Task {
      await runner.run(jobs) { event in
        if case .finished(let index, _) = event { tell.yield(index) }
      }
    }
    for await index in ended {
      #expect(index == 0)
      break
    }
    let start = ContinuousClock.now
    run.cancel()
    let outcomes = await run.value
    #expect(outcomes.map(\.job.point) == ["1.1"])
    #expect(ContinuousClock.now - start < .seconds(120))
  }

  @Test func anUnsetParameterIsUnknownByName() async {
    let jobs = [job("1.1", "quick", ["name": .string("${subject} in ${zone}")])]
    let without = await runner("unset").run(jobs) { _ in }
    #expect(without[0].finding.verdict == .unknown)
    #expect(without[0].finding.message == "the parameter subject, zone is not set")
    #expect(without[0].version == 7)
    #expect(calls.withLock { $0["unset"] } == nil)
    let values: [String: JSONValue] = ["subject": .string("shop"), "zone": .integer(3)]
    let with = await runner("set", values: values).run(jobs) { _ in }
    #expect(with[0].finding.facts == ["name": "shop in 3"])
    #expect(with[0].parameters == Parameters(["name": .string("shop in 3")]))
  }

  @Test("true and false may stand within a longer text, lists may not, and the refusal says so")
  func withinALongerText() async {
    let jobs = [job("1.1", "quick", ["name": .string("is ${value}")])]
    let flag = await runner("flag", values: ["value": .bool(true)]).run(jobs) { _ in }
    #expect(flag[0].finding.facts == ["name": "is true"])
    let list = await runner("list", values: ["value": .strings(["a"])]).run(jobs) { _ in }
    #expect(
      list[0].finding.message
        == "the parameter value has to be text, a whole number, true or false, because it stands "
        + "within a longer text")
  }

  @Test func anUnknownProbeIsUnknown() async {
    let outcomes = await runner("odd").run([job("1.1", "crystal.ball")]) { _ in }
    #expect(outcomes[0].finding.verdict == .unknown)
    #expect(outcomes[0].version == 0)
    #expect(outcomes[0].finding.message.contains("crystal.ball"))
  }

  @Test func aUseThatIsNotAllowedReadsSendsAndAnnouncesNothing() async {
    let trusted = job("1.1", "quick", ["name": .string("${file}")])
    let others = [
      job("1.2", "quick", ["name": .string("/etc/shadow")]), job("1.3"),
      job("1.4", "quick", ["name": .string("${file}"), "more": .integer(1)]),
      job("1.5", "sending", ["variable": .string("CLOUD_SECRET_KEY")]),
    ]
    let runner = runner(
      "foreign", values: ["file": .string("a.log")], active: true,
      mayRun: { $0 == trusted.reference })
    #expect(runner.announcements(others).isEmpty)
    let outcomes = await runner.run([trusted] + others) { _ in }
    #expect(outcomes.map(\.finding.verdict) == [.pass] + Array(repeating: .unknown, count: 4))
    #expect(calls.withLock { $0["foreign"] } == ["https://pass.test"])
    for outcome in outcomes.dropFirst() {
      #expect(outcome.finding.message.hasPrefix("nothing was run: the evidence asks for "))
      #expect(outcome.finding.hint?.contains("launchgate adopt") == true)
      #expect(outcome.parameters == Parameters(outcome.job.reference.parameters))
    }
  }

  @Test(arguments: [
    (["pass", "fail", "review"], Finding.Verdict.fail), (["pass", "unknown"], .unknown),
    (["not-applicable", "pass"], .pass), (["review", "pass"], .review), (["pass"], .pass),
  ])
  func theWorstOfSeveralTargetsCounts(names: [String], verdict: Finding.Verdict) async {
    let urls = names.map { "https://\($0).test" }
    let outcomes = await runner("targets \(names)", targets: urls).run([job("1.1")]) { _ in }
    let finding = outcomes[0].finding
    #expect(finding.verdict == verdict)
    guard names.count > 1 else { return }
    #expect(finding.coverage == ["requests": 2 * names.count])
    #expect(finding.facts.keys.sorted() == urls.map { "\($0) name" }.sorted())
    for url in urls {
      #expect(finding.transcript.contains("GET \(url)"))
      #expect(finding.details.contains { $0.text.contains(url) })
    }
  }

  @Test func withoutTargetsAProbeIsAskedAllTheSame() async {
    let outcomes = await runner("bare", targets: []).run([job("1.1")]) { _ in }
    #expect(outcomes.map(\.finding.message) == ["saw nowhere"])
    let nothing = await runner("bare").run([]) { _ in }
    #expect(nothing.isEmpty)
  }

  @Test func nothingIsSentUnlessTheUserAskedForIt() async {
    let jobs = [job("1.1", "sending"), job("1.2", "sending"), job("1.3")]
    let passive = runner("passive", targets: ["https://a.test"])
    #expect(passive.announcements(jobs).isEmpty)
    let outcomes = await passive.run(jobs) { _ in }
    #expect(outcomes.map(\.finding.verdict) == [.unknown, .unknown, .pass])
    #expect(
      outcomes[0].finding.message == "it sends 3 wrong logins at most: only with --active")
    #expect(outcomes[0].finding.hint?.contains("--active") == true)
    #expect(outcomes[0].version == 2)
    #expect(calls.withLock { $0["passive"] } == ["https://a.test"])
  }

  @Test func whatIsSentIsAnnouncedOnceForEachTarget() async {
    let jobs = [
      job("1.1", "sending", ["login": .string("${login}")]), job("1.2"),
      job("1.3", "sending", ["login": .string("${login}")]),
    ]
    let targets = ["https://a.test", "https://user:word@b.test/?token=1"]
    let unset = runner("unset active", targets: targets, active: true)
    #expect(unset.announcements(jobs).isEmpty)
    _ = await unset.run(jobs) { _ in }
    #expect(calls.withLock { $0["unset active"] }?.contains("sent") == false)
    let set = runner(
      "active", targets: targets, values: ["login": .string("/login")], active: true)
    #expect(
      set.announcements(jobs).map(\.words) == [
        "sending sends to https://a.test: 3 wrong logins at most (login=/login)",
        "sending sends to https://[redacted]@b.test/?token=[redacted]: "
          + "3 wrong logins at most (login=/login)",
      ])
    let outcomes = await set.run(jobs) { _ in }
    #expect(outcomes.map(\.finding.verdict) == [.pass, .pass, .pass])
  }

  @Test("as many uses are announced as send, however alike they are once filled in")
  func eachUseThatSendsIsAnnounced() async {
    let jobs = [
      job("1.1", "sending", ["login": .string("/login")]),
      job("1.2", "sending", ["login": .string("/login"), "format": .string("${format?}")]),
      job("1.3", "sending", ["login": .string("/login")]),
    ]
    let runner = runner(
      "alike", targets: ["https://a.test/?token=1", "https://a.test/?token=2"], active: true)
    _ = await runner.run(jobs) { _ in }
    #expect(calls.withLock { $0["alike"] }?.count == 4)
    #expect(runner.announcements(jobs).count == 4)
  }
}
