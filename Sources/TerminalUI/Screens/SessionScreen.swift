internal import Checklist
internal import Gate
public import Session

/// Draws the whole screen for a state: header, page, message, keys, and what lies over them.
public enum SessionScreen {
  /// Draws the state; `frame` counts the frames of what moves.
  public static func draw(_ state: SessionState, frame: Int, into surface: inout Surface) {
    guard !SessionState.isTooSmall(surface.size) else {
      drawTooSmall(into: &surface)
      return
    }
    let (header, rest) = surface.bounds.splitTop(1)
    let (page, footer) = rest.splitBottom(2)
    HeaderLine.draw(state, into: &surface, in: header)
    drawPage(state, frame: frame, into: &surface, in: page)
    drawFooter(state, into: &surface, in: footer)
    if state.showsHelp { HelpScreen.draw(state, into: &surface, in: page) }
    if state.asksToQuit { drawQuestion(state, into: &surface, in: page) }
  }

  private static func drawPage(
    _ state: SessionState, frame: Int, into surface: inout Surface, in rect: Rect
  ) {
    switch state.screen {
    case .loading: drawLoading(state, frame, into: &surface, in: rect)
    case .broken: drawBroken(state, into: &surface, in: rect)
    case .setup: SetupScreen.draw(state, into: &surface, in: rect)
    case .gate: GateScreen.draw(state, into: &surface, in: rect)
    case .facts: FactsScreen.draw(state, into: &surface, in: rect)
    case .running:
      RunningScreen.draw(state, frame: state.isStill ? nil : frame, into: &surface, in: rect)
    case .form: FormScreen.draw(state, into: &surface, in: rect)
    case .review: ReviewScreen.draw(state, into: &surface, in: rect)
    case .history: HistoryScreen.draw(state, into: &surface, in: rect)
    case .verdict: VerdictScreen.draw(state, into: &surface, in: rect)
    case .seal: SealScreen.draw(state, into: &surface, in: rect)
    case .trust: TrustScreen.draw(state, into: &surface, in: rect)
    case .announcement: AnnouncementScreen.draw(state, into: &surface, in: rect)
    case .launch: LaunchScreen.draw(state, into: &surface, in: rect)
    case .prompt: PromptScreen.draw(state, into: &surface, in: rect)
    case .log: LogScreen.draw(state, into: &surface, in: rect)
    }
  }

  private static func drawFooter(
    _ state: SessionState, into surface: inout Surface, in rect: Rect
  ) {
    if let command = state.command {
      drawCommand(command, state, into: &surface, in: rect)
      return
    }
    if state.isRecording {
      MessageLine(.info, "writing and bringing it to the disk").draw(
        into: &surface, in: rect.line(0))
    } else if let message = state.message, state.screen != .broken {
      let hint = message.hint.map { "  -> \($0)" } ?? ""
      MessageLine(message.kind.line, message.text + hint, more: state.news.note)
        .draw(into: &surface, in: rect.line(0))
    }
    let isFiltering = state.screen == .gate && state.list.isTyping
    let bindings =
      isFiltering
      ? KeyBinding.filter : KeyBinding.bindings(for: state.screen, isDemo: state.isDemo)
    let hints = bindings.filter(\.isInFooter).map { KeyHint($0.keys, $0.label) }
    let help = state.isTyping ? KeyHint("F1", "help") : KeyHint("?", "help")
    FooterKeys(hints, help: help).draw(into: &surface, in: rect.line(1))
  }

  /// What is typed behind the colon, and under it what it may become.
  private static func drawCommand(
    _ command: CommandEntry, _ state: SessionState, into surface: inout Surface, in rect: Rect
  ) {
    surface.put(" :", row: rect.row, column: rect.column, style: .key)
    let (_, place) = rect.line(0).splitLeft(2)
    TextField(command.input, isFocused: true).draw(into: &surface, in: place)
    let found = command.candidates(state.report).map { KeyHint($0.word, $0.meaning) }
    let keys = KeyBinding.commands.map { KeyHint($0.keys, $0.label) }
    let hints: [KeyHint]
    if !found.isEmpty {
      hints = keys.prefix(2) + found
    } else if let argued = command.argued, argued.takesWords {
      hints = [KeyHint("Enter", argued.meaning), KeyHint(argued.usage, "")]
    } else {
      let wrong = command.argued.map { "no such word: \($0.usage)" } ?? "no such command"
      hints = [KeyHint("Esc", wrong)]
    }
    FooterKeys(hints, help: KeyHint("F1", "help")).draw(into: &surface, in: rect.line(1))
  }

  static func drawTooSmall(into surface: inout Surface) {
    let size = surface.size
    let lines = [
      "Window too small: \(size.columns)x\(size.rows).",
      "Need \(SessionState.smallest.columns)x\(SessionState.smallest.rows).",
      "Keys are ignored, so that",
      "nothing happens by accident.", "Enlarge it, or Ctrl-C to quit.",
      "launchgate --plain needs no room.",
    ]
    let first = max(0, (size.rows - lines.count) / 2)
    for (index, line) in lines.enumerated() where first + index < size.rows {
      surface.put(line, row: first + index, column: min(1, size.columns - 1), style: .warning)
    }
  }

  private static func drawLoading(
    _ state: SessionState, _ frame: Int, into surface: inout Surface, in rect: Rect
  ) {
    let inner = Frame(title: "launchgate").draw(into: &surface, in: rect)
    surface.put(
      "\(surface.glyphs.running(at: state.isStill ? nil : frame)) "
        + "reading configuration and evidence",
      row: inner.row + 1, column: inner.column + 1, style: .running)
    let count = state.typeAhead.count
    guard count > 0 else { return }
    surface.put(
      count == 1 ? "a key waits for it" : "\(count) keys wait for it", row: inner.row + 2,
      column: inner.column + 3, style: .dim)
  }

  private static func drawBroken(
    _ state: SessionState, into surface: inout Surface, in rect: Rect
  ) {
    let inner = Frame(title: "cannot go on").draw(into: &surface, in: rect)
    let message = state.message
    _ = TextBlock([
      Line(message?.text ?? "", .error), "", Line(message?.hint ?? ""), "",
      "Nothing was changed. q quits.",
    ]).draw(into: &surface, in: inner.inset(rows: 1, columns: 1))
  }

  private static func drawQuestion(
    _ state: SessionState, into surface: inout Surface, in rect: Rect
  ) {
    let dialog = Dialog(Frame(title: "Quit?"), size: Size(rows: 7, columns: 56))
    let inner = dialog.draw(into: &surface, in: rect)
    _ = TextBlock([Line(question(state)), "", "y quits, any other key goes on"]).draw(
      into: &surface, in: inner.inset(rows: 1, columns: 1))
  }
}

extension SessionScreen {
  /// What stops or waits when the user quits now.
  static func question(_ state: SessionState) -> String {
    if state.isRecording { return "A record is being written; it may not get to the disk." }
    if state.isRunning || state.awaitsRun {
      return "Probes are running; what has not ended is lost."
    }
    if state.screen == .setup { return "Nothing has been set up yet." }
    let drafts = state.drafts.count
    if drafts == 0 { return "A form is not finished; what was typed is kept." }
    return "\(drafts) \(drafts == 1 ? "decision is" : "decisions are") not signed yet; "
      + "all of it is kept."
  }
}

extension SessionState.Message.Kind {
  /// How the message line shows it.
  fileprivate var line: MessageLine.Kind {
    switch self {
    case .note: .info
    case .warning: .warning
    case .error: .error
    }
  }
}
