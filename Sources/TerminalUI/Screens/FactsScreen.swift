internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// The facts of the launch, one question a line, and everything about the one under the cursor.
enum FactsScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let report = state.report else { return }
    let facts = state.listedFacts
    let inner = Frame(
      title: Line("Facts of this launch"),
      trailing: Line("\(facts.count - state.unansweredFacts) of \(facts.count) answered")
    ).draw(into: &surface, in: rect).inset(columns: 1)
    // What is said of one fact gets all the room that the questions leave.
    let about = max(inner.rows - facts.count, min(9, inner.rows / 2))
    let (top, bottom) = inner.splitBottom(about)
    let rows = facts.map { row($0, state, surface.glyphs) }
    ListView(rows, selection: state.facts.selection, isFocused: state.facts.note == nil).draw(
      into: &surface, in: top, first: 0)
    surface.fill(bottom.line(0), with: surface.glyphs.horizontal, style: .border)
    guard let fact = state.selectedFact else { return }
    var rest = bottom.dropping(rows: 1)
    if let note = state.facts.note {
      surface.put("Note", row: rest.row, column: rest.column, style: .focus)
      TextField(note, isFocused: true).draw(
        into: &surface, in: rest.line(0).splitLeft(6).right)
      rest = rest.dropping(rows: 1)
    }
    _ = TextBlock(detail(fact, report, state, surface.glyphs)).draw(into: &surface, in: rest)
  }

  /// `yes`, `no` or nothing, what is drafted before what is on record.
  private static func row(
    _ fact: PointStanding, _ state: SessionState, _ glyphs: Glyphs
  ) -> ListView.Row {
    let draft = state.draft(fact.point.id)
    let answer =
      switch draft?.answer ?? (fact.state.isSettled ? fact.decision?.decision.answer : nil) {
      case .met: "yes"
      case .notApplicable: "no"
      default: glyphs.dash
      }
    return ListView.Row(
      [
        fact.state.sign(glyphs), Span(" \(answer.padded(to: 4))", .key), Span(fact.point.text),
      ], trailing: draft == nil ? [] : Line("drafted ", .info))
  }

  /// Everything about one fact, its question first.
  static func detail(
    _ fact: PointStanding, _ report: GateReport, _ state: SessionState, _ glyphs: Glyphs
  ) -> [Line] {
    var lines = [Line(fact.point.text, .heading)]
    let id = String(fact.point.id.dropFirst(Condition.prefix.count))
    let people = report.checklist.isFourEyed(id) ? "; it takes two people" : ""
    lines.append(
      Line("No takes out: \(fact.dependents.joined(separator: " "))\(people)", hanging: 2))
    if let evidence = fact.point.evidence {
      lines.append(Line("Write down (e): \(evidence)", .dim, hanging: 2))
    }
    lines.append(Line(fact.reason, fact.state.style, hanging: 2))
    if let wayOut = fact.wayOut, fact.state != .open {
      lines.append(Line("\(glyphs.arrow) \(wayOut)", hanging: 2))
    }
    if let draft = state.draft(fact.point.id), !draft.note.isEmpty {
      lines.append(Line("Note: \(draft.note)", .info, hanging: 2))
    }
    if let period = fact.point.validFor { lines.append(Line("Holds for \(period).", .dim)) }
    return lines
  }
}
