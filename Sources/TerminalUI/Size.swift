/// Rows and columns of a grid.
public struct Size: Hashable, Sendable {
  /// The number of rows.
  public var rows: Int
  /// The number of columns.
  public var columns: Int

  /// A size.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }
}
