internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// The sign-off form of one control.
enum FormScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let form = state.form, let control = state.report?.control(form.control)
    else { return }
    let inner = Frame(
      title: Line("Decide on \(control.number) \(control.title)"),
      trailing: Line(control.fourEyes ? "two people" : "")
    ).draw(into: &surface, in: rect).inset(columns: 1)
    var rest = inner
    let faults = form.shownFaults.isEmpty ? 0 : min(4, form.shownFaults.count) + 1
    let fields = form.order.count - form.rows.count - form.shownFaults.count - 1 + faults
    // Heading, answers and note take more than a row; three are for the advice.
    let room = rest.rows - fields - 7
    rest = drawPoints(form, visible: max(2, min(form.rows.count, room)), into: &surface, in: rest)
    if room > form.rows.count { rest = rest.dropping(rows: 1) }
    rest = drawAnswer(form, into: &surface, in: rest)
    rest = drawFaults(form, visible: faults - 1, into: &surface, in: rest)
    if let question = form.question {
      let used = TextBlock([Line("Answer in the note: \(question)", .key, hanging: 2)])
        .draw(into: &surface, in: rest)
      rest = rest.dropping(rows: min(used, 3))
    }
    rest = drawFields(form, into: &surface, in: rest)
    drawAdvice(form, control, into: &surface, in: rest)
  }

  /// The points, as many as there is room for, the one under the cursor among them.
  private static func drawPoints(
    _ form: SignOffForm, visible: Int, into surface: inout Surface, in rect: Rect
  ) -> Rect {
    var focus = form.rows.firstIndex(where: \.isTicked) ?? 0
    if case .point(let index) = form.focus { focus = index }
    let first = Scroll.following(focus, first: 0, total: form.rows.count, visible: visible)
    let place =
      Scroll.position(first, total: form.rows.count, visible: visible).map { "  \($0)" } ?? ""
    surface.put(
      "What you decide about (Space ticks)\(place)", row: rect.row, column: rect.column,
      style: .heading, width: rect.columns)
    let rows = form.rows.enumerated().dropFirst(first).prefix(visible)
    for (offset, (index, row)) in rows.enumerated() {
      let label = Line(
        [Span("\(row.point) ", .key), row.state.sign(surface.glyphs), Span(" \(row.text)")])
      let fitted = label.fitted(to: max(1, rect.columns - 5), glyphs: surface.glyphs)
      CheckRow(fitted, isChecked: row.isTicked, isFocused: form.focus == .point(index))
        .draw(into: &surface, in: rect.line(1 + offset))
      surface.mark(rect.line(1 + offset), .point(index))
    }
    return rect.dropping(rows: 1 + min(visible, form.rows.count))
  }

  private static func drawAnswer(
    _ form: SignOffForm, into surface: inout Surface, in rect: Rect
  ) -> Rect {
    let isFocused = form.focus == .answer
    surface.put(
      "Decision", row: rect.row, column: rect.column, style: isFocused ? .focus : .plain)
    let answers = form.answers
    let selection = answers.firstIndex(of: form.answer)
    let used = ChoiceRow(
      answers.map(\.words), selection: selection, focus: isFocused ? selection : nil
    ).draw(into: &surface, in: rect.splitLeft(14).right)
    return rect.dropping(rows: max(1, used))
  }

  /// What was found, with what is said of each.
  private static func drawFaults(
    _ form: SignOffForm, visible: Int, into surface: inout Surface, in rect: Rect
  ) -> Rect {
    let shown = form.shownFaults
    guard visible > 0, !shown.isEmpty else { return rect }
    var focus = 0
    if case .fault(let index) = form.focus { focus = shown.firstIndex(of: index) ?? 0 }
    let first = Scroll.following(focus, first: 0, total: shown.count, visible: visible)
    let place = Scroll.position(first, total: shown.count, visible: visible).map { "  \($0)" } ?? ""
    surface.put(
      "Found: accept one by one (Space)\(place)", row: rect.row, column: rect.column,
      style: .heading, width: rect.columns)
    for (offset, index) in shown.dropFirst(first).prefix(visible).enumerated() {
      let fault = form.faults[index]
      let line = Line([
        Span("[\(fault.choice.words.padded(to: 21))] ", fault.choice == .open ? .fail : .risk),
        Span(fault.fact, .key), Span("  \(fault.place)"),
      ]).fitted(to: rect.columns, glyphs: surface.glyphs)
      let isFocused = form.focus == .fault(index)
      surface.put(
        isFocused ? line.selected : line, row: rect.row + 1 + offset, column: rect.column,
        width: rect.columns)
      if isFocused { surface.placeCursor(row: rect.row + 1 + offset, column: rect.column) }
      surface.mark(rect.line(1 + offset), .fault(index))
    }
    return rect.dropping(rows: 1 + min(visible, shown.count))
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
    var lines: [Line] = rect.rows > 3 ? [""] : []
    if let refusal = form.refusal { lines.append(Line(refusal, .error)) }
    if case .fault(let index) = form.focus, form.faults.indices.contains(index) {
      lines.append(Line("\(form.faults[index].fact)  \(form.faults[index].place)"))
      lines.append(
        Line("Rotated: what was exposed is worth nothing any more. a says the same of all.", .dim))
    } else if case .point(let index) = form.focus, form.rows.indices.contains(index) {
      let point = control.points.first { $0.id == form.rows[index].point }
      lines.append(Line(form.rows[index].text))
      if let evidence = point?.evidence { lines.append(Line("Attach: \(evidence)", .dim)) }
      if let period = point?.validFor { lines.append(Line("Holds for \(period).", .dim)) }
    } else {
      lines.append(Line(form.answer.advice, .dim))
    }
    if control.fourEyes {
      lines.append(Line("A second person has to countersign before it counts.", .dim))
    }
    lines.append(Line("Nothing is signed here: Ctrl-S collects, S on the main page signs.", .dim))
    _ = TextBlock(lines).draw(into: &surface, in: rect)
  }
}

extension FormFault.Choice {
  /// For the line of a fault.
  var words: String {
    switch self {
    case .open: "not accepted"
    case .rotated: "accepted, rotated"
    case .notRotated: "accepted, NOT rotated"
    }
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
    case .observedByHand: "by hand"
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
