internal import Checklist
internal import Evidence
internal import Session

/// The records of one control or of the whole launch, newest first, and one of them whole.
enum HistoryScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    let entries = state.listedHistory
    let subject =
      state.history.showsAll
      ? "the whole launch" : state.selectedControl.map { "\($0.number) \($0.title)" } ?? ""
    var frame = Frame(
      title: Line("History of \(subject)"),
      trailing: Line(
        entries.count < 2
          ? ["", "1 record"][entries.count] : "\(entries.count) records, newest first"))
    let inner = frame.draw(into: &surface, in: rect).inset(columns: 1)
    guard !entries.isEmpty else {
      surface.put("nothing was recorded yet", row: inner.row, column: inner.column, style: .dim)
      return
    }
    let (top, bottom) = inner.splitTop(max(4, inner.rows / 2))
    let first = ListView(entries.map(row), selection: state.history.selection).draw(
      into: &surface, in: top, first: 0)
    for index in first..<min(entries.count, first + top.rows) {
      surface.mark(top.line(index - first), .record(index))
    }
    surface.fill(bottom.line(0), with: surface.glyphs.horizontal, style: .border)
    let entry = entries[min(state.history.selection, entries.count - 1)]
    let block = TextBlock(entry.lines.map { Line($0, hanging: 2) })
    let room = bottom.dropping(rows: 1)
    let total = block.rows(width: room.columns, glyphs: surface.glyphs).count
    if let position = Scroll.position(state.history.scroll, total: total, visible: room.rows) {
      // Only the wrapped text tells where one is in it.
      frame.bottom = Line(position)
      _ = frame.draw(into: &surface, in: rect)
    }
    _ = block.draw(into: &surface, in: room, scroll: state.history.scroll)
    surface.mark(room, .record, total: total)
  }

  private static func row(_ entry: HistoryEntry) -> ListView.Row {
    let style: Style =
      ["revoke", "reopen"].contains(entry.type) || entry.outcome.contains("not-met")
      ? .fail : .plain
    return ListView.Row(
      [
        Span("\(entry.at.short)  ", .dim), Span(entry.type.padded(to: 12)),
        Span("\(entry.outcome.padded(to: 23)) ", style), Span(entry.who),
      ], trailing: Line(entry.isSigned ? "signed " : "", .ok))
  }
}
