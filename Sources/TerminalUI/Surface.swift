public import Session

/// A grid of cells: what the screen shall show.
///
/// Everything that is put here is sanitised, clipped to the grid, and never cuts a wide character
/// in half, so that a driver can write the cells as they are.
public struct Surface: Hashable, Sendable {
  /// Where the terminal's cursor stands.
  public struct Cursor: Hashable, Sendable {
    /// The row, counted from 0.
    public var row: Int
    /// The column, counted from 0.
    public var column: Int
    /// False: it is only there for screen readers and braille lines to follow.
    public var isVisible: Bool

    /// A cursor.
    public init(row: Int, column: Int, isVisible: Bool) {
      self.row = row
      self.column = column
      self.isVisible = isVisible
    }
  }

  /// The size of the grid.
  public let size: Size
  /// The signs that widgets draw with.
  public let glyphs: Glyphs
  /// Where the cursor stands, if anywhere.
  public private(set) var cursor: Cursor?
  /// What can be clicked and scrolled.
  public internal(set) var layout = Layout()
  private var cells: [Cell]

  /// A blank grid.
  public init(size: Size, glyphs: Glyphs = .unicode) {
    let size = Size(rows: max(0, size.rows), columns: max(0, size.columns))
    self.size = size
    self.glyphs = glyphs
    cells = Array(repeating: Cell(), count: size.rows * size.columns)
  }

  /// The whole grid.
  public var bounds: Rect { Rect(size) }

  /// The cell at a position inside the grid; a blank one outside of it.
  public subscript(row: Int, column: Int) -> Cell {
    bounds.contains(row: row, column: column) ? cells[row * size.columns + column] : Cell()
  }

  /// The cells of one row.
  public func row(_ row: Int) -> ArraySlice<Cell> {
    guard row >= 0, row < size.rows else { return [] }
    return cells[row * size.columns..<(row + 1) * size.columns]
  }

  /// Puts a text, shortened with an ellipsis where it is wider than `width`.
  ///
  /// - Returns: the columns that were used.
  @discardableResult
  public mutating func put(
    _ text: String, row: Int, column: Int, style: Style = .plain, width: Int? = nil
  ) -> Int {
    put(Line(text, style), row: row, column: column, width: width)
  }

  /// Puts a line, shortened with an ellipsis where it is wider than `width`.
  ///
  /// - Returns: the columns that were used.
  @discardableResult
  public mutating func put(_ line: Line, row: Int, column: Int, width: Int? = nil) -> Int {
    let room = max(0, min(width ?? .max, size.columns - column))
    let glyphs = GlyphRun(line, glyphs: glyphs).shortened(to: room, ellipsis: glyphs.ellipsis)
    var position = column
    for (glyph, style) in glyphs.elements {
      set(glyph, style, row: row, column: position)
      position += glyph.width
    }
    return position - column
  }

  /// Fills a rect with one narrow character.
  public mutating func fill(_ rect: Rect, with text: String = " ", style: Style = .plain) {
    guard let glyph = Sanitizer.glyphs(text).first, glyph.width == 1 else { return }
    for row in rect.row..<rect.endRow {
      for column in rect.column..<rect.endColumn { set(glyph, style, row: row, column: column) }
    }
  }

  /// Changes the style of what is already there.
  public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    for row in max(0, rect.row)..<max(0, rect.row, min(rect.endRow, size.rows)) {
      for column in max(0, rect.column)..<max(0, rect.column, min(rect.endColumn, size.columns)) {
        let index = row * size.columns + column
        cells[index].style = change(cells[index].style)
      }
    }
  }

  /// Places the cursor where the user types.
  public mutating func placeCursor(row: Int, column: Int) {
    cursor = Cursor(row: row, column: column, isVisible: true)
  }

  /// Lets the invisible cursor follow the selection, unless the user types somewhere.
  public mutating func followSelection(row: Int, column: Int) {
    if cursor?.isVisible != true { cursor = Cursor(row: row, column: column, isVisible: false) }
  }

  /// Takes the cursor and all that can be clicked away, as a dialog does from what is under it.
  public mutating func removeCursor() {
    cursor = nil
    layout = Layout()
  }

  private mutating func set(_ glyph: Sanitizer.Glyph, _ style: Style, row: Int, column: Int) {
    guard bounds.contains(row: row, column: column) else { return }
    guard glyph.width == 1 || column + 1 < size.columns else {
      set(Sanitizer.Glyph(text: " ", width: 1), style, row: row, column: column)
      return
    }
    let index = row * size.columns + column
    clearHalves(index, column)
    cells[index] = Cell(text: glyph.text, width: glyph.width, style: style)
    if glyph.width == 2 {
      clearHalves(index + 1, column + 1)
      cells[index + 1] = .rightHalf(style: style)
      cells[index] = Cell(text: glyph.text, width: 2, style: style)
    }
  }

  /// Blanks the other half of the wide character of which this cell is one.
  private mutating func clearHalves(_ index: Int, _ column: Int) {
    if cells[index].width == 0, column > 0 {
      cells[index - 1] = Cell(style: cells[index - 1].style)
    } else if cells[index].width == 2, column + 1 < size.columns {
      cells[index + 1] = Cell(style: cells[index + 1].style)
    }
  }
}
