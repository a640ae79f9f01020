internal import Session

/// A page on which a word is typed before the probes run: the text, and below it the field.
struct ConsentScreen {
  let title: Line
  let lines: [Line]
  let scroll: Int
  let fields: FieldList
  /// What the key does once the word stands there.
  let consequence: String

  func draw(into surface: inout Surface, in rect: Rect) {
    let inner = Frame(title: title).draw(into: &surface, in: rect).inset(columns: 1)
    let (top, bottom) = inner.splitBottom(4)
    let (text, position) = top.splitBottom(1)
    let total = TextBlock(lines).draw(into: &surface, in: text, scroll: scroll)
    surface.put(
      Scroll.position(scroll, total: total, visible: text.rows) ?? "", row: position.row,
      column: position.column, style: .dim)
    surface.fill(bottom.line(0), with: surface.glyphs.horizontal, style: .border)
    FieldRows.draw(fields, focus: fields.focus, label: 14, into: &surface, in: bottom.line(1))
    surface.put(
      consequence, row: bottom.row + 2, column: bottom.column,
      style: fields.firstUnconfirmed == nil ? .ok : .dim, width: bottom.columns)
  }
}
