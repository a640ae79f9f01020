/// Something on the screen that can be pointed at.
public enum ScreenTarget: Hashable, Sendable {
  /// A control of the list, by its number.
  case control(String)
  /// The list of controls, beside its rows.
  case list
  /// A domain, by its index; -1 for the facts of the launch.
  case domain(Int)
  /// A record of the history, by its index.
  case record(Int)
  /// A probe of the run, by its index.
  case probe(Int)
  /// A point of the form, by its index.
  case point(Int)
  /// A fault of the form, by its index.
  case fault(Int)
  /// A text field of the page, by its index.
  case field(Int)
  /// A hint that names this key.
  case key(String)
  /// A text that is scrolled.
  case text(ScrollArea)
}

/// A text that may be longer than its window.
public enum ScrollArea: Hashable, Sendable, CaseIterable {
  case detail, verdict, record, review, prompt, launch, help, log
}

extension SessionState {
  /// What a click does.
  mutating func point(at target: ScreenTarget) -> [Effect] {
    guard !asksToQuit, !awaitsEditor, !Self.isTooSmall(size) else { return [] }
    if case .key(let text) = target {
      return KeyBinding(text, "").parsed.first.map { handle($0) } ?? []
    }
    guard help == nil, command == nil else { return [] }
    switch (screen, target) {
    case (.gate, .control(let number)):
      list.isTyping = false
      list.isDetailFocused = false
      select(number)
    case (.gate, .domain(let index)): moveToDomain(index)
    case (.gate, .text(.detail)): list.isDetailFocused = true
    case (.gate, .list): list.isDetailFocused = false
    case (.history, .record(let index)) where listedHistory.indices.contains(index):
      if history.selection != index { history.scroll = 0 }
      history.selection = index
    case (.running, .probe(let index)) where run?.lines.indices.contains(index) ?? false:
      run?.selection = index
    case (_, .field(let index)): focusField(index)
    case (.form, .fault(let index)) where form?.faults.indices.contains(index) ?? false:
      form?.focus = .fault(index)
      form?.faults[index].turn(by: 1)
    case (.form, .point(let index)) where form?.rows.indices.contains(index) ?? false:
      form?.focus = .point(index)
      form?.rows[index].isTicked.toggle()
    default: break
    }
    return []
  }

  private mutating func focusField(_ index: Int) {
    switch screen {
    case .form where form?.fields.fields.indices.contains(index) ?? false:
      form?.focus = .field(index)
      form?.fields.focus = index
    case .setup where setup?.fields.fields.indices.contains(index) ?? false:
      setup?.fields.focus = index
    case .review where review?.fields.fields.indices.contains(index) ?? false:
      review?.fields.focus = index
    case .prompt where prompt?.fields.fields.indices.contains(index) ?? false:
      prompt?.fields.focus = index
    case .launch where launchPrompt?.fields.fields.indices.contains(index) ?? false:
      launchPrompt?.fields.focus = index
    case .seal where seal?.fields.indices.contains(index) ?? false: seal?.focus = index
    default: break
    }
  }

  /// What the wheel does over that target; `count` is negative towards the top.
  mutating func wheel(over target: ScreenTarget, by count: Int) -> [Effect] {
    guard !asksToQuit, !awaitsEditor, !Self.isTooSmall(size) else { return [] }
    switch target {
    case .text(let area): scroll(area, by: 3 * count)
    case .control where screen == .gate, .list where screen == .gate: moveSelection(by: count)
    case .record where screen == .history: return handle(count < 0 ? .up : .down)
    case .probe where screen == .running: return handle(count < 0 ? .up : .down)
    default: break
    }
    return []
  }

  /// Moves the first visible line of a text; the next drawing says how far that may go.
  mutating func scroll(_ area: ScrollArea, by count: Int) {
    setScroll(area, max(0, scrolled(area) + count))
  }

  /// Takes back what was scrolled past the end of a text.
  ///
  /// How far that is depends on how the text is wrapped, which only the drawing knows.
  mutating func clamp(to limits: [ScrollArea: Int]) {
    for (area, limit) in limits where scrolled(area) > limit { setScroll(area, max(0, limit)) }
  }

  private func scrolled(_ area: ScrollArea) -> Int {
    switch area {
    case .detail: list.detailScroll
    case .verdict: verdictScroll
    case .record: history.scroll
    case .review: review?.scroll ?? 0
    case .prompt: prompt?.scroll ?? 0
    case .launch: launchPrompt?.scroll ?? 0
    case .help: help?.scroll ?? 0
    case .log: log.scroll
    }
  }

  private mutating func setScroll(_ area: ScrollArea, _ value: Int) {
    switch area {
    case .detail: list.detailScroll = value
    case .verdict: verdictScroll = value
    case .record: history.scroll = value
    case .review: review?.scroll = value
    case .prompt: prompt?.scroll = value
    case .launch: launchPrompt?.scroll = value
    case .help: help?.scroll = value
    case .log: log.scroll = value
    }
  }
}
