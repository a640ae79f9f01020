internal import Checklist
internal import Evidence
internal import Gate
public import Session

/// The whole screen of an audit: what is audited, whether it can be relied on, and one page.
public enum AuditScreen {
  /// Draws the state.
  public static func draw(_ state: AuditState, into surface: inout Surface) {
    guard !SessionState.isTooSmall(surface.size) else {
      SessionScreen.drawTooSmall(into: &surface)
      return
    }
    let (top, rest) = surface.bounds.splitTop(3)
    let (page, footer) = rest.splitBottom(2)
    drawHeader(state.snapshot, into: &surface, in: top.line(0))
    AuditBanner.draw(state.snapshot, into: &surface, in: top.line(1))
    drawTabs(state, into: &surface, in: top.line(2))
    drawPage(state, into: &surface, in: page)
    if let message = state.message {
      MessageLine(.info, message).draw(into: &surface, in: footer.line(0))
    }
    let bindings = KeyBinding.audit(state.page, isTyping: state.isTyping)
    let hints = bindings.filter(\.isInFooter).map { KeyHint($0.keys, $0.label) }
    let help = state.isTyping ? KeyHint("F1", "help") : KeyHint("?", "help")
    FooterKeys(hints, help: help).draw(into: &surface, in: footer.line(1))
    if state.showsHelp {
      let everywhere = KeyBinding.everywhere.map {
        $0.keys == "Ctrl-C" ? KeyBinding("Ctrl-C", "quit") : $0
      }
      HelpScreen.draw("audit", bindings + everywhere, into: &surface, in: page)
    }
  }

  private static func drawHeader(
    _ snapshot: AuditSnapshot, into surface: inout Surface, in rect: Rect
  ) {
    surface.fill(rect, style: .title)
    let launch = snapshot.report.map {
      "\($0.subject) \($0.release) \(surface.glyphs.arrow) \($0.environment)"
    }
    let left = Line(" READ-ONLY  \(launch ?? snapshot.name)", .title)
    let right: Line =
      if snapshot.integrity == .damaged {
        [Span(" NO VERDICT ", GateVerdict.noGo.style.bold)]
      } else if let report = snapshot.report {
        [
          Span(" \(report.verdict.rawValue) ", report.verdict.style.bold),
          Span(" at \(report.at.short) UTC ", .title),
        ]
      } else {
        [Span(" NOT JUDGED ", GateVerdict.incomplete.style.bold)]
      }
    let width = min(right.width, rect.columns)
    surface.put(left, row: rect.row, column: rect.column, width: rect.columns - width - 1)
    surface.put(right, row: rect.row, column: rect.endColumn - width)
  }

  private static func drawTabs(
    _ state: AuditState, into surface: inout Surface, in rect: Rect
  ) {
    let titles = state.pages.enumerated().map { index, page -> Line in
      let count = state.count(page)
      let style: Style = page == .attention && count > 0 ? .warning : .plain
      let number = page == .summary ? "" : " \(count)"
      return [Span("\(index + 1) \(page.rawValue)"), Span(number, style)]
    }
    _ = Tabs(titles, selection: state.pages.firstIndex(of: state.page) ?? 0)
      .draw(into: &surface, in: rect)
  }

  private static func drawPage(
    _ state: AuditState, into surface: inout Surface, in rect: Rect
  ) {
    let lines = AuditText.detail(state, surface.glyphs)
    if state.page == .summary || state.isWhole {
      drawText(
        lines, title: state.page.title, scroll: state.scroll, into: &surface, in: rect)
      return
    }
    let listed = state.listed
    let (top, bottom) = rect.splitTop(max(6, min(rect.rows / 2, listed.count + 2)))
    let place = state.selection.flatMap { listed.firstIndex(of: $0) }
    let inner = Frame(
      title: Line(state.page.title), trailing: filter(state),
      bottom: Line(place.map { ListView.position($0, of: listed.count) } ?? ""), isFocused: true
    ).draw(into: &surface, in: top)
    guard let place else {
      let words = state.filter == nil ? state.page.emptiness : "nothing matches; Esc shows all"
      surface.put(words, row: inner.row, column: inner.column + 1, style: .dim)
      return
    }
    // Only what can be seen is put together: a file may have 100,000 records.
    let first = Scroll.following(place, first: 0, total: listed.count, visible: inner.rows)
    let visible = Array(listed.dropFirst(first).prefix(inner.rows))
    let rows = visible.map { AuditRows.row(state.page, $0, state.snapshot, surface.glyphs) }
    ListView(rows, selection: place - first).draw(into: &surface, in: inner)
    drawText(lines, title: "", scroll: state.scroll, into: &surface, in: bottom)
  }

  private static func filter(_ state: AuditState) -> Line {
    guard let filter = state.filter else { return [] }
    return Line("filter: \(filter.text.suffix(30))\(state.isTyping ? "_" : "")", .warning)
  }

  private static func drawText(
    _ lines: [Line], title: String, scroll: Int, into surface: inout Surface, in rect: Rect
  ) {
    var frame = Frame(title: Line(title))
    let room = frame.draw(into: &surface, in: rect).inset(columns: 1)
    let rows = TextBlock(lines).rows(width: room.columns, glyphs: surface.glyphs)
    let first = Scroll.clamped(scroll, total: rows.count, visible: room.rows)
    if let position = Scroll.position(first, total: rows.count, visible: room.rows) {
      frame.bottom = Line(position)
      _ = frame.draw(into: &surface, in: rect)
    }
    for (index, row) in rows.dropFirst(first).prefix(room.rows).enumerated() {
      surface.put(row, row: room.row + index, column: room.column, width: room.columns)
    }
  }
}

extension AuditState.Page {
  /// What stands over the page.
  var title: String {
    switch self {
    case .summary: "Summary"
    case .attention: "Needs attention, what cannot be verified first"
    case .timeline: "Records, newest first"
    case .points: "Points"
    case .keys: "Who signed with which key"
    case .compare: "Differences to the other file"
    }
  }

  /// What stands there where nothing is listed.
  var emptiness: String {
    switch self {
    case .summary: ""
    case .attention: "nothing needs attention"
    case .timeline: "the file has no records"
    case .points: "the points cannot be read"
    case .keys: "no record is signed: names are as typed"
    case .compare: "no difference"
    }
  }
}
