internal import Evidence
internal import Session

/// One thing that an open page asks for.
enum PlainQuestion: Hashable, Sendable {
  /// Which points of the form are decided on.
  case points
  /// What is decided.
  case answer
  /// Which of the faults that were found are accepted.
  case faults
  /// A labelled text of the page.
  case field(Int)
  /// Whether the host of the set-up may be tested.
  case authorised
  /// What is to be written down for a fact.
  case factNote
  /// Whether to quit all the same.
  case quit

  /// All that the page asks for, in order; empty where it takes commands.
  static func all(_ state: SessionState) -> [PlainQuestion] {
    if state.asksToQuit { return [.quit] }
    if state.screen == .facts { return state.facts.note == nil ? [] : [.factNote] }
    if state.screen == .form, let form = state.form { return all(form) }
    guard let fields = fields(state) else { return [] }
    let texts = fields.fields.indices.map(PlainQuestion.field)
    let hasURL = state.screen == .setup && !fields.text("url").isEmpty
    return texts + (hasURL ? [.authorised] : [])
  }

  private static func all(_ form: SignOffForm) -> [PlainQuestion] {
    let isChoice = form.rows.count > 1 || !form.rows.allSatisfy(\.isTicked)
    return (isChoice ? [.points] : []) + (form.answers.count > 1 ? [.answer] : [])
      + (form.shownFaults.isEmpty ? [] : [.faults])
      + form.fields.fields.indices.filter { form.isShown(form.fields.fields[$0].name) }
      .map(PlainQuestion.field)
  }

  /// The labelled texts of the page that is open, if it has any.
  static func fields(_ state: SessionState) -> FieldList? {
    switch state.screen {
    case .form: state.form?.fields
    case .review: state.review?.fields
    case .prompt: state.prompt?.fields
    case .launch: state.launchPrompt?.fields
    case .seal: state.seal
    case .trust: state.trust?.fields
    case .announcement: state.announcement?.fields
    case .setup: state.setup?.fields
    default: nil
    }
  }

  /// What was found, numbered, with what is said of each.
  static func faults(_ state: SessionState) -> [String] {
    guard let form = state.form else { return [] }
    return form.shownFaults.enumerated().map { number, index in
      let fault = form.faults[index]
      return "  \(number + 1). \(fault.fact) \(fault.place): \(fault.choice.words)"
    }
  }

  /// The question that the page begins with: who signs is proposed where it is known.
  static func first(_ state: SessionState) -> PlainQuestion? {
    let all = all(state)
    guard state.screen != .setup, let fields = fields(state),
      fields.identity(keepingKeyOf: Identity()).gap == nil,
      let index = fields.fields.firstIndex(where: { !["name", "email", "role"].contains($0.name) })
    else { return all.first }
    return all.contains(.field(index)) && state.screen != .form ? .field(index) : all.first
  }

  /// What is asked, with what stands there now in brackets.
  func prompt(_ state: SessionState) -> String {
    switch self {
    case .points:
      let ticked = state.form?.rows.filter(\.isTicked).map(\.point) ?? []
      return "Points, such as 1 2 or all [\(ticked.joined(separator: " "))]: "
    case .answer:
      let words = (state.form?.answers ?? []).enumerated().map { "\($0 + 1) \($1.words)" }
      return "Decision: \(words.joined(separator: ", ")) [\(state.form?.answer.words ?? "")]: "
    case .faults:
      let accepted = (state.form?.shownFaults ?? []).enumerated().compactMap { number, index in
        state.form?.faults[index].acceptance.map { (number + 1, $0.isRotated) }
      }
      let words = accepted.map { "\($0)=\($1 ? "rotated" : "not-rotated")" }
      return "Accepted, such as 1=rotated 2=not-rotated or all=rotated "
        + "[\(words.joined(separator: " "))]: "
    case .field(let index):
      guard let field = Self.fields(state)?.fields[index] else { return "" }
      let text = field.input.text.split(separator: "\n").joined(separator: " / ")
      return "\(field.label)\(text.isEmpty ? "" : " [\(text)]"): "
    case .authorised:
      return "Are you allowed to test the host of this URL? yes or no "
        + "[\(state.setup?.isAuthorised ?? false ? "yes" : "no")]: "
    case .factNote: return "Note [\(state.facts.note?.text ?? "")]: "
    case .quit: return "Quit? y quits, anything else goes on: "
    }
  }

  /// What is worth knowing before it is answered.
  func advice(_ state: SessionState) -> [String] {
    switch self {
    case .points: ["the numbers or ids of the points that the decision is about"]
    case .answer:
      (state.form?.answers ?? []).map { "\($0.words): \($0.advice)" }
    case .faults: Self.faults(state)
    case .field(let index):
      Self.fields(state)?.fields[index].expected.map { ["it has to be exactly \($0)"] }
        ?? (state.form?.question.map { ["the note answers: \($0)"] } ?? [])
    case .authorised: ["probe only what you may test"]
    case .factNote, .quit: []
    }
  }
}
