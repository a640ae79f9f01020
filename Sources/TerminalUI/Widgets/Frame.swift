/// A border with a title, a text at its right, and one at the bottom right.
public struct Frame: Hashable, Sendable {
  /// At the left of the upper side.
  public var title: Line
  /// At the right of the upper side.
  public var trailing: Line
  /// At the right of the lower side.
  public var bottom: Line
  /// Whether the keys go to what is inside.
  public var isFocused: Bool

  /// A border with its texts.
  public init(title: Line = [], trailing: Line = [], bottom: Line = [], isFocused: Bool = false) {
    self.title = title
    self.trailing = trailing
    self.bottom = bottom
    self.isFocused = isFocused
  }

  /// Draws the border.
  ///
  /// - Returns: the room inside it.
  @discardableResult
  public func draw(into surface: inout Surface, in rect: Rect) -> Rect {
    guard rect.rows >= 2, rect.columns >= 2 else { return Rect(rows: 0, columns: 0) }
    let style: Style = isFocused ? .focus : .border
    let glyphs = surface.glyphs
    let last = rect.endRow - 1
    surface.fill(rect.line(0), with: glyphs.horizontal, style: style)
    surface.fill(rect.line(rect.rows - 1), with: glyphs.horizontal, style: style)
    for row in rect.row + 1..<max(last, rect.row + 1) {
      surface.put(glyphs.vertical, row: row, column: rect.column, style: style)
      surface.put(glyphs.vertical, row: row, column: rect.endColumn - 1, style: style)
    }
    surface.put(glyphs.topLeft, row: rect.row, column: rect.column, style: style)
    surface.put(glyphs.topRight, row: rect.row, column: rect.endColumn - 1, style: style)
    surface.put(glyphs.bottomLeft, row: last, column: rect.column, style: style)
    surface.put(glyphs.bottomRight, row: last, column: rect.endColumn - 1, style: style)
    drawTexts(into: &surface, in: rect)
    return rect.inset(rows: 1, columns: 1)
  }

  /// The title is shortened; the other texts are left out where they do not fit.
  private func drawTexts(into surface: inout Surface, in rect: Rect) {
    var room = rect.columns - 4
    guard room >= 3 else { return }
    if !title.isEmpty {
      let column = rect.column + 2
      let used = surface.put(title, row: rect.row, column: column + 1, width: room - 2)
      surface.put(" ", row: rect.row, column: column)
      surface.put(" ", row: rect.row, column: column + 1 + used)
      room -= used + 3
    }
    drawRight(trailing, room: room, row: rect.row, into: &surface, in: rect)
    drawRight(bottom, room: rect.columns - 4, row: rect.endRow - 1, into: &surface, in: rect)
  }

  private func drawRight(
    _ text: Line, room: Int, row: Int, into surface: inout Surface, in rect: Rect
  ) {
    let width = text.width + 2
    guard !text.isEmpty, width <= room else { return }
    let line = [Span(" ")] + text + [Span(" ")]
    surface.put(line, row: row, column: rect.endColumn - 2 - width)
  }
}
