public import Checklist
public import Evidence
public import Gate

/// The form in which a person decides on points of one control; nothing is signed here.
public struct SignOffForm: Hashable, Sendable {
  /// Where the keys go.
  public enum Focus: Hashable, Sendable {
    case point(Int)
    case answer
    case fault(Int)
    case field(Int)
  }

  /// One point of the form.
  public struct Row: Hashable, Sendable {
    /// The point's id.
    public var point: String
    /// The point's text.
    public var text: String
    /// The question that the note of a met has to answer, if any.
    public var question: String?
    /// The answers that mean something for it.
    public var answers: [Decision.Answer]
    /// How it stands.
    public var state: State
    /// Whether the decision is about it.
    public var isTicked: Bool
    /// Digest of the point as it is shown.
    public var pointDigest: Digest
    /// Digest of the facts as they are shown.
    public var factsDigest: Digest?
    /// How long a decision on it holds, counted from the day on which it was performed.
    public var holds: Period?
  }

  /// Number of the control.
  public let control: String
  /// Points that a person can decide on.
  public var rows: [Row]
  /// The answer for all ticked points.
  public var answer: Decision.Answer
  /// Faults that were found in the points and can be accepted one by one.
  public var faults: [FormFault]
  /// Performed on, until, note, attachment.
  public var fields: FieldList
  /// Where the keys go.
  public var focus: Focus
  /// What kept the last attempt from being taken.
  public var refusal: String?
  /// What stood in the fields at first.
  private let proposed: [String]
  /// How the faults stood at first.
  private let proposedFaults: [FormFault]

  /// A form for that control, its open points ticked that have no draft yet.
  ///
  /// Where all that is open was drafted, the form shows the first draft again, to be changed. A
  /// point with a question is decided by itself, and one that waits for a fact not at all. What was
  /// done is proposed to be done on the user's day, or on the report's where none is given. To
  /// accept what was found, the points are ticked in which it was found.
  public init(
    _ control: Control, _ report: GateReport, answer: Decision.Answer, drafts: [DecisionDraft],
    on today: CalendarDate? = nil, accepting: Bool = false,
    isAsked: (PointStanding) -> Bool = { $0.waitsFor.isEmpty }
  ) {
    self.control = control.number
    var wanted = report.standings(of: control).filter { standing in
      (accepting ? !FormFault.all(of: [standing]).isEmpty : Self.wants(standing, answer))
        && isAsked(standing)
        && !drafts.contains { $0.point == standing.point.id }
    }
    if answer == .met, let first = wanted.first {
      wanted = first.point.question != nil ? [first] : wanted.filter { $0.point.question == nil }
    }
    let draft = wanted.isEmpty ? drafts.first : nil
    self.answer = draft?.answer ?? answer
    let ticked = Set(
      wanted.map(\.point.id)
        + drafts.filter { draft != nil && $0.note == draft?.note }.map(\.point))
    rows = report.standings(of: control).map { standing in
      Row(
        point: standing.point.id, text: standing.point.text, question: standing.point.question,
        answers: Decision.Answer.allCases.filter(standing.point.permits), state: standing.state,
        isTicked: ticked.contains(standing.point.id),
        pointDigest: Digest(of: standing.point.value), factsDigest: standing.factsDigest,
        holds: standing.point.how == .automatic ? nil : standing.point.validFor)
    }
    let accepted = drafts.filter { ticked.contains($0.point) }
    faults = FormFault.all(of: report.standings(of: control)).map { $0.chosen(in: accepted) }
    fields = FieldList([
      // Never proposed: a day that nobody has thought of would be a claim.
      .init("performed", "Performed on", draft?.performedOn?.description ?? ""),
      .init("until", "Until", draft?.until?.description ?? ""),
      .init("note", "Note", draft?.note ?? "", isMultiline: true),
      .init("attachment", "Attach file", draft?.attachments.first ?? ""),
    ])
    proposed = fields.fields.map(\.input.text)
    proposedFaults = faults
    // Where nothing waits for this answer, the points have to be chosen first.
    focus = ticked.isEmpty && !rows.isEmpty ? .point(0) : .answer
    if !answers.contains(self.answer), let first = answers.first { self.answer = first }
    if accepting, let first = shownFaults.first { focus = .fault(first) }
  }

  /// Whether a person's decision is what the point waits for.
  private static func wants(_ standing: PointStanding, _ answer: Decision.Answer) -> Bool {
    let state = standing.stateIfAsked ?? standing.state
    switch answer {
    case .riskAccepted: return state == .fail
    case .observedByHand: return state == .unknown
    case .met, .notMet, .notApplicable:
      return !state.isSettled && state != .fail && state != .unknown
    }
  }

  /// The order of the Tab key; `until` only where a risk is accepted.
  public var order: [Focus] {
    rows.indices.map(Focus.point) + [.answer] + shownFaults.map(Focus.fault)
      + fields.fields.indices.filter { isShown(fields.fields[$0].name) }.map(Focus.field)
  }

  /// Whether the answer needs that field.
  public func isShown(_ field: String) -> Bool { field != "until" || answer == .riskAccepted }

  /// Whether the decision would count from the day on which it is signed unless one is given.
  private func needsDay(_ row: Row) -> Bool {
    row.holds != nil && (answer == .met || answer == .observedByHand)
  }

  /// The decisions as they stand, or why they cannot be taken.
  public func decisions(on today: CalendarDate) -> Result<[DecisionDraft], FormRefusal> {
    let ticked = rows.filter(\.isTicked)
    guard !ticked.isEmpty else { return .failure("tick at least one point with Space") }
    if let refusal = refusal(of: ticked) { return .failure(refusal) }
    let note = fields.text("note").trimmed
    if note.isEmpty, let question {
      return .failure(FormRefusal(stringLiteral: "answer the question: \(question)"))
    }
    guard !note.isEmpty else { return .failure("write a note: what was done, and how") }
    let performed = fields.text("performed").trimmed
    let performedOn = performed == "today" ? today : CalendarDate(performed)
    if performed.isEmpty, let row = ticked.first(where: { needsDay($0) }), let period = row.holds {
      return .failure(
        FormRefusal(
          reason: "on which day was it done? \(row.point) holds \(period) from then; today will do")
      )
    }
    guard performed.isEmpty || performedOn != nil else {
      return .failure("performed on has to be a date such as \(today)")
    }
    if let performedOn, performedOn > today { return .failure("performed on lies in the future") }
    let untilText = fields.text("until").trimmed
    let until = answer == .riskAccepted ? CalendarDate(untilText) : nil
    if answer == .riskAccepted {
      guard let until, until >= today else {
        return .failure("a risk needs a last day, from today on, such as \(today)")
      }
    }
    if let refusal = refusalOfFaults { return .failure(refusal) }
    let attachment = fields.text("attachment").trimmed
    if answer == .observedByHand && attachment.isEmpty {
      return .failure("attach the output of what was observed")
    }
    return .success(
      ticked.map {
        DecisionDraft(
          point: $0.point, answer: answer, note: note, performedOn: performedOn, until: until,
          attachments: attachment.isEmpty ? [] : [attachment], pointDigest: $0.pointDigest,
          factsDigest: $0.factsDigest, accepted: accepted(of: $0.point))
      })
  }
}

extension SignOffForm {
  /// The answers that mean something for all points of the form.
  public var answers: [Decision.Answer] {
    Decision.Answer.allCases.filter { answer in rows.allSatisfy { $0.answers.contains(answer) } }
  }

  /// The question that the note has to answer as things stand; nil where there is none.
  public var question: String? {
    let ticked = rows.filter(\.isTicked)
    return answer == .met && ticked.count == 1 ? ticked.first?.question : nil
  }

  /// Why these points cannot be decided on together, or so.
  private func refusal(of ticked: [Row]) -> FormRefusal? {
    guard answers.contains(answer) else {
      let words = answers.map(\.rawValue).joined(separator: " or ")
      return FormRefusal(stringLiteral: "the answer here is \(words)")
    }
    guard answer == .met, ticked.count > 1, let asking = ticked.first(where: { $0.question != nil })
    else { return nil }
    return FormRefusal(
      stringLiteral: "\(asking.point) asks a question of its own: decide on it alone")
  }
}

/// What was typed into a form that was closed without being collected.
public struct FormDraft: Hashable, Sendable {
  /// Number of the control.
  public var control: String
  /// The answer that was chosen.
  public var answer: Decision.Answer
  /// Ids of the ticked points.
  public var points: [String]
  /// By the field's name.
  public var texts: [String: String]
  /// What was said of faults.
  public var accepted: [Decision.Acceptance]

  /// A form of these parts.
  public init(
    control: String, answer: Decision.Answer, points: [String], texts: [String: String],
    accepted: [Decision.Acceptance] = []
  ) {
    self.control = control
    self.answer = answer
    self.points = points
    self.texts = texts
    self.accepted = accepted
  }
}

extension SignOffForm {
  /// What was typed, to be kept; nil where nothing was.
  public var draft: FormDraft? {
    guard fields.fields.map(\.input.text) != proposed || faults != proposedFaults else {
      return nil
    }
    return FormDraft(
      control: control, answer: answer, points: rows.filter(\.isTicked).map(\.point),
      texts: Dictionary(
        fields.fields.map { ($0.name, $0.input.text) }, uniquingKeysWith: { first, _ in first }),
      accepted: faults.compactMap(\.acceptance))
  }

  /// Puts back what was typed before.
  mutating func restore(_ draft: FormDraft) {
    answer = draft.answer
    for index in faults.indices { faults[index].choose(in: draft.accepted) }
    for index in rows.indices { rows[index].isTicked = draft.points.contains(rows[index].point) }
    for index in fields.fields.indices {
      let field = fields.fields[index]
      guard let text = draft.texts[field.name] else { continue }
      fields.fields[index].input = TextInput(text, isMultiline: field.input.isMultiline)
    }
  }
}

/// Why a form cannot be taken yet.
public struct FormRefusal: Error, Hashable, Sendable, ExpressibleByStringInterpolation {
  /// In lower case and without a full stop.
  public var reason: String

  /// That reason.
  init(reason: String) { self.reason = reason }

  /// That reason.
  public init(stringLiteral reason: String) { self.reason = reason }
}
