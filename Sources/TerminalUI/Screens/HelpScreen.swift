internal import Gate
internal import Session

/// The keys of the page, the keys of every page, and the signs.
enum HelpScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    let size = Size(rows: min(rect.rows, 26), columns: min(rect.columns - 4, 78))
    let dialog = Dialog(
      Frame(title: Line("Help: \(state.screen.rawValue)"), bottom: "Esc closes"), size: size)
    let inner = dialog.draw(into: &surface, in: rect).inset(columns: 1)
    let keys =
      KeyBinding.bindings(for: state.screen, isDemo: state.isDemo) + KeyBinding.everywhere
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
    let (_, signs) = inner.splitTop(half + 1)
    let words: [(State, String)] = [
      (.ok, "seen to pass, or signed off"), (.fail, "not as it should be: NO-GO"),
      (.unknown, "could not be looked at"), (.open, "needs a person"),
      (.review, "suspects that a person has to judge"),
      (.risk, "a risk that was accepted until a day"),
      (.notApplicable, "does not apply, and a person said so"),
      (.stale, "older than it may be"), (.lapsed, "what it was said of has changed"),
    ]
    for (index, (state, meaning)) in words.enumerated() where index < signs.rows {
      surface.put(
        Line([state.sign(surface.glyphs), Span("  \(meaning)")]), row: signs.row + index,
        column: signs.column, width: signs.columns)
    }
  }
}
