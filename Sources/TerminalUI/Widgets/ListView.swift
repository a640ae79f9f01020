/// Rows of which one is selected.
public struct ListView: Hashable, Sendable {
  /// A row: a text that is shortened, and one at the right that is not.
  public struct Row: Hashable, Sendable {
    /// What is shortened where room is short.
    public var text: Line
    /// What stands at the right.
    public var trailing: Line

    /// A row of a list.
    public init(_ text: Line, trailing: Line = []) {
      self.text = text
      self.trailing = trailing
    }
  }

  /// The rows.
  public var rows: [Row]
  /// The index of the selected row.
  public var selection: Int?
  /// False when another part of the screen has the keys: the selection is then only bold.
  public var isFocused: Bool

  /// A list of rows.
  public init(_ rows: [Row], selection: Int? = nil, isFocused: Bool = true) {
    self.rows = rows
    self.selection = selection
    self.isFocused = isFocused
  }

  /// The first visible row, moved from `first` only as far as the selection needs.
  public func first(from first: Int, visible: Int) -> Int {
    guard let selection else {
      return Scroll.clamped(first, total: rows.count, visible: visible)
    }
    return Scroll.following(selection, first: first, total: rows.count, visible: visible)
  }

  /// Draws the rows with the selection visible.
  ///
  /// - Returns: the first visible row; kept, it makes the list scroll smoothly.
  @discardableResult
  public func draw(into surface: inout Surface, in rect: Rect, first: Int = 0) -> Int {
    let first = self.first(from: first, visible: rect.rows)
    for (offset, row) in rows.dropFirst(first).prefix(rect.rows).enumerated() {
      draw(row, isSelected: first + offset == selection, into: &surface, in: rect.line(offset))
    }
    return first
  }

  /// Which row of the list a click has hit.
  public func index(atRow row: Int, in rect: Rect, first: Int) -> Int? {
    let index = row - rect.row + first
    return row >= rect.row && row < rect.endRow && rows.indices.contains(index) ? index : nil
  }

  /// `2 of 25`.
  public static func position(_ index: Int, of count: Int) -> String {
    count == 0 ? "0 of 0" : "\(index + 1) of \(count)"
  }

  private func draw(
    _ row: Row, isSelected: Bool, into surface: inout Surface, in rect: Rect
  ) {
    guard !rect.isEmpty else { return }
    let trailing = min(row.trailing.width, rect.columns)
    let gap = trailing > 0 ? 1 : 0
    surface.put(
      row.text, row: rect.row, column: rect.column, width: rect.columns - trailing - gap)
    surface.put(
      row.trailing, row: rect.row, column: rect.endColumn - trailing, width: trailing)
    guard isSelected else { return }
    surface.restyle(rect) { isFocused ? $0.selected : $0.bold }
    if isFocused { surface.followSelection(row: rect.row, column: rect.column) }
  }
}
