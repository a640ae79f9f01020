internal import Checklist
internal import Evidence
public import Gate

/// The page on which the facts of the launch are answered with yes or no, one key each.
///
/// Every answer is a collected decision at once: nothing is signed here, and nothing is lost.
public struct FactsPage: Hashable, Sendable {
  /// Index of the fact under the cursor.
  public var selection = 0
  /// What is being written down for it; nil where the keys are commands.
  public var note: TextInput?

  /// A page at that fact.
  public init(selection: Int = 0, note: TextInput? = nil) {
    self.selection = selection
    self.note = note
  }
}

extension SessionState {
  /// The facts of the launch, in order.
  public var listedFacts: [PointStanding] { report?.facts ?? [] }

  /// How many facts are neither settled nor drafted.
  public var unansweredFacts: Int {
    listedFacts.count { !$0.state.isSettled && draft($0.point.id) == nil }
  }

  /// The fact under the cursor.
  public var selectedFact: PointStanding? {
    listedFacts.indices.contains(facts.selection) ? listedFacts[facts.selection] : nil
  }

  /// Opens the page at the first fact that is open; how it is used is said where nothing else is.
  mutating func openFacts(isFirstRun: Bool = false) {
    let open = listedFacts.firstIndex { !$0.state.isSettled && draft($0.point.id) == nil }
    facts = FactsPage(selection: open ?? 0)
    screen = .facts
    if isFirstRun && message == nil {
      note("nothing is signed yet: y or n for each, then S signs all at once")
    }
  }

  /// Keys of the page on which facts are answered.
  mutating func handleFacts(_ key: Key) -> [Effect] {
    if facts.note != nil { return handleFactNote(key) }
    switch key {
    case .escape, .character("q"):
      screen = .gate
      if unansweredFacts > 0 {
        note(
          unansweredFacts.counted("fact is", "facts are")
            + " not answered: s goes on with \(unansweredFacts == 1 ? "it" : "them")")
      }
    case .character("j"), .down: moveFact(by: 1)
    case .character("k"), .up: moveFact(by: -1)
    case .character("g"), .home: moveFact(by: -1_000)
    case .character("G"), .end: moveFact(by: 1_000)
    case .character("y"): return answerFact(.met)
    case .character("n"): return answerFact(.notApplicable)
    case .character("u"), .backspace: return dropFact()
    case .character("e"), .enter: beginFactNote()
    case .control("o"):
      beginFactNote()
      return facts.note == nil ? [] : editNote()
    case .character("S"), .control("s"): openReview()
    default: break
    }
    return []
  }

  private mutating func beginFactNote() {
    guard let fact = selectedFact else { return }
    guard let draft = draft(fact.point.id) else {
      note("y or n first; then e writes something down for it")
      return
    }
    facts.note = TextInput(draft.note)
  }

  private mutating func moveFact(by count: Int) {
    facts.selection = min(max(0, facts.selection + count), max(0, listedFacts.count - 1))
  }

  /// Collects an answer and goes on to the next fact that has none.
  private mutating func answerFact(_ answer: Decision.Answer) -> [Effect] {
    guard let fact = selectedFact else { return [] }
    let old = draft(fact.point.id)
    let draft = DecisionDraft(
      point: fact.point.id, answer: answer, note: old?.note ?? "",
      pointDigest: Digest(of: fact.point.value), factsDigest: fact.factsDigest)
    if let index = drafts.firstIndex(where: { $0.point == draft.point }) {
      drafts[index] = draft
    } else {
      drafts.append(draft)
    }
    let later = listedFacts.indices.dropFirst(facts.selection + 1)
    let next = later.first { index in
      !listedFacts[index].state.isSettled && self.draft(listedFacts[index].point.id) == nil
    }
    facts.selection = next ?? min(facts.selection + 1, listedFacts.count - 1)
    if unansweredFacts == 0 {
      note("all facts are answered: S reviews and signs, Esc goes on without signing")
    }
    return saved
  }

  private mutating func dropFact() -> [Effect] {
    guard let fact = selectedFact, draft(fact.point.id) != nil else { return [] }
    drafts.removeAll { $0.point == fact.point.id }
    return saved
  }

  private mutating func handleFactNote(_ key: Key) -> [Effect] {
    guard let fact = selectedFact else { return [] }
    switch key {
    case .escape: facts.note = nil
    case .control("o"): return editNote()
    case .enter, .control("s"):
      let typed = facts.note.take()?.text.trimmed ?? ""
      guard let index = drafts.firstIndex(where: { $0.point == fact.point.id }) else { return [] }
      drafts[index].note = typed
      return saved
    default:
      _ = facts.note?.apply(key)
    }
    return []
  }
}
