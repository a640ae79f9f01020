internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// The sign-off form of one control.
enum FormScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let form = state.form, let control = state.report?.checklist.control(form.control)
    else { return }
    let inner = Frame(
      title: Line("Decide on \(control.number) \(control.title)"),
      trailing: Line(control.fourEyes ? "two people" : "")
    ).draw(into: &surface, in: rect).inset(columns: 1)
    var rest = inner
    surface.put(
      "What you decide about (Space ticks)", row: rest.row, column: rest.column, style: .heading)
    rest = rest.dropping(rows: 1)
    for (index, row) in form.rows.enumerated() where !rest.isEmpty {
      let label = Line(
        [Span("\(row.point) ", .key), row.state.sign(surface.glyphs), Span(" \(row.text)")])
      let fitted = label.fitted(to: max(1, rest.columns - 5), glyphs: surface.glyphs)
      rest = rest.dropping(
        rows: CheckRow(fitted, isChecked: row.isTicked, isFocused: form.focus == .point(index))
          .draw(into: &surface, in: rest.line(0)))
    }
    rest = rest.dropping(rows: 1)
    rest = drawAnswer(form, into: &surface, in: rest)
    rest = drawFields(form, into: &surface, in: rest)
    drawAdvice(form, control, into: &surface, in: rest)
  }

  private static func drawAnswer(
    _ form: SignOffForm, into surface: inout Surface, in rect: Rect
  ) -> Rect {
    let isFocused = form.focus == .answer
    surface.put(
      "Decision", row: rect.row, column: rect.column, style: isFocused ? .focus : .plain)
    let answers = Decision.Answer.allCases
    let selection = answers.firstIndex(of: form.answer)
    let used = ChoiceRow(
      answers.map(\.words), selection: selection, focus: isFocused ? selection : nil
    ).draw(into: &surface, in: rect.splitLeft(14).right)
    return rect.dropping(rows: max(1, used))
  }

  private static func drawFields(
    _ form: SignOffForm, into surface: inout Surface, in rect: Rect
  ) -> Rect {
    var focus: Int?
    if case .field(let index) = form.focus { focus = index }
    let used = FieldRows.draw(
      form.fields, focus: focus, label: 14, into: &surface, in: rect, isShown: form.isShown)
    return rect.dropping(rows: used)
  }

  private static func drawAdvice(
    _ form: SignOffForm, _ control: Control, into surface: inout Surface, in rect: Rect
  ) {
    var lines: [Line] = []
    if let refusal = form.refusal { lines += ["", Line(refusal, .error)] }
    if case .point(let index) = form.focus, form.rows.indices.contains(index) {
      let point = control.points.first { $0.id == form.rows[index].point }
      lines += ["", Line(form.rows[index].text)]
      if let evidence = point?.evidence { lines.append(Line("Attach: \(evidence)", .dim)) }
      if let period = point?.validFor { lines.append(Line("Holds for \(period).", .dim)) }
    } else {
      lines += ["", Line(form.answer.advice, .dim)]
    }
    if control.fourEyes {
      lines.append(Line("A second person has to countersign before it counts.", .dim))
    }
    lines.append(Line("Nothing is signed here: Ctrl-S collects, S on the main page signs.", .dim))
    _ = TextBlock(lines).draw(into: &surface, in: rect)
  }
}

extension Decision.Answer {
  /// For radio buttons.
  var words: String {
    switch self {
    case .met: "met"
    case .notMet: "not met"
    case .notApplicable: "n/a"
    case .riskAccepted: "accept risk"
    case .observedByHand: "seen by hand"
    }
  }

  /// What the answer means.
  var advice: String {
    switch self {
    case .met: "You know that it is so, and say how."
    case .notMet: "It is not so: the gate says NO-GO whatever a probe saw."
    case .notApplicable: "It has no object here: say why."
    case .riskAccepted:
      "The fault stays and is shown; it may be launched with until the day that you name."
    case .observedByHand:
      "A probe could not look; you did: say how, and attach the output. Holds for a day."
    }
  }
}
