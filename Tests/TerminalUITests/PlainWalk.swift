import Checklist
import Evidence
import Session
import TerminalUI
import TestSupport

/// A dialogue with all that it said and wanted done.
struct PlainWalk {
  var dialogue: PlainDialogue
  private(set) var lines: [String] = []
  private(set) var effects: [Effect] = []
  private var now: Timestamp

  /// Before anything was read.
  init(_ session: SessionState, isInteractive: Bool) {
    now = session.now
    dialogue = PlainDialogue(session, isInteractive: isInteractive)
  }

  /// With that launch read.
  init(_ launch: SampleLaunch, isInteractive: Bool, isDemo: Bool) throws {
    self.init(SessionState(now: launch.clock, isDemo: isDemo), isInteractive: isInteractive)
    act(
      .identityFound(
        Identity(name: "Mara Lind", email: "mara@acme.example", role: "release-manager")))
    act(.draftsFound([], forms: []))
    act(.loaded(try launch.snapshot()))
  }

  /// Types lines, one after another.
  mutating func type(_ texts: String...) {
    for text in texts { hear(dialogue.take(text, at: now)) }
  }

  /// Lets something happen.
  mutating func act(_ action: Action) { hear(dialogue.act(action)) }

  /// Whether a line was said with these words.
  func says(_ words: String) -> Bool { lines.contains { $0.contains(words) } }

  /// What would be written or contacted.
  var records: [Effect] {
    effects.filter { effect in
      switch effect {
      case .signOff, .countersign, .revoke, .seal, .setUp, .trust: true
      default: false
      }
    }
  }

  private mutating func hear(_ reply: PlainDialogue.Reply) {
    lines += reply.lines
    effects += reply.effects
  }
}
