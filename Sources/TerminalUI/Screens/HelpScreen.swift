internal import Gate
internal import Session

/// The keys of the page, the keys of every page, and the signs.
enum HelpScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    let keys = KeyBinding.bindings(for: state.screen, isDemo: state.isDemo)
    draw(state.screen.rawValue, keys + KeyBinding.everywhere, into: &surface, in: rect)
  }

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
