public import Session

/// A text being edited, on one row that scrolls sideways or on several that wrap.
public struct TextField: Hashable, Sendable {
  /// What is being edited.
  public var input: TextInput
  /// Whether the keys go here: the cursor is shown.
  public var isFocused: Bool
  /// What to show where there is no text yet.
  public var placeholder: String

  /// A field for a text.
  public init(_ input: TextInput, isFocused: Bool, placeholder: String = "") {
    self.input = input
    self.isFocused = isFocused
    self.placeholder = placeholder
  }

  /// The columns at which the text is wrapped in a rect, for ``TextInput/apply(_:width:)``.
  public static func wrapWidth(in rect: Rect) -> Int {
    max(2, rect.columns - 1)
  }

  /// Draws the text so that the cursor is visible.
  public func draw(into surface: inout Surface, in rect: Rect) {
    guard !rect.isEmpty else { return }
    surface.fill(rect, style: isFocused ? .input.underlined : .input)
    if input.isEmpty {
      surface.put(
        placeholder, row: rect.row, column: rect.column, style: .placeholder, width: rect.columns)
      if isFocused { surface.placeCursor(row: rect.row, column: rect.column) }
    } else if input.isMultiline {
      drawRows(into: &surface, in: rect)
    } else {
      drawRow(into: &surface, in: rect.line(0))
    }
  }

  private var style: Style { isFocused ? .input.underlined : .input }

  private func drawRows(into surface: inout Surface, in rect: Rect) {
    let width = Self.wrapWidth(in: rect)
    let rows = input.rows(width: width)
    let (row, column) = input.position(width: width)
    let first = Scroll.following(
      isFocused ? row : 0, first: 0, total: rows.count, visible: rect.rows, margin: 0)
    for (offset, range) in rows.dropFirst(first).prefix(rect.rows).enumerated() {
      surface.put(
        String(input.characters[range]), row: rect.row + offset, column: rect.column,
        style: style, width: rect.columns)
    }
    guard isFocused else { return }
    surface.placeCursor(
      row: rect.row + row - first, column: rect.column + min(column, rect.columns - 1))
  }

  private func drawRow(into surface: inout Surface, in rect: Rect) {
    let start = isFocused ? firstVisible(columns: rect.columns) : 0
    let end = end(from: start, columns: rect.columns)
    // One character more is enough to show that there is more; while editing, the text itself is shown.
    let shown = isFocused ? end : min(end + 1, input.characters.count)
    surface.put(
      String(input.characters[start..<shown]),
      row: rect.row, column: rect.column, style: style, width: rect.columns)
    guard isFocused else { return }
    surface.placeCursor(
      row: rect.row, column: rect.column + input.columns(start..<input.cursor))
  }

  /// The first character to show so that the cursor has a cell.
  private func firstVisible(columns: Int) -> Int {
    var start = input.cursor
    var used = 0
    while start > 0 {
      used += DisplayWidth.of(input.characters[start - 1])
      if used > columns - 1 { break }
      start -= 1
    }
    return start
  }

  /// The end of what fits.
  private func end(from start: Int, columns: Int) -> Int {
    var used = 0
    var end = start
    while end < input.characters.count {
      used += DisplayWidth.of(input.characters[end])
      if used > columns { break }
      end += 1
    }
    return end
  }
}
