internal import Session

/// The page on which the user agrees to what would be contacted and run.
enum TrustScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let page = state.trust else { return }
    let inner = Frame(title: "Not trusted yet: nothing was contacted or run")
      .draw(into: &surface, in: rect).inset(columns: 1)
    let (top, bottom) = inner.splitBottom(4)
    let block = TextBlock(lines(page.content))
    let (text, position) = top.splitBottom(1)
    let total = block.draw(into: &surface, in: text, scroll: page.scroll)
    surface.put(
      Scroll.position(page.scroll, total: total, visible: text.rows) ?? "", row: position.row,
      column: position.column, style: .dim)
    surface.fill(bottom.line(0), with: surface.glyphs.horizontal, style: .border)
    FieldRows.draw(
      page.fields, focus: page.fields.focus, label: 14, into: &surface, in: bottom.line(1))
    surface.put(
      "Ctrl-S trusts these bytes and runs the probes; a changed byte asks again",
      row: bottom.row + 2, column: bottom.column,
      style: page.fields.firstUnconfirmed == nil ? .ok : .dim, width: bottom.columns)
  }

  /// The files and what they would do.
  static func lines(_ content: TrustContent) -> [Line] {
    var lines: [Line] = [
      Line(
        "These files came with the repository, or were changed. They decide what this program "
          + "contacts and runs:"), "",
    ]
    for file in content.files {
      lines += [Line("  \(file.path)", .key), Line("  \(file.digest)", .dim, hanging: 2)]
    }
    let title =
      content.since.map { "WHAT WOULD BE DONE; + and - since they were trusted on \($0)" }
      ?? "WHAT WOULD BE DONE"
    lines += ["", Line(title, .heading)]
    return lines
      + content.effects.map { effect in
        let style: Style =
          effect.hasPrefix("+") ? .added : effect.hasPrefix("-") ? .removed : .plain
        return Line("  \(effect)", style, hanging: 6)
      }
  }
}
