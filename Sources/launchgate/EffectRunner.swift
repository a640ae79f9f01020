internal import Checklist
internal import Evidence
internal import Foundation
internal import Gate
internal import Probes
internal import Session
internal import Synchronization
internal import Terminal

/// Does what the reducer decides, in order, and reports what came of it.
///
/// Records are written one after another by one consumer; probes run beside them.
final class EffectRunner: Sendable {
  private let options: GlobalOptions
  private let example: ExampleLaunch?
  private let mailbox: Mailbox<ScreenMessage>
  private let queue: AsyncStream<Effect>.Continuation
  private let run = Mutex<Task<Void, Never>?>(nil)
  private let keyFile: String?
  private let stores = Mutex<[String: DraftStore]>([:])
  /// Whether the user asked for probes that send what no visitor would.
  private let active: Bool
  private let agreed = Mutex<Set<String>>([])
  /// What is known of the file that is on the screen, and is watched.
  private let watch = EvidenceWatch()

  init(
    options: GlobalOptions, key: String?, mailbox: Mailbox<ScreenMessage>,
    example: ExampleLaunch? = nil, active: Bool = false
  ) {
    self.options = options
    self.mailbox = mailbox
    self.example = example
    keyFile = key
    self.active = active
    let (stream, continuation) = AsyncStream<Effect>.makeStream()
    queue = continuation
    let log = CommandLog(now: { Clock.now }) { entry in
      mailbox.send(
        .action(
          .commandEnded(
            LoggedCommand(
              at: entry.at, words: entry.words, took: Int(entry.took / .milliseconds(1)),
              outcome: entry.outcome))))
    }
    CommandLog.$current.withValue(log) {
      _ = Task { [self] in for await effect in stream { await perform(effect) } }
    }
  }

  /// Takes an effect; drafts are written at once, because the program may be about to end.
  func start(_ effect: Effect) {
    switch effect {
    case .saveDrafts(let drafts, let forms): save(drafts, forms)
    case .stopProbes: run.withLock { $0?.cancel() }
    default: queue.yield(effect)
    }
  }

  private func perform(_ effect: Effect) async {
    do {
      switch effect {
      case .load: try load()
      case .refresh: try refresh()
      case .setUp(let answers): try setUp(answers)
      case .runProbes(let points): try startRun(points)
      case .send(let lines, let points): try startRun(points, agreedTo: lines)
      case .trust(let content, let points):
        try trust(content, try Workspace(options))
        try startRun(points)
      case .signOff(let drafts, let person):
        try await write(person) { recorder in
          .signOff(SignOff(decisions: try recorder.decisions(drafts)))
        }
      case .countersign(let record, let points, let note, let person):
        try await write(person) { _ in
          .countersign(Countersign(record: record, points: points, note: note))
        }
      case .revoke(let record, let reason, let person):
        try await write(person) { _ in .revoke(Revoke(record: record, reason: reason)) }
      case .seal(let note, let person): try await seal(note, person)
      case .assign, .reopen, .examine, .carry: try await performOnLaunch(effect)
      case .mendFault(let point): try await mend(point)
      case .edit(let text, let name): try await edit(text, named: name)
      case .saveDrafts, .stopProbes, .copy, .setMouse, .setTheme, .notify, .suspend, .redraw,
        .quit:
        break
      }
    } catch let missing as Permission.Missing {
      ask(missing, for: effect)
    } catch {
      report(error, of: effect)
    }
  }

  /// Sends what happened to the screen.
  func send(_ action: Action) { mailbox.send(.action(action)) }

  func report(_ error: any Error, of effect: Effect) {
    let problem = Problem(error) ?? Problem("\(error)")
    let hint = problem.hints.joined(separator: "; ")
    switch effect {
    case .load: send(.loadFailed(reason: problem.reason, hint: hint))
    case .refresh: send(.refreshFailed(reason: problem.reason, hint: hint))
    case .edit: send(.editFailed(reason: problem.reason, hint: hint))
    case .runProbes, .mendFault, .trust, .send:
      send(.runFailed(reason: problem.reason, hint: hint))
    default: send(.recordFailed(reason: problem.reason, hint: hint))
    }
  }

  private func load() throws {
    let workspace: Workspace
    do {
      workspace = try Workspace(options)
    } catch is Workspace.NotConfigured {
      let folder = FileManager.default.currentDirectoryPath
      send(.configurationMissing(SetupGuess.proposal(folder: folder)))
      return
    }
    let identity = identity(workspace)
    send(.identityFound(identity))
    let found = try LaunchRecorder(workspace: workspace).current()
    let evidence = try found ?? opened(workspace, identity)
    if found == nil, example == nil, let offer = earlierLaunch(workspace) {
      send(.earlierFound(offer))
    }
    let left = drafts(workspace).load()
    send(.draftsFound(left.drafts, forms: left.forms))
    if var place = places(workspace.evidence.path)?.load() {
      if options.overridesTheme { place.theme = nil }
      send(.placeFound(place))
    }
    send(.loaded(try snapshot(evidence, workspace)))
    watch.start(workspace.evidence.path) { [mailbox] in mailbox.send(.action(.evidenceChanged)) }
  }

  /// Keeps where the user was; nothing of the example, which is made anew each time.
  func keep(_ session: SessionState) {
    guard let path = session.snapshot?.path else { return }
    places(path)?.save(session.place)
  }

  private func places(_ path: String) -> PlaceStore? {
    example == nil
      ? PlaceStore(evidence: path, environment: ProcessInfo.processInfo.environment) : nil
  }

  private func refresh() throws {
    let workspace = try Workspace(options)
    guard let evidence = try LaunchRecorder(workspace: workspace).current() else { return }
    send(.loaded(try snapshot(evidence, workspace)))
  }

  private func opened(_ workspace: Workspace, _ identity: Identity) throws -> Evidence {
    let recorder = LaunchRecorder(workspace: workspace)
    if let evidence = try recorder.current() { return evidence }
    let resolution = IdentityResolution(folder: workspace.repository)
    return try recorder.opened(
      by: resolution.runner(identity, policy: workspace.configuration.policy))
  }

  private func setUp(_ answers: SetupAnswers) throws {
    let folder = FileManager.default.currentDirectoryPath
    let path = try Initialisation(folder: folder).write(answers)
    try TrustStore().trustWritten(path)
    try load()
  }

  private func identity(_ workspace: Workspace) -> Identity {
    if let example { return example.identity }
    var identity = IdentityResolution(folder: workspace.repository)
      .identity(.none, policy: workspace.configuration.policy)
    if identity.role.isEmpty { identity.role = "release-manager" }
    identity.key = keyFile ?? identity.key
    if identity.key == nil {
      let keys = KeyResolution(
        policy: workspace.configuration.policy, folder: workspace.repository)
      identity.key = try? keys.key(for: identity)?.key
    }
    return identity
  }

  private func snapshot(_ evidence: Evidence, _ workspace: Workspace) throws -> EvidenceSnapshot {
    var snapshot = try EvidenceSnapshot(evidence, path: workspace.evidence.path, at: Clock.now)
    snapshot.report.warnings += RuleDrift.warnings(workspace, snapshot.report)
    return snapshot
  }

  /// Does something that needs the terminal for itself, on the thread that has it.
  func lending<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      mailbox.send(.lend { continuation.resume(returning: body()) })
    }
  }

  /// The launch as its configuration is now.
  func workspace() throws -> Workspace { try Workspace(options) }

  /// Writes what that person says, signed where there is a key.
  func write(
    _ person: Identity, _ body: (LaunchRecorder) throws -> Record.Body
  ) async throws {
    let recorder = LaunchRecorder(workspace: try Workspace(options))
    let author = try author(person, recorder.workspace)
    try await write(recorder.drafts(body(recorder), by: author), of: person, recorder)
  }

  private func seal(_ note: String, _ person: Identity) async throws {
    let recorder = LaunchRecorder(workspace: try Workspace(options))
    let author = try author(person, recorder.workspace)
    try await write([recorder.sealDraft(note: note, by: author)], of: person, recorder)
  }

  private func write(
    _ drafts: [Entry], of person: Identity, _ recorder: LaunchRecorder
  ) async throws {
    let signing = try ScreenSigning(recorder, person, looks: example == nil)
    let entries = try await signing.signed(drafts) { [self] body in await lending(body) }
    guard let id = entries.last?.id else { return }
    let evidence = try watch.whileWriting { try recorder.add(entries) }
    send(.recorded(id, try snapshot(evidence, recorder.workspace)))
  }

  private func author(_ person: Identity, _ workspace: Workspace) throws -> Author {
    try IdentityResolution(folder: workspace.repository)
      .author(person, policy: workspace.configuration.policy)
  }

  private func drafts(_ workspace: Workspace) -> DraftStore {
    let path = workspace.evidence.path
    return stores.withLock { stores in
      if let store = stores[path] { return store }
      let store = DraftStore(evidence: path, environment: ProcessInfo.processInfo.environment)
      stores[path] = store
      return store
    }
  }

  private func save(_ drafts: [DecisionDraft], _ forms: [FormDraft]) {
    do {
      let workspace = try Workspace(options)
      try self.drafts(workspace).save(drafts, forms)
    } catch {
      let problem = Problem(error) ?? Problem("\(error)")
      send(
        .draftsNotKept(reason: problem.reason, hint: "sign now, or make room for them"))
    }
  }

  private func mend(_ point: String) async throws {
    guard let example else { return }
    let words = try await example.mend(point: point)
    send(.faultMended(words))
    try startRun([point])
  }
}

extension EffectRunner {
  /// Starts a run beside everything else; what has ended when it is stopped is recorded.
  ///
  /// What active probes send is shown before it is sent; nothing is run where it is shown.
  private func startRun(_ points: [String], agreedTo lines: [String] = []) throws {
    let workspace = try Workspace(options)
    let permission =
      try example == nil
      ? Permission(workspace, digests: options.trust) : Permission(example: workspace)
    // What is judged are the points of the evidence; what may run of them is up to the permission.
    let checklist =
      try LaunchRecorder(workspace: workspace).current()
      .map { try Gate.evaluate($0, at: Clock.now).checklist } ?? workspace.checklist
    let selected = try PointSelection(points, in: checklist).points
    let jobs = ProbeRunner.Job.all(selected)
    let runner = LaunchRunner.runner(for: permission, active: active)
    let announced = runner.announcements(jobs).map(\.words)
    agreed.withLock { $0.formUnion(lines) }
    guard agreed.withLock({ $0.isSuperset(of: announced) }) else {
      send(.sendingAnnounced(announced, points: points))
      return
    }
    send(
      .runStarted(jobs.map { ProbeRun.Line(point: $0.point, probe: $0.reference.id) }))
    let task = Task { [self] in
      let start = ContinuousClock.now
      let outcomes = await runner.run(jobs) { [self] event in
        let elapsed = Int((ContinuousClock.now - start) / .milliseconds(1))
        switch event {
        case .progressed(let index, let text):
          send(.probeProgressed(index: index, text: text, elapsed: elapsed))
        case .finished(let index, let finding):
          send(
            .probeFinished(
              index: index, verdict: finding.verdict, message: finding.message, elapsed: elapsed))
        }
      }
      endRun(outcomes, of: jobs.count, workspace)
    }
    run.withLock { $0 = task }
  }

  /// Runs are signed where a key was given that asks nobody; a sign-off covers them otherwise.
  private func signed(_ entries: [Entry]) -> [Entry] {
    guard let keyFile else { return entries }
    let key = SigningKey(keyFile, origin: "given")
    guard !key.isHardware else { return entries }
    return (try? RecordSigner(key: key, check: { _ in }).sign(entries, mayAsk: false)) ?? entries
  }

  private func endRun(_ outcomes: [ProbeRunner.Outcome], of count: Int, _ workspace: Workspace) {
    do {
      let recorder = LaunchRecorder(workspace: workspace)
      let person = identity(workspace)
      let author = try IdentityResolution(folder: workspace.repository)
        .runner(person, policy: workspace.configuration.policy)
      let findings = outcomes.map(LaunchRunner.finding)
      let evidence = try watch.whileWriting {
        findings.isEmpty
          ? try recorder.opened(by: author)
          : try recorder.add(signed(recorder.drafts(findings, by: author)))
      }
      let note =
        outcomes.count < count
        ? "stopped: \(outcomes.count) of \(count.counted("probe")) recorded, the rest has not run"
        : nil
      send(.runRecorded(try snapshot(evidence, workspace), note: note))
    } catch {
      report(error, of: .runProbes(points: []))
    }
  }
}
