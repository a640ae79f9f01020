internal import Checklist
internal import Evidence
internal import Gate

extension SessionState {
  /// Keys of the main page.
  mutating func handleGate(_ key: Key) -> [Effect] {
    if list.isTyping { return handleFilter(key) }
    switch key {
    case .character("q"): return quit()
    case .character("j"), .down: move(by: 1)
    case .character("k"), .up: move(by: -1)
    case .character("g"), .home: move(by: -1_000)
    case .character("G"), .end: move(by: 1_000)
    case .tab, .backTab: list.isDetailFocused.toggle()
    case .pageDown: list.detailScroll += 10
    case .pageUp: list.detailScroll = max(0, list.detailScroll - 10)
    case .character("]"): moveToOpen(1)
    case .character("["): moveToOpen(-1)
    case .character("/"):
      list.filter = TextInput(limit: TextInput.line)
      list.isTyping = true
    case .escape: clearFilter()
    case .character(let digit) where digit.isASCII && digit.isNumber:
      moveToDomain((digit.wholeNumberValue ?? 0) - 1)
    default: return handleGateCommand(key)
    }
    return []
  }

  private mutating func handleGateCommand(_ key: Key) -> [Effect] {
    switch key {
    case .character("R"): return startRun([])
    case .character("r"): return runSelected()
    case .character("t"): return refreshOld()
    case .character("s"), .enter: openForm(.met)
    case .character("w"): openForm(.riskAccepted)
    case .character("n"): openForm(.notApplicable)
    case .character("a"): openAcceptance()
    case .character("o"): openForm(.observedByHand)
    case .character("D"): return discard()
    case .character("S"): openReview()
    case .character("c"): openCountersign()
    case .character("h"):
      history = HistoryPage()
      screen = .history
    case .character("v"):
      verdictScroll = 0
      screen = .verdict
    case .character("p") where run != nil: screen = .running
    case .character("l"):
      log.scroll = 0
      screen = .log
    case .character("y"):
      guard let control = selectedControl, let report else { return [] }
      note("copied the control's standing")
      return [.copy(VerdictSummary.text(control, report))]
    case .character("f") where isDemo: return mendSelected()
    default: break
    }
    return []
  }

  private mutating func handleFilter(_ key: Key) -> [Effect] {
    switch key {
    case .enter: list.isTyping = false
    case .escape: clearFilter()
    default: _ = list.filter?.apply(key)
    }
    if list.filter?.isEmpty ?? true, !list.isTyping { list.filter = nil }
    if !visibleControls.contains(where: { $0.number == list.selection }) {
      select(visibleControls.first)
    }
    return []
  }

  /// Lists only what has these words; all where there are none.
  mutating func setFilter(_ words: String) {
    list.isTyping = false
    list.filter = words.isEmpty ? nil : TextInput(words, limit: TextInput.line)
    if !visibleControls.contains(where: { $0.number == list.selection }) {
      select(visibleControls.first)
    }
  }

  mutating func clearFilter() {
    list.filter = nil
    list.isTyping = false
    list.isDetailFocused = false
  }

  private mutating func select(_ control: Control?) {
    guard let control else { return }
    select(control.number)
  }

  /// Looks at the control of that number, from its beginning.
  mutating func select(_ number: String) {
    if number != list.selection { list.detailScroll = 0 }
    list.selection = number
  }

  private mutating func move(by count: Int) {
    if list.isDetailFocused {
      list.detailScroll = max(0, list.detailScroll + count)
    } else {
      moveSelection(by: count)
    }
  }

  /// Moves the cursor of the list.
  mutating func moveSelection(by count: Int) {
    let controls = visibleControls
    guard !controls.isEmpty else { return }
    let index = controls.firstIndex { $0.number == list.selection } ?? 0
    select(controls[min(max(0, index + count), controls.count - 1)])
  }

  private mutating func moveToOpen(_ step: Int) {
    let all = openControls
    guard !all.isEmpty else {
      note(
        drafts.isEmpty
          ? "nothing is open: v shows the verdict" : "all is decided: S to review and sign")
      return
    }
    // The filter is kept as long as it lets something open through.
    let listed = Set(visibleControls.map(\.number))
    let within = all.filter { listed.contains($0.number) }
    let isLeft = list.filter != nil && within.isEmpty
    let open = within.isEmpty ? all : within
    let index = open.firstIndex { $0.number == list.selection }
    let next = index.map { ($0 + step + open.count) % open.count } ?? 0
    if isLeft { clearFilter() }
    select(open[next])
    let place = isLeft ? "; nothing was open in the filter: all are listed" : ""
    note(
      "open: \(next + 1) of \(open.count)"
        + (list.filter == nil ? place : " in the filter, \(all.count) in all"))
  }

  /// Looks at the first control of a domain; before the first there are the facts of the launch.
  mutating func moveToDomain(_ index: Int) {
    if index == -1, let first = report?.checklist.preliminaries?.controls.first {
      clearFilter()
      select(first)
    }
    guard let report, report.checklist.domains.indices.contains(index) else { return }
    clearFilter()
    select(report.checklist.domains[index].controls.first)
  }

  /// Runs the probes of the control under the cursor.
  mutating func runSelected() -> [Effect] {
    guard let control = selectedControl else { return [] }
    let points = control.points.filter { !$0.probes.isEmpty }.map(\.id)
    guard !points.isEmpty else {
      note("control \(control.number) has no probe: s to decide it")
      return []
    }
    return startRun(points)
  }

  mutating func openForm(_ answer: Decision.Answer, accepting: Bool = false) {
    guard let control = selectedControl, let report else { return }
    if control.number == Checklist.factsNumber {
      openFacts()
      return
    }
    let points = Set(control.points.map(\.id))
    form = SignOffForm(
      control, report, answer: answer, drafts: drafts.filter { points.contains($0.point) },
      on: today, accepting: accepting, isAsked: isAsked)
    if let kept = forms[control.number] {
      form?.restore(kept)
      if answer != .met { form?.answer = answer }
      note("what was typed before is here again")
    } else if form?.rows.allSatisfy({ !$0.isTicked }) ?? false {
      note("nothing here waits for this answer: Space ticks what you decide on anyway")
    }
    screen = .form
  }

  /// Takes the collected decisions of the selected control out of the batch.
  private mutating func discard() -> [Effect] {
    guard let control = selectedControl else { return [] }
    let points = Set(control.points.map(\.id))
    // What is no longer on the checklist belongs to no control, and goes with any of them.
    let kept = drafts.filter {
      !points.contains($0.point) && report?.standing($0.point) != nil
    }
    guard kept.count < drafts.count else {
      note("nothing is collected for control \(control.number)")
      return []
    }
    note("\(counted(drafts.count - kept.count)) dropped; nothing was signed")
    drafts = kept
    return saved
  }

  mutating func openReview() {
    guard let report else { return }
    if case .signOff = recording {
      note("a sign-off is being written")
      return
    }
    guard !drafts.isEmpty else {
      note(
        report.verdict == .go
          ? "nothing is waiting: v, then S seals the release"
          : "nothing is waiting to be signed: s decides on a control")
      return
    }
    review = ReviewPage(drafts, report, identity)
    screen = .review
  }

  /// Goes to the sign-off of the selected control that waits for a second person.
  private mutating func openCountersign() {
    guard let control = selectedControl, let report, let snapshot else { return }
    let waiting = report.standings(of: control).first { standing in
      guard let counted = standing.decision, !standing.state.isSettled,
        standing.state == .open || !standing.point.isFact
      else { return false }
      return counted.decision.answer != .notMet && counted.countersigners.isEmpty
    }
    guard control.fourEyes, let record = waiting?.decision?.record,
      let entry = snapshot.history.first(where: { $0.id == record })
    else {
      note("control \(control.number) waits for no second person")
      return
    }
    // One number that is typed stands for one control, however much the record decides.
    let points = control.points.map(\.id).filter(entry.points.contains)
    let isWhole = points.count == Set(entry.points).count
    openPrompt(
      .countersign, isWhole ? entry : entry.restricted(to: points), confirmation: control.number)
    prompt?.points = isWhole ? [] : points
  }

  private mutating func mendSelected() -> [Effect] {
    guard let control = selectedControl,
      let point = report?.standings(of: control).first(where: {
        [.fail, .review].contains($0.state) || $0.hidesFault
      })?.point.id
    else {
      note("there is nothing to mend in this control")
      return []
    }
    guard !isRunning, !awaitsRun else {
      note("probes are running: f works when they have ended")
      return []
    }
    awaitsRun = true
    return [.mendFault(point: point)]
  }
}

extension PointStanding {
  /// Whether one probe could not look while another saw something to mend.
  fileprivate var hidesFault: Bool {
    state == .unknown
      && findings.contains { [.fail, .review].contains($0.finding.finding.verdict) }
  }
}
