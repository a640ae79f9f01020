/// A row of titles of which one is chosen.
public struct Tabs: Hashable, Sendable {
  /// The titles, from left to right.
  public var titles: [Line]
  /// The index of the chosen title.
  public var selection: Int

  /// A row of titles.
  public init(_ titles: [Line], selection: Int) {
    self.titles = titles
    self.selection = selection
  }

  /// Draws the titles that fit, the chosen one always among them.
  ///
  /// - Returns: the columns of each drawn title by its index, for clicks.
  @discardableResult
  public func draw(into surface: inout Surface, in rect: Rect) -> [Int: Range<Int>] {
    guard !rect.isEmpty else { return [:] }
    var columns: [Int: Range<Int>] = [:]
    var column = rect.column
    let first = first(room: rect.columns)
    for index in titles.indices.dropFirst(first) {
      if index > first, column < rect.endColumn {
        column += surface.put(
          surface.glyphs.vertical, row: rect.row, column: column, style: .border)
      }
      let title: Line = [Span(" ")] + titles[index] + [Span(" ")]
      let room = rect.endColumn - column
      guard room > 2 else { break }
      let used = surface.put(
        index == selection ? title.selected : title, row: rect.row, column: column, width: room)
      columns[index] = column..<column + used
      column += used
    }
    return columns
  }

  /// The first title from which the row up to the chosen one fits.
  private func first(room: Int) -> Int {
    guard titles.indices.contains(selection) else { return 0 }
    var first = 0
    while first < selection, width(of: first...selection) > room { first += 1 }
    return first
  }

  private func width(of range: ClosedRange<Int>) -> Int {
    range.reduce(-1) { $0 + titles[$1].width + 3 }
  }
}
