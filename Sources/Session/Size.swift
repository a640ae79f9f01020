/// Rows and columns of a grid.
public struct Size: Hashable, Sendable {
  /// From top to bottom.
  public var rows: Int
  /// From left to right, in cells.
  public var columns: Int

  /// A grid of that size.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }
}
