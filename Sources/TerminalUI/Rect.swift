public import Session

/// A part of a surface; never of negative size.
public struct Rect: Hashable, Sendable {
  /// The first row.
  public var row: Int
  /// The first column.
  public var column: Int
  /// The number of rows.
  public var rows: Int
  /// The number of columns.
  public var columns: Int

  /// A rect; a negative size becomes empty.
  public init(row: Int = 0, column: Int = 0, rows: Int, columns: Int) {
    self.row = row
    self.column = column
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }

  /// The whole of a grid.
  public init(_ size: Size) {
    self.init(rows: size.rows, columns: size.columns)
  }

  /// The size of the rect.
  public var size: Size { Size(rows: rows, columns: columns) }
  /// Whether there is no cell in it.
  public var isEmpty: Bool { rows == 0 || columns == 0 }
  /// The row under the last one.
  public var endRow: Int { row + rows }
  /// The column right of the last one.
  public var endColumn: Int { column + columns }

  /// Whether a cell is in it.
  public func contains(row: Int, column: Int) -> Bool {
    row >= self.row && row < endRow && column >= self.column && column < endColumn
  }

  /// The rect without this many rows above and below and columns left and right.
  public func inset(rows: Int = 0, columns: Int = 0) -> Rect {
    Rect(
      row: row + min(rows, self.rows), column: column + min(columns, self.columns),
      rows: self.rows - 2 * rows, columns: self.columns - 2 * columns)
  }

  /// One row of the rect, counted from its top; empty when there is no such row.
  public func line(_ index: Int) -> Rect {
    let exists = index >= 0 && index < rows
    return Rect(row: row + index, column: column, rows: exists ? 1 : 0, columns: columns)
  }

  /// The rect without its first rows.
  public func dropping(rows count: Int) -> Rect {
    splitTop(count).bottom
  }

  /// Cuts rows off the top.
  public func splitTop(_ count: Int) -> (top: Rect, bottom: Rect) {
    let cut = min(max(0, count), rows)
    return (
      Rect(row: row, column: column, rows: cut, columns: columns),
      Rect(row: row + cut, column: column, rows: rows - cut, columns: columns)
    )
  }

  /// Cuts rows off the bottom.
  public func splitBottom(_ count: Int) -> (top: Rect, bottom: Rect) {
    splitTop(rows - min(max(0, count), rows))
  }

  /// Cuts columns off the left.
  public func splitLeft(_ count: Int) -> (left: Rect, right: Rect) {
    let cut = min(max(0, count), columns)
    return (
      Rect(row: row, column: column, rows: rows, columns: cut),
      Rect(row: row, column: column + cut, rows: rows, columns: columns - cut)
    )
  }

  /// Cuts columns off the right.
  public func splitRight(_ count: Int) -> (left: Rect, right: Rect) {
    splitLeft(columns - min(max(0, count), columns))
  }

  /// A rect of at most this size in the middle of this one.
  public func centred(_ size: Size) -> Rect {
    let height = min(size.rows, rows)
    let width = min(size.columns, columns)
    return Rect(
      row: row + (rows - height) / 2, column: column + (columns - width) / 2,
      rows: height, columns: width)
  }
}
