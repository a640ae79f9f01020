/// A border with a title, a text at its right, and one at the bottom right.
public struct Frame: Hashable, Sendable {
  public var title: Line
  public var trailing: Line
  public var bottom: Line
  public var isFocused: Bool

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

  /// The title comes first; the text at the right is left out where both do not fit.
  private func drawTexts(into surface: inout Surface, in rect: Rect) {
    var room = rect.columns - 4
    guard room >= 3 else { return }
    if !title.isEmpty {
      let padded = padded(title, to: room)
      room -= surface.put(padded, row: rect.row, column: rect.column + 2, width: room) + 1
    }
    let width = trailing.width + 2
    if !trailing.isEmpty, width <= room {
      surface.put(
        padded(trailing, to: room), row: rect.row, column: rect.endColumn - 2 - width)
    }
    if !bottom.isEmpty {
      let line = padded(bottom, to: rect.columns - 4)
      let width = min(line.width, rect.columns - 4)
      let column = rect.endColumn - 2 - width
      surface.put(line, row: rect.endRow - 1, column: column, width: width)
    }
  }

  /// A blank on both sides, and the text shortened so that the second stays.
  private func padded(_ line: Line, to room: Int) -> Line {
    let glyphs = Glyphs.unicode
    let run = GlyphRun(line, glyphs: glyphs)
    guard run.width > room - 2 else { return [Span(" ")] + line + [Span(" ")] }
    return [Span(" ")] + line
  }
}
