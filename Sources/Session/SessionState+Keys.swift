internal import Checklist
internal import Evidence
internal import Gate

extension SessionState {
  /// What a key does, by the page that is shown.
  mutating func handle(_ key: Key) -> [Effect] {
    // What cannot be seen must not be done.
    if Self.isTooSmall(size) {
      return key == .control("c") ? saved + [.quit] : []
    }
    if asksToQuit { return answerQuit(key) }
    if awaitsEditor { return key == .control("c") ? quit() : [] }
    if help == nil, typesAhead(key) { return [] }
    if case .alt(let character) = key, Key.altCharacters.contains(character), !isTyping,
      help == nil,
      command == nil
    {
      // Where nothing is edited this was Esc, and a letter close behind it.
      return handle(.escape) + handle(.character(character))
    }
    if help != nil { return answerHelp(key) }
    if command != nil { return handleCommand(key) }
    switch key {
    case .control("l"): return [.redraw]
    case .control("z"): return [.suspend]
    case .control("c"): return quit()
    case .function(1):
      help = HelpPage()
      return []
    case .character("?") where !isTyping:
      help = HelpPage()
      return []
    case .character(":") where !isTyping && report != nil:
      command = CommandEntry()
      return []
    default:
      let before = (screen: screen, message: message)
      defer {
        // What was said of another page is not about this one.
        if screen != before.screen, message == before.message, message?.kind != .error {
          message = nil
        }
      }
      return handlePage(key)
    }
  }

  /// What means the same on every page means it under the help too.
  private mutating func answerHelp(_ key: Key) -> [Effect] {
    switch key {
    case .control("l"): return [.redraw]
    case .control("z"): return [.suspend]
    case .control("c"):
      // The question before the end must not lie under the help.
      help = nil
      return quit()
    default:
      handleHelp(key)
      return []
    }
  }

  /// Whether characters are text here, not commands.
  public var isTyping: Bool {
    switch screen {
    case .setup, .form, .review, .prompt, .launch, .seal, .trust, .announcement: true
    case .gate: list.isTyping
    case .facts: facts.note != nil
    case .loading, .running, .history, .verdict, .log, .broken: false
    }
  }

  private mutating func handlePage(_ key: Key) -> [Effect] {
    switch screen {
    case .loading, .broken: return key == .character("q") ? quit() : []
    case .setup: return handleSetup(key)
    case .gate: return handleGate(key)
    case .facts: return handleFacts(key)
    case .running: return handleRunning(key)
    case .form: return handleForm(key)
    case .review: return handleReview(key)
    case .history: return handleHistory(key)
    case .verdict: return handleVerdict(key)
    case .seal: return handleSeal(key)
    case .prompt: return handlePrompt(key)
    case .launch: return handleLaunch(key)
    case .trust: return handleConsent(key, on: \.trust)
    case .announcement: return handleConsent(key, on: \.announcement)
    case .log: return handleLog(key)
    }
  }

  /// Ends, after a question where something would stop or wait.
  mutating func quit() -> [Effect] {
    let isWaiting = isRunning || awaitsRun || isRecording
    let isUnsigned = !drafts.isEmpty || form != nil || !forms.isEmpty
    let isSetUp = screen == .setup && setup?.isChanged ?? false
    if isWaiting || isUnsigned || isSetUp {
      asksToQuit = true
      return []
    }
    return [.quit]
  }

  private mutating func answerQuit(_ key: Key) -> [Effect] {
    asksToQuit = false
    switch key {
    case .character("y"), .character("Y"): return saved + [.quit]
    default: return []
    }
  }

  /// Keeps the collected decisions and all that stands in forms, the open one included.
  ///
  /// Nothing where drafts on disk were not read yet: they must not be replaced unseen.
  var saved: [Effect] {
    guard knowsDrafts else { return [] }
    var kept = forms
    if let form { kept[form.control] = form.draft }
    return [.saveDrafts(drafts, forms: kept.values.sorted { $0.control < $1.control })]
  }

  private mutating func handleSetup(_ key: Key) -> [Effect] {
    switch key {
    case .escape: return quit()
    case .control("t"): setup?.isAuthorised.toggle()
    case .control("s"):
      guard let form = setup else { return [] }
      if let gap = form.gap {
        warn(gap)
      } else {
        note(SetupForm.progress)
        return [.setUp(form.answers)]
      }
    default: _ = setup?.fields.apply(key)
    }
    return []
  }

  private mutating func handleRunning(_ key: Key) -> [Effect] {
    switch key {
    case .escape, .character("q"): screen = .gate
    case .character("j"), .down: moveRun(by: 1)
    case .character("k"), .up: moveRun(by: -1)
    case .enter:
      if let run, run.lines.indices.contains(run.selection) {
        let point = run.lines[run.selection].point
        list.selection = report?.control(ofPoint: point)?.number ?? list.selection
        screen = .gate
      }
    case .character("x") where isRunning:
      run?.isStopping = true
      return [.stopProbes]
    default: break
    }
    return []
  }

  private mutating func moveRun(by count: Int) {
    guard let run else { return }
    self.run?.selection = max(0, min(run.selection + count, run.lines.count - 1))
  }

  private mutating func handleHistory(_ key: Key) -> [Effect] {
    let entries = listedHistory
    let selected = history.selection
    defer { if history.selection != selected { history.scroll = 0 } }
    switch key {
    case .escape, .character("q"): screen = .gate
    case .character("j"), .down:
      history.selection = min(history.selection + 1, max(0, entries.count - 1))
    case .character("k"), .up: history.selection = max(0, history.selection - 1)
    case .character("a"):
      history = HistoryPage(showsAll: !history.showsAll)
    case .pageDown: history.scroll += 5
    case .pageUp: history.scroll = max(0, history.scroll - 5)
    case .character("u"): openPrompt(.revoke, entries)
    case .character("c"): openPrompt(.countersign, entries)
    case .character("y"):
      if entries.indices.contains(history.selection) {
        note("copied the record's id")
        return [.copy(entries[history.selection].id.description)]
      }
    default: break
    }
    return []
  }

  private mutating func openPrompt(_ purpose: RecordPrompt.Purpose, _ entries: [HistoryEntry]) {
    guard entries.indices.contains(history.selection) else { return }
    let entry = entries[history.selection]
    let allowed =
      purpose == .countersign
      ? ["sign-off", "carry", "policy"]
      : ["sign-off", "carry", "policy", "countersign", "assign"]
    guard allowed.contains(entry.type) else {
      warn("a \(entry.type) cannot be \(purpose == .revoke ? "taken back" : "countersigned")")
      return
    }
    openPrompt(purpose, entry)
  }

  /// Opens the page on which that record is taken back or agreed to.
  ///
  /// What has to be typed is the number of the control, or the release where the record is not
  /// about a single one.
  mutating func openPrompt(
    _ purpose: RecordPrompt.Purpose, _ entry: HistoryEntry, confirmation: String? = nil
  ) {
    let numbers = Set(
      entry.points.compactMap { report?.control(ofPoint: $0)?.number })
    let number = numbers.count == 1 ? numbers.first : nil
    prompt = RecordPrompt(
      purpose, entry, identity: identity,
      confirmation: confirmation ?? number ?? report?.release ?? "",
      takingOut: purpose == .countersign ? takenOut(by: entry) : [])
    prompt?.isFromHistory = screen == .history
    screen = .prompt
  }

  /// Critical controls of which a record takes points out, by facts that do not hold.
  private func takenOut(by entry: HistoryEntry) -> [Control] {
    guard let report else { return [] }
    let absent = entry.points.filter { point in
      report.facts.contains {
        $0.point.id == point && $0.decision?.decision.answer != .met
      }
    }
    return ReviewPage.criticalControls(
      deciding: [], absent: Set(absent), in: report.checklist)
  }

  private mutating func handleVerdict(_ key: Key) -> [Effect] {
    switch key {
    case .escape, .character("q"), .character("v"): screen = .gate
    case .character("j"), .down: verdictScroll += 1
    case .character("k"), .up: verdictScroll = max(0, verdictScroll - 1)
    case .pageDown: verdictScroll += 10
    case .pageUp: verdictScroll = max(0, verdictScroll - 10)
    case .character("R"): return startRun([])
    case .character("S"): openSeal()
    case .character("y"):
      guard let report else { return [] }
      note("copied the summary")
      return [.copy(VerdictSummary.text(report))]
    default: break
    }
    return []
  }

  private mutating func openSeal() {
    guard let report else { return }
    guard report.isSealable else {
      warn("the gate says \(report.verdict.rawValue): only a GO is sealed")
      return
    }
    seal = FieldList(
      FieldList.identity(identity) + [
        .init("note", "Note"),
        .init("release", "Type the release \(report.release)", expected: report.release),
      ], focus: 4)
    screen = .seal
  }

  /// Asks for a run of those points, or of all where none are given.
  mutating func startRun(_ points: [String]) -> [Effect] {
    guard !isRunning else {
      screen = .running
      return []
    }
    guard !awaitsRun else { return [] }
    awaitsRun = true
    return [.runProbes(points: points)]
  }
}
