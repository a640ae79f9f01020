internal import Checklist
internal import Evidence
internal import Gate

/// Changes the state for what happened, and says what is to be done about it.
///
/// Pure: no input or output, no clock, no chance.
public enum SessionReducer {
  /// The state after that action; the effects are to be done in order.
  public static func reduce(_ state: inout SessionState, _ action: Action) -> [Effect] {
    switch action {
    case .key(.resize(let size)):
      state.size = size
      return state.refreshIfOld()
    case .key(let key):
      let (seen, text) = (state.message, state.typedText)
      let effects = state.handle(key) + state.refreshIfOld()
      state.sayWhatWasRefused(key, since: text)
      state.turnToNews(after: seen)
      return effects
    case .pointed(let target):
      let seen = state.message
      let effects = state.point(at: target) + state.refreshIfOld()
      state.turnToNews(after: seen)
      return effects
    case .wheeled(let target, let count): return state.wheel(over: target, by: count)
    case .measured(let limits): state.clamp(to: limits)
    case .messageRead: state.message = state.news.next()
    case .commandEnded(let command): state.log.add(command)
    case .configurationMissing(let proposal):
      state.setup = SetupForm(proposal)
      state.screen = .setup
      state.forgetTypeAhead()
    case .loaded(let snapshot): return state.show(snapshot)
    case .evidenceChanged: return state.snapshot == nil ? [] : [.refresh]
    case .placeFound(let place): return state.resume(place)
    case .loadFailed(let reason, let hint): state.fail(to: .broken, reason, hint)
    case .refreshFailed(let reason, let hint):
      state.announce(.init(kind: .error, text: "this may be old: \(reason)", hint: hint))
    case .draftsFound(let drafts, let forms): state.take(drafts, forms)
    case .identityFound(let identity): state.identity = identity
    case .runStarted(let lines): state.startRun(ProbeRun(lines: lines))
    case .probeProgressed(let index, let text, let elapsed):
      state.progress(index, .running(text, since: elapsed), elapsed)
    case .probeFinished(let index, let verdict, let message, let elapsed):
      state.finish(index, verdict, message, elapsed)
    case .runRecorded(let snapshot, let note): return state.endRun(snapshot, note)
    case .recorded(let id, let snapshot): return state.acknowledge(id, snapshot)
    case .carryFound(let path, let points, let lines): state.offerCarry(path, points, lines)
    case .earlierFound(let offer): state.offer = offer
    case .recordFailed(let reason, let hint):
      state.recording = nil
      state.message = .init(kind: .error, text: "nothing was written: \(reason)", hint: hint)
    case .trustNeeded(let content, let points):
      state.awaitsRun = false
      state.trust = TrustPage(content, points: points)
      state.screen = .trust
    case .sendingAnnounced(let lines, let points):
      state.awaitsRun = false
      state.announcement = AnnouncementPage(lines, points: points)
      state.screen = .announcement
    case .runFailed(let reason, let hint):
      state.awaitsRun = false
      state.run?.isFinished = true
      state.announce(
        .init(kind: .error, text: "the run is not recorded: \(reason)", hint: hint))
    case .draftsNotKept(let reason, let hint):
      state.announce(
        .init(kind: .error, text: "drafts are in memory only: \(reason)", hint: hint))
    case .edited(let text): return state.takeNote(text)
    case .editFailed(let reason, let hint):
      state.awaitsEditor = false
      state.message = .init(kind: .error, text: reason, hint: hint)
    case .faultMended(let words):
      state.announce(.init(kind: .note, text: words, hint: nil))
    case .ticked(let now, let elapsed):
      state.now = now
      if state.isRunning { state.run?.elapsed = elapsed }
    case .interrupted: return state.saved + [.quit]
    }
    return []
  }
}

extension SessionState {
  /// Asks for a new judgement where the shown one is half a minute old: what holds only for a time
  /// must not stay green on a screen that was left open.
  fileprivate mutating func refreshIfOld() -> [Effect] {
    guard let report, !isRecording, !isRunning else { return [] }
    let latest = max(report.at, refreshedAt ?? report.at)
    guard now.seconds - latest.seconds >= 30 else { return [] }
    refreshedAt = now
    return [.refresh]
  }

  fileprivate mutating func show(_ snapshot: EvidenceSnapshot) -> [Effect] {
    let isFirst = self.snapshot == nil
    let arrivals = self.snapshot.flatMap { Arrivals(since: $0, in: snapshot) { _ in false } }
    replace(snapshot)
    now = max(now, snapshot.report.at)
    announce(arrivals)
    if !snapshot.report.controls.contains(where: { $0.number == list.selection }) {
      list.selection =
        openControls.first?.number ?? snapshot.report.controls.first?.number
    }
    let wasSetUp = screen == .setup
    if wasSetUp, message?.text == SetupForm.progress { message = nil }
    if screen == .loading || screen == .setup || screen == .broken { screen = .gate }
    guard isFirst else { return [] }
    openFirst(wasSetUp: wasSetUp)
    return takeTypeAhead()
  }

  /// What comes before everything else: what an earlier launch still proves, and the facts.
  private mutating func openFirst(wasSetUp: Bool) {
    if openOffer() { return }
    if wasSetUp && unansweredFacts > 0 {
      openFacts(isFirstRun: true)
    } else if message == nil {
      note(
        unansweredFacts > 0
          ? "\(unansweredFacts.counted("fact")) of the launch to answer: Enter; R runs all probes; v the verdict"
          : "R runs all probes; ] goes to what is open; v shows the verdict")
    }
  }

  /// Takes the newer evidence; the cursor of the history stays on its record.
  private mutating func replace(_ snapshot: EvidenceSnapshot) {
    let listed = listedHistory
    let selected =
      listed.indices.contains(history.selection) ? listed[history.selection].id : nil
    self.snapshot = snapshot
    if let selected, let index = listedHistory.firstIndex(where: { $0.id == selected }) {
      history.selection = index
    }
  }

  /// Shows the run, unless the user has begun with something else meanwhile.
  fileprivate mutating func startRun(_ run: ProbeRun) {
    awaitsRun = false
    self.run = run
    if screen == .gate || screen == .verdict { screen = .running }
  }

  fileprivate mutating func fail(to screen: Screen, _ reason: String, _ hint: String) {
    self.screen = screen
    typeAhead = TypeAhead()
    message = Message(kind: .error, text: reason, hint: hint)
  }

  fileprivate mutating func take(_ found: [DecisionDraft], _ forms: [FormDraft]) {
    knowsDrafts = true
    self.forms = Dictionary(forms.map { ($0.control, $0) }, uniquingKeysWith: { first, _ in first })
    guard !found.isEmpty else { return }
    drafts = found
    note("\(counted(found.count)) of an earlier session waiting to be signed: S shows them")
  }

  fileprivate mutating func progress(_ index: Int, _ stage: ProbeRun.Stage, _ elapsed: Int) {
    guard var run, run.lines.indices.contains(index) else { return }
    // A probe that was given up may still talk.
    if case .finished = run.lines[index].stage { return }
    if case .running(_, let since) = run.lines[index].stage, case .running(let text, _) = stage {
      run.lines[index].stage = .running(text, since: since)
    } else {
      run.lines[index].stage = stage
    }
    run.elapsed = max(run.elapsed, elapsed)
    self.run = run
  }

  fileprivate mutating func finish(
    _ index: Int, _ verdict: Finding.Verdict, _ message: String, _ elapsed: Int
  ) {
    guard let run, run.lines.indices.contains(index) else { return }
    var since = elapsed
    if case .running(_, let start) = run.lines[index].stage { since = start }
    progress(index, .finished(verdict, message, took: elapsed - since), elapsed)
  }

  fileprivate mutating func endRun(_ snapshot: EvidenceSnapshot, _ note: String?) -> [Effect] {
    run?.isFinished = true
    replace(snapshot)
    guard let run else { return [] }
    let counts = [
      (Finding.Verdict.fail, "fail"), (.review, "to review"), (.unknown, "unknown"),
      (.pass, "pass"),
    ].map { "\(run.count($0.0)) \($0.1)" }.joined(separator: ", ")
    announce(.init(kind: .note, text: withNext(note ?? "probes finished: \(counts)"), hint: nil))
    // Nobody waits ten seconds in front of a screen.
    guard run.elapsed >= 10_000 else { return [] }
    return [.notify("launchgate: \(snapshot.report.verdict.rawValue), \(counts)")]
  }

  fileprivate mutating func acknowledge(
    _ id: RecordID, _ snapshot: EvidenceSnapshot
  ) -> [Effect] {
    let written = recording
    recording = nil
    // What the same writing has found from others is theirs; what opens the launch is not.
    let others = self.snapshot.flatMap { old in
      Arrivals(since: old, in: snapshot) { entry in
        entry.id == id || ["opened", "candidate"].contains(entry.type)
      }
    }
    replace(snapshot)
    defer {
      message = Message(
        kind: .note,
        text: withNext("on disk: \(id.short); verdict \(snapshot.report.verdict.rawValue)"),
        isAcknowledgement: true)
      announce(others)
    }
    switch written {
    case .signOff(let signed, let signer):
      // What was collected while the record was being written is not in it.
      drafts.removeAll { signed.contains($0) }
      identity = signer
      if screen == .review {
        review = nil
        screen = .gate
        list.selection = openControls.first?.number ?? list.selection
      }
      return saved
    case .countersign(let record, _, _, _), .revoke(let record, _, _):
      if prompt?.record == record { closePrompt() }
    case .carry where launchPrompt?.isOffer ?? false: leaveOffer(isTaken: true)
    case .assign, .reopen, .carry:
      launchPrompt = nil
      if screen == .launch { screen = .gate }
    case .seal:
      seal = nil
      if screen == .seal { screen = .verdict }
    default: break
    }
    return []
  }

  /// Puts a plain sentence into the message line.
  mutating func note(_ text: String) { message = Message(kind: .note, text: text, hint: nil) }

  /// Says a plain sentence, after what stands in the message line already.
  mutating func tell(_ text: String) {
    if message == nil { note(text) } else { news.add(Message(kind: .note, text: text, hint: nil)) }
  }

  /// Puts a warning into the message line.
  mutating func warn(_ text: String) { message = Message(kind: .warning, text: text, hint: nil) }
}
