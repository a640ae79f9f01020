internal import Checklist
internal import Gate
internal import Session

/// The main page: all controls on the left, everything about one of them on the right.
enum GateScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let report = state.report else { return }
    let (tabs, rest) = rect.splitTop(1)
    drawTabs(state, report, into: &surface, in: tabs)
    let listWidth = rect.columns >= 140 ? 52 : rect.columns >= 96 ? 46 : rect.columns / 2 - 4
    let (left, right) = rest.splitLeft(listWidth)
    drawList(state, report, into: &surface, in: left)
    guard let control = state.selectedControl else { return }
    drawDetail(state, report, control, into: &surface, in: right)
  }

  private static func drawTabs(
    _ state: SessionState, _ report: GateReport, into surface: inout Surface, in rect: Rect
  ) {
    let domains = report.walk
    // The digit that goes there; what comes before the first domain is 0.
    let first = domains.count - report.checklist.domains.count
    func titles(gap: String?) -> [Line] {
      domains.enumerated().map { index, domain in
        title(domain, index + 1 - first, report, surface.glyphs, gap: gap)
      }
    }
    let (long, short, bare) = (titles(gap: " "), titles(gap: ""), titles(gap: nil))
    let titles =
      [long, short].first { titles in
        titles.reduce(-1) { $0 + $1.width + 3 } <= rect.columns
      } ?? bare
    let selected = domains.firstIndex { domain in
      domain.controls.contains { $0.number == state.selectedControl?.number }
    }
    let columns = Tabs(titles, selection: selected ?? 0).draw(into: &surface, in: rect)
    for (index, range) in columns {
      surface.mark(
        Rect(row: rect.row, column: range.lowerBound, rows: 1, columns: range.count),
        .domain(index - first))
    }
  }

  /// Number and name of a domain, its worst state, and how many of its points are settled.
  private static func title(
    _ domain: Domain, _ digit: Int, _ report: GateReport, _ glyphs: Glyphs, gap: String?
  ) -> Line {
    let points = domain.controls.flatMap { report.standings(of: $0) }
    let settled = points.filter(\.state.isSettled).count
    let worst = points.map(\.state).max { $0.gravity < $1.gravity } ?? .ok
    return Line([
      Span("\(digit) \(domain.short) "), Span(worst.glyph(glyphs), worst.style),
      Span(gap.map { "\($0)\(settled)/\(points.count)" } ?? ""),
    ])
  }

  private static func drawList(
    _ state: SessionState, _ report: GateReport, into surface: inout Surface, in rect: Rect
  ) {
    let controls = state.visibleControls
    var rows: [ListView.Row] = []
    var selection: Int?
    var numbers: [Int: String] = [:]
    for domain in report.walk {
      let listed = domain.controls.filter { control in
        controls.contains { $0.number == control.number }
      }
      if listed.isEmpty { continue }
      rows.append(ListView.Row(Line(domain.title, .heading)))
      for control in listed {
        if control.number == state.selectedControl?.number { selection = rows.count }
        numbers[rows.count] = control.number
        rows.append(row(control, state, report, surface.glyphs))
      }
    }
    let index = controls.firstIndex { $0.number == state.selectedControl?.number } ?? 0
    let inner = Frame(
      title: Line("Controls"),
      trailing: filter(state, of: report, listed: controls.count, room: rect.columns - 17),
      bottom: Line(controls.isEmpty ? "" : ListView.position(index, of: controls.count)),
      isFocused: !state.list.isDetailFocused
    ).draw(into: &surface, in: rect)
    if controls.isEmpty {
      surface.put(
        "nothing matches; Esc shows all", row: inner.row, column: inner.column + 1, style: .dim)
    }
    let list = ListView(rows, selection: selection, isFocused: !state.list.isDetailFocused)
    let first = list.draw(into: &surface, in: inner, first: 0)
    surface.mark(rect, .list)
    for (index, number) in numbers where index >= first {
      surface.mark(inner.line(index - first), .control(number))
    }
  }

  /// How many controls are listed, or by which words; of long ones the end.
  private static func filter(
    _ state: SessionState, of report: GateReport, listed: Int, room: Int
  ) -> Line {
    guard let filter = state.list.filter else {
      return Line("all \(report.checklist.controls.count)", .dim)
    }
    let sign = room >= 24 ? "filter: " : "/"
    let count = "  \(listed) of \(report.controls.count)"
    let taken = sign.count + 1 + count.count
    // The end of what is typed is what one wants to see.
    var words: [Character] = []
    var width = 0
    for character in filter.characters.reversed() {
      width += DisplayWidth.of(character)
      if width > room - taken { break }
      words.append(character)
    }
    return Line(
      "\(sign)\(String(words.reversed()))\(state.list.isTyping ? "_" : "")\(count)", .warning)
  }

  private static func row(
    _ control: Control, _ state: SessionState, _ report: GateReport, _ glyphs: Glyphs
  ) -> ListView.Row {
    let worst = report.state(of: control)
    let drafted = control.points.filter { state.draft($0.id) != nil }.count
    // What has a name instead of a number is known by its title.
    let shown = control.number.count > 3 ? "" : control.number
    let number = String(repeating: " ", count: max(0, 2 - shown.count)) + shown
    return ListView.Row(
      [
        Span("\(number) "), worst.sign(glyphs),
        Span(" \(control.title)", control.severity == .critical ? .plain.bold : .plain),
      ], trailing: drafted > 0 ? Line("\(drafted) drafted ", .info) : [])
  }

  private static func drawDetail(
    _ state: SessionState, _ report: GateReport, _ control: Control,
    into surface: inout Surface, in rect: Rect
  ) {
    let detail = ControlDetail(control, report, state)
    var lines = detail.lines(surface.glyphs)
    var rect = rect
    if rect.columns >= 100 {
      // Room for why and how beside what is.
      let (middle, side) = rect.splitRight(rect.columns * 2 / 5)
      rect = middle
      lines = detail.standing(surface.glyphs)
      let inner = Frame(title: "Why and how").draw(into: &surface, in: side).inset(columns: 1)
      _ = TextBlock(detail.background(surface.glyphs)).draw(into: &surface, in: inner)
    }
    let frame = Frame(
      title: Line(
        report.checklist.control(control.number) == nil
          ? control.title : "\(control.number) \(control.title)"),
      isFocused: state.list.isDetailFocused)
    // The frame is drawn twice: only the wrapped text tells where one is in it.
    let room = frame.draw(into: &surface, in: rect).inset(columns: 1)
    let block = TextBlock(lines)
    let total = block.rows(width: room.columns, glyphs: surface.glyphs).count
    let scroll = Scroll.clamped(state.list.detailScroll, total: total, visible: room.rows)
    var placed = frame
    if let position = Scroll.position(scroll, total: total, visible: room.rows) {
      placed.bottom = Line(position)
    }
    _ = placed.draw(into: &surface, in: rect)
    _ = block.draw(into: &surface, in: room, scroll: scroll)
    surface.mark(room, .detail, total: total)
  }
}
