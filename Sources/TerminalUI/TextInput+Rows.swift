public import Session

extension TextInput {
  /// The rows that the text takes when it is wrapped at a width, as ranges of characters.
  ///
  /// A row is broken after a space where there is one. The newline belongs to no row.
  public func rows(width: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var start = 0
    for end in characters.indices where characters[end] == "\n" {
      rows += wrapped(start..<end, width: max(2, width))
      start = end + 1
    }
    return rows + wrapped(start..<characters.count, width: max(2, width))
  }

  /// The row of the cursor, and the column in cells.
  public func position(width: Int) -> (row: Int, column: Int) {
    let rows = rows(width: width)
    let row = rows.lastIndex { $0.lowerBound <= cursor } ?? 0
    return (row, columns(rows[row].lowerBound..<cursor))
  }

  func columns(_ range: Range<Int>) -> Int {
    range.reduce(0) { $0 + DisplayWidth.of(characters[$1]) }
  }

  private func wrapped(_ line: Range<Int>, width: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var start = line.lowerBound
    var afterSpace: Int?
    var used = 0
    var index = start
    while index < line.upperBound {
      let size = DisplayWidth.of(characters[index])
      if used + size > width {
        let end = afterSpace ?? index
        rows.append(start..<end)
        used = columns(end..<index)
        (start, afterSpace) = (end, nil)
      }
      used += size
      index += 1
      if characters[index - 1] == " " { afterSpace = index }
    }
    return rows + [start..<line.upperBound]
  }
}
