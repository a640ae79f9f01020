internal import Session

/// The page on which the user agrees to what active probes are about to send.
enum AnnouncementScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let page = state.announcement else { return }
    let inner = Frame(title: "About to send: nothing was sent yet")
      .draw(into: &surface, in: rect).inset(columns: 1)
    let (top, bottom) = inner.splitBottom(4)
    let (text, position) = top.splitBottom(1)
    let total = TextBlock(lines(page)).draw(into: &surface, in: text, scroll: page.scroll)
    surface.put(
      Scroll.position(page.scroll, total: total, visible: text.rows) ?? "", row: position.row,
      column: position.column, style: .dim)
    surface.fill(bottom.line(0), with: surface.glyphs.horizontal, style: .border)
    FieldRows.draw(
      page.fields, focus: page.fields.focus, label: 14, into: &surface, in: bottom.line(1))
    surface.put(
      "Ctrl-S runs the probes, these among them; other lines than these ask again",
      row: bottom.row + 2, column: bottom.column,
      style: page.fields.firstUnconfirmed == nil ? .ok : .dim, width: bottom.columns)
  }

  /// What is sent, under a word to whoever reads it.
  static func lines(_ page: AnnouncementPage) -> [Line] {
    [
      Line(
        "These probes send what no visitor would, at least a tenth of a second apart. Whoever "
          + "answers for the targets should know of it:"), "",
    ] + page.lines.map { Line("  \($0)", hanging: 6) }
  }
}
