public import Checklist
public import Session

/// A launch that is walked line by line: one line in, a few lines out, nothing drawn twice.
///
/// It drives the session of the screen by the same keys, so that nothing can be recorded here past
/// the page on which it is signed there. Lines that come out are text from outside in places: they
/// have to be made harmless before they are shown.
public struct PlainDialogue: Sendable {
  /// What came of a line or of something that happened.
  public struct Reply: Equatable, Sendable {
    /// What is to be said, line by line.
    public var lines: [String] = []
    /// What is to be done, in order.
    public var effects: [Effect] = []

    /// Nothing said, nothing to be done.
    public init() {}
  }

  /// The state that the screen would show.
  public private(set) var session: SessionState
  /// Whether a person answers; if not, a line that is refused ends the page that asked for it.
  public let isInteractive: Bool
  /// What the open page asks for now; nil where a command is expected.
  var question: PlainQuestion?
  /// Lines of a note that goes on.
  var note: [String] = []
  /// Whether the answer of an effect is waited for.
  private var isWaiting = true
  /// Whether the control under the cursor was told already.
  var hasToldControl = false
  /// What the command that opened the page has answered already.
  var answered: Set<PlainQuestion> = []
  private var reply = Reply()

  /// A dialogue before anything was read; `load` has been asked for.
  public init(_ session: SessionState, isInteractive: Bool) {
    self.session = session
    self.isInteractive = isInteractive
    // Nothing is drawn, so that no window is too small.
    self.session.size = Size(rows: 100, columns: 100)
  }

  /// Whether a line would be taken now; what a line has begun is finished before the next one.
  public var takesLines: Bool {
    if isWaiting || session.screen == .loading || session.isRecording || session.awaitsRun {
      return false
    }
    return isInteractive || !session.isRunning
  }

  /// What stands before the line that is expected now.
  public var prompt: String {
    if !note.isEmpty { return "" }
    if let question { return question.prompt(session) }
    let isFiltered = session.screen == .gate && !(session.list.filter?.isEmpty ?? true)
    let place = session.screen == .gate ? "launchgate" : session.screen.title
    return "\(place)\(isFiltered ? " (filtered)" : "")> "
  }

  /// Takes a line that was typed or piped in.
  public mutating func take(_ line: String, at now: Timestamp) -> Reply {
    round { dialogue in
      dialogue.reduce(.ticked(now, elapsed: dialogue.session.run?.elapsed ?? 0))
      dialogue.reduce(.messageRead)
      if let question = dialogue.question {
        dialogue.answer(line, to: question)
      } else {
        dialogue.command(line)
      }
    }
  }

  /// Refuses a line that was too long to be read whole.
  public mutating func refuseLine() -> Reply {
    round { dialogue in
      dialogue.say("error: a line of more than 64 KiB; nothing was done")
      if dialogue.question != nil, !dialogue.isInteractive { dialogue.leave() }
    }
  }

  /// Takes something that happened elsewhere.
  public mutating func act(_ action: Action) -> Reply {
    round { dialogue in
      if action.isAnswer { dialogue.isWaiting = false }
      let screen = dialogue.session.screen
      dialogue.reduce(action)
      // What nobody asked for is told, and left where nobody answers.
      if !dialogue.isInteractive, dialogue.session.launchPrompt?.isOffer ?? false {
        dialogue.say(dialogue.session.launchPrompt?.lines ?? [])
        dialogue.leave()
      }
      let isRefused = action.isRefusal && dialogue.session.screen == screen
      if isRefused, dialogue.question != nil { dialogue.askAgain() }
    }
  }

  /// Nothing more will be typed: what was begun is left, and what was collected is kept.
  public mutating func end(at now: Timestamp) -> Reply {
    round { dialogue in
      if dialogue.isInteractive, dialogue.session.screen != .broken, !dialogue.session.asksToQuit {
        if dialogue.question != nil { return dialogue.leave() }
        dialogue.say("")
        dialogue.toMainPage()
        dialogue.press(.character("q"))
      } else {
        if !dialogue.session.drafts.isEmpty {
          dialogue.say("\(dialogue.session.drafts.count) collected, not signed; all of it is kept")
        }
        dialogue.reduce(.interrupted)
      }
    }
  }

  /// Ctrl-C: leaves a question, else stops what runs, else ends; true where it ends.
  public mutating func interrupt() -> (reply: Reply, ends: Bool) {
    var ends = false
    let reply = round { dialogue in
      dialogue.say("")
      if dialogue.isInteractive, dialogue.question != nil {
        dialogue.leave()
      } else if dialogue.isInteractive, dialogue.session.isRunning {
        dialogue.stop()
      } else {
        ends = true
        dialogue.reduce(.interrupted)
      }
    }
    return (reply, ends)
  }

  /// One round: something is done, and all that has changed by it is said.
  private mutating func round(_ body: (inout Self) -> Void) -> Reply {
    let before = session
    hasToldControl = false
    body(&self)
    tellChanges(since: before)
    if session.screen != before.screen { question = nil }
    if session.screen != .form { answered = [] }
    let questions = PlainQuestion.all(session)
    if question.map({ !questions.contains($0) }) ?? true {
      note = []
      let first = PlainQuestion.first(session)
      question = session.screen == .form ? questions.first { !answered.contains($0) } : first
    }
    defer { reply = Reply() }
    return reply
  }
}

extension PlainDialogue {
  /// Says a line.
  mutating func say(_ lines: String...) { reply.lines += lines }

  /// Says lines.
  mutating func say(_ lines: [String]) { reply.lines += lines }

  /// Whether nothing came of the round so far.
  var isSilent: Bool { reply == Reply() }

  /// Presses keys of the screen, one after another.
  mutating func press(_ keys: Key...) {
    for key in keys { reduce(.key(key)) }
  }

  /// Lets something happen, and says what the message line says of it.
  mutating func reduce(_ action: Action) {
    let before = session.message
    let effects = SessionReducer.reduce(&session, action)
    var isCopy = false
    for effect in effects {
      if case .copy(let text) = effect {
        isCopy = true
        say(text.split(separator: "\n").map(String.init))
      } else {
        if effect.isAnswered { isWaiting = true }
        reply.effects.append(effect)
      }
    }
    if let message = session.message, message != before, !isCopy { tell(message) }
    // What stands on a line is not covered by the next one.
    if session.message != nil, session.news.count > 0 { reduce(.messageRead) }
  }

  private mutating func tell(_ message: SessionState.Message) {
    let prefix =
      switch message.kind {
      case .note: ""
      case .warning: "warning: "
      case .error: "error: "
      }
    say(prefix + message.text)
    if let hint = message.hint, !hint.isEmpty { say("hint: \(hint)") }
  }

  private mutating func tellChanges(since old: SessionState) {
    tellRun(since: old)
    if session.isRecording, !old.isRecording { say("writing and bringing it to the disk") }
    if session.asksToQuit, !old.asksToQuit { say(SessionScreen.question(session)) }
    if session.screen != old.screen {
      let isReturn = session.screen == .gate && old.screen != .loading && old.screen != .setup
      if !isReturn { say(PlainPage.opening(session)) }
      if isReturn, session.list.selection != old.list.selection { tellControl() }
      return
    }
    switch session.screen {
    case .gate where session.list.selection != old.list.selection: tellControl()
    case .gate where session.list.filter != old.list.filter: say(PlainPage.list(session))
    case .facts where session.facts != old.facts || session.drafts != old.drafts:
      say(PlainPage.fact(session))
    case .history where session.history.showsAll != old.history.showsAll:
      say(PlainPage.opening(session))
    case .history where session.history.selection != old.history.selection:
      say(PlainPage.record(session))
    default: break
    }
  }

  private mutating func tellControl() {
    if !hasToldControl { say(PlainPage.control(session)) }
    hasToldControl = true
  }

  /// Says which probes have ended since then.
  private mutating func tellRun(since old: SessionState) {
    guard let run = session.run, run != old.run else { return }
    if !run.isFinished, old.run?.isFinished ?? true, session.screen != .running {
      say(run.lines.count.counted("probe is", "probes are") + " running")
    }
    guard let before = old.run, before.lines.count == run.lines.count else { return }
    for (line, former) in zip(run.lines, before.lines) where line.stage != former.stage {
      guard case .finished = line.stage else { continue }
      say("\(run.finished) of \(run.lines.count): \(PlainPage.probe(line))")
    }
  }
}

extension Action {
  /// Whether it answers an effect for which lines wait.
  fileprivate var isAnswer: Bool {
    switch self {
    case .configurationMissing, .loaded, .runStarted, .runRecorded, .recorded, .trustNeeded,
      .sendingAnnounced, .carryFound, .edited, .editFailed:
      true
    default: isRefusal
    }
  }

  /// Whether it says that something was not done.
  fileprivate var isRefusal: Bool {
    switch self {
    case .loadFailed, .recordFailed, .runFailed: true
    default: false
    }
  }
}

extension Effect {
  /// Whether something happens in answer to it before which no other line makes sense.
  fileprivate var isAnswered: Bool {
    switch self {
    case .load, .setUp, .runProbes, .trust, .send, .signOff, .countersign, .revoke, .seal,
      .assign, .reopen, .examine, .carry, .mendFault, .edit:
      true
    default: false
    }
  }
}
