internal import Session

/// The page on which something about the whole launch is recorded.
enum LaunchScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let page = state.launchPrompt else { return }
    let inner = Frame(title: Line(page.title)).draw(into: &surface, in: rect).inset(columns: 1)
    let (top, bottom) = inner.splitBottom(page.fields.fields.count + 3)
    let room = top.splitBottom(1).top
    let total = TextBlock(page.lines.map { Line($0, hanging: 2) })
      .draw(into: &surface, in: room, scroll: page.scroll)
    surface.mark(room, .launch, total: total)
    surface.put(
      Scroll.position(page.scroll, total: total, visible: room.rows) ?? "",
      row: room.endRow, column: top.column, style: .dim)
    SigningFields.draw(
      page.fields, refusal: page.refusal ?? page.gap.map { "still to do: \($0)" },
      isRefused: page.refusal != nil, identity: state.identity, into: &surface, in: bottom)
  }
}
