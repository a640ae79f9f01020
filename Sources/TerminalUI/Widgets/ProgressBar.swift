/// How much of something is done.
public struct ProgressBar: Hashable, Sendable {
  /// How many are done.
  public var done: Int
  /// How many there are.
  public var total: Int
  /// The style of the full part.
  public var style: Style

  /// A bar.
  public init(done: Int, total: Int, style: Style = .running) {
    self.done = done
    self.total = total
    self.style = style
  }

  /// The cells that are full; all of them only when everything is done.
  public func filled(width: Int) -> Int {
    guard total > 0, done > 0 else { return 0 }
    return min(width, width * min(done, total) / total)
  }

  /// Draws the bar over the whole width.
  public func draw(into surface: inout Surface, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let (full, empty) = rect.line(0).splitLeft(filled(width: rect.columns))
    surface.fill(full, with: surface.glyphs.barFull, style: style)
    surface.fill(empty, with: surface.glyphs.barEmpty, style: .dim)
  }
}
