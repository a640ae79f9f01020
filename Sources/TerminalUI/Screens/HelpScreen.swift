internal import Gate
internal import Session

/// The keys of the page and of every page, the commands and the signs; typing looks for something.
enum HelpScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let help = state.help else { return }
    let size = Size(rows: min(rect.rows, 40), columns: min(rect.columns - 4, 78))
    let entries = help.entries(for: state.screen, isDemo: state.isDemo)
    var dialog = Dialog(
      Frame(
        title: Line("Help: \(state.screen.title)"),
        trailing: Line(
          help.search.isEmpty
            ? "type to search" : "\(entries.count) with: \(help.search.text)_", .warning)),
      size: size)
    let inner = dialog.draw(into: &surface, in: rect).inset(columns: 1)
    let lines = lines(entries, columns: inner.columns, surface.glyphs)
    let scroll = Scroll.clamped(help.scroll, total: lines.count, visible: inner.rows)
    let position = Scroll.position(scroll, total: lines.count, visible: inner.rows)
    dialog.frame.bottom = Line(position.map { "\($0), Esc closes" } ?? "Esc closes")
    _ = dialog.draw(into: &surface, in: rect)
    surface.mark(inner, .help, total: lines.count)
    for (index, line) in lines.dropFirst(scroll).prefix(inner.rows).enumerated() {
      surface.put(line, row: inner.row + index, column: inner.column, width: inner.columns)
    }
    if entries.isEmpty {
      surface.put(
        "nothing has these words", row: inner.row, column: inner.column, style: .dim,
        width: inner.columns)
    }
  }

  /// The entries in two columns under their headings.
  private static func lines(
    _ entries: [HelpPage.Entry], columns: Int, _ glyphs: Glyphs
  ) -> [Line] {
    var lines: [Line] = []
    var rest = entries[...]
    let half = columns / 2
    while let place = rest.first?.place {
      let group = Array(rest.prefix { $0.place == place })
      rest = rest.dropFirst(group.count)
      lines.append(Line(place.uppercased(), .heading))
      let isWide = group.contains { $0.words.count + 12 > half - 1 || $0.sign.count > 20 }
      let rows = isWide && group.count < 4 ? group.count : (group.count + 1) / 2
      for index in 0..<rows {
        let left = line(group[index], glyphs)
        guard index + rows < group.count else {
          lines.append(left)
          continue
        }
        lines.append(
          left.fitted(to: half - 1, glyphs: glyphs) + [Span(" ")]
            + line(group[index + rows], glyphs))
      }
    }
    return lines
  }

  private static func line(_ entry: HelpPage.Entry, _ glyphs: Glyphs) -> Line {
    if let state = entry.state {
      return Line([state.sign(glyphs), Span("  \(entry.words)")])
    }
    let sign = entry.sign.padded(to: entry.sign.hasPrefix(":") ? 15 : 10)
    return Line([Span(sign + " ", .key), Span(entry.words)])
  }
}

extension HelpScreen {
  /// Those keys, and the signs.
  static func draw(
    _ title: String, _ keys: [KeyBinding], into surface: inout Surface, in rect: Rect
  ) {
    let size = Size(rows: min(rect.rows, 26), columns: min(rect.columns - 4, 78))
    let dialog = Dialog(
      Frame(title: Line("Help: \(title)"), bottom: "Esc closes"), size: size)
    let inner = dialog.draw(into: &surface, in: rect).inset(columns: 1)
    let column = inner.columns / 2
    let half = (keys.count + 1) / 2
    for (index, binding) in keys.enumerated() {
      let row = inner.row + index % half
      guard row < inner.endRow else { continue }
      let start = inner.column + (index < half ? 0 : column)
      surface.put(
        Line([Span(binding.keys.padded(to: 11), .key), Span(binding.label)]), row: row,
        column: start, width: column - 1)
    }
    let words: [(State, String)] = [
      (.ok, "passed, or signed off"), (.fail, "not as it should be"),
      (.unknown, "could not be looked at"), (.open, "needs a person"),
      (.review, "suspects to be judged"), (.risk, "accepted until a day"),
      (.notApplicable, "a person said so"), (.stale, "older than it may be"),
      (.lapsed, "its object has changed"),
    ]
    let rows = (words.count + 1) / 2
    let gap = half + rows < inner.rows ? 1 : 0
    for (index, (state, meaning)) in words.enumerated() {
      let row = inner.row + half + gap + index % rows
      guard row < inner.endRow else { continue }
      surface.put(
        Line([state.sign(surface.glyphs), Span("  \(meaning)")]), row: row,
        column: inner.column + (index < rows ? 0 : column), width: column - 1)
    }
  }
}
