internal import Checklist
internal import Evidence
internal import Gate
public import Session

/// Many launches on one page, worst first, and one of them with all that blocks it.
public enum BoardScreen {
  /// Draws the board.
  public static func draw(_ state: BoardState, into surface: inout Surface) {
    guard !SessionState.isTooSmall(surface.size) else {
      surface.put("Window too small.", row: 0, column: 0, style: .warning)
      return
    }
    let (header, rest) = surface.bounds.splitTop(1)
    let (page, footer) = rest.splitBottom(1)
    drawHeader(state, into: &surface, in: header)
    if state.isOpen, let row = state.selected {
      drawDetail(row, state, into: &surface, in: page)
    } else {
      drawList(state, into: &surface, in: page)
    }
    let hints = state.bindings.map { KeyHint($0.keys, $0.label) }
    FooterKeys(hints, help: KeyHint("q", state.isOpen ? "back" : "quit")).draw(
      into: &surface, in: footer)
  }

  private static func drawHeader(
    _ state: BoardState, into surface: inout Surface, in rect: Rect
  ) {
    surface.fill(rect, style: .title)
    let words = ["DAMAGED", "UNREADABLE", "NO-GO", "INCOMPLETE", "GO"]
    let counts = words.compactMap { word in
      let count = state.rows.filter { $0.word == word }.count
      return count > 0 ? "\(count) \(word)" : nil
    }
    let launches = "\(state.rows.count) \(state.rows.count == 1 ? "launch" : "launches")"
    surface.put(
      " BOARD  \(launches): \(counts.joined(separator: ", "))", row: rect.row,
      column: rect.column, style: .title, width: rect.columns)
  }

  private static func drawList(
    _ state: BoardState, into surface: inout Surface, in rect: Rect
  ) {
    var frame = Frame(title: Line("Launches"), trailing: Line("worst first"), isFocused: true)
    frame.bottom = Line(ListView.position(state.selection, of: state.rows.count))
    let inner = frame.draw(into: &surface, in: rect)
    let name = max(16, (inner.columns - 36) / 2)
    let heads =
      Line("VERDICT".padded(to: 13), .dim) + Line("LAUNCH", .dim).fitted(to: name)
      + Line(" SETTLED FAIL  WAITS FOR", .dim)
    surface.put(heads, row: inner.row, column: inner.column, width: inner.columns - 18)
    surface.put("EXPIRES (UTC)", row: inner.row, column: inner.endColumn - 16, style: .dim)
    let lines = state.rows.map { line($0, name: name, surface.glyphs) }
    ListView(lines, selection: state.selection).draw(
      into: &surface, in: inner.dropping(rows: 1), first: 0)
  }

  private static func line(_ row: BoardRow, name: Int, _ glyphs: Glyphs) -> ListView.Row {
    let verdict = Line("\(row.word.padded(to: 12)) ", style(row))
    switch row.outcome {
    case .judged(let entry):
      let launch = "\(entry.subject) \(entry.release) \(glyphs.arrow) \(entry.environment)"
      let waits = entry.waitsFor.map { "\($0.who) (\($0.points))" }.joined(separator: ", ")
      let fails = entry.counts[.fail] ?? 0
      let settled = "\(entry.settled)/\(entry.points)"
      return ListView.Row(
        verdict + Line(launch).fitted(to: name, glyphs: glyphs)
          + Line(" \(settled.padded(to: 7)) ")
          + Line("\(fails)".padded(to: 5), fails > 0 ? .fail : .dim)
          + Line(waits.isEmpty ? "nobody" : waits, waits.isEmpty ? .dim : .plain),
        trailing: Line(entry.expires?.short ?? "-", .dim))
    case .damaged(let reason, _), .unreadable(let reason, _):
      return ListView.Row(
        verdict + Line(row.file).fitted(to: name, glyphs: glyphs) + Line(" \(reason)", .fail))
    }
  }

  private static func style(_ row: BoardRow) -> Style {
    row.entry?.verdict.style ?? .error
  }

  private static func drawDetail(
    _ row: BoardRow, _ state: BoardState, into surface: inout Surface, in rect: Rect
  ) {
    let title =
      row.entry.map { "\($0.subject) \($0.release) \(surface.glyphs.arrow) \($0.environment)" }
      ?? row.file
    var frame = Frame(title: Line(title), isFocused: true)
    let room = frame.draw(into: &surface, in: rect).inset(columns: 1)
    let block = TextBlock(details(row, surface.glyphs))
    let total = block.rows(width: room.columns, glyphs: surface.glyphs).count
    if let position = Scroll.position(state.scroll, total: total, visible: room.rows) {
      frame.bottom = Line(position)
      _ = frame.draw(into: &surface, in: rect)
    }
    _ = block.draw(into: &surface, in: room, scroll: state.scroll)
  }

  private static func details(_ row: BoardRow, _ glyphs: Glyphs) -> [Line] {
    switch row.outcome {
    case .damaged(let reason, let hint), .unreadable(let reason, let hint):
      return [
        "", Line("\(row.word): \(reason)", .error),
        Line(hint.map { "\(glyphs.arrow) \($0)" } ?? ""),
        "", Line(row.file, .dim),
      ]
    case .judged(let entry): return details(entry, row.file, glyphs)
    }
  }

  private static func details(_ entry: BoardEntry, _ file: String, _ glyphs: Glyphs) -> [Line] {
    let counts = State.allCases.filter { entry.counts[$0] != nil }
      .map { "\(entry.counts[$0] ?? 0) \($0.rawValue)" }
    var lines: [Line] = [
      "",
      Line([
        Span(" \(entry.verdict.rawValue) ", entry.verdict.style.bold),
        Span("  \(entry.points) points: \(counts.joined(separator: ", "))"),
      ]), "", Line(file, .dim),
      Line("as of \(entry.at.rfc3339), \(entry.isSealed ? "sealed" : "not sealed")", .dim), "",
    ]
    if !entry.waitsFor.isEmpty {
      lines.append(Line("WAITS FOR", .heading))
      lines += entry.waitsFor.map { Line("  \("\($0.points)".padded(to: 4))\($0.who)", hanging: 6) }
      lines.append("")
    }
    if let expires = entry.expires {
      let points = entry.expiring.prefix(12).joined(separator: " ")
      lines += [
        Line("EXPIRES NEXT", .heading), Line("  \(expires.rfc3339)  \(points)", hanging: 4),
      ]
      lines.append("")
    }
    if !entry.blockers.isEmpty { lines.append(Line("BLOCKS", .heading)) }
    for blocker in entry.blockers {
      lines.append(
        Line(
          [
            Span("  "), blocker.state.sign(glyphs), Span(" \(blocker.point ?? "launch")  ", .key),
            Span(blocker.reason),
          ], hanging: 12))
    }
    return lines
  }
}
