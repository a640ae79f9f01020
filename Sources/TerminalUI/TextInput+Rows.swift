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

  /// Moves the cursor by rows, in about the same column; false at the first and last row.
  public mutating func moveVertically(by count: Int, width: Int) -> Bool {
    let rows = rows(width: width)
    let (row, column) = position(width: width)
    let target = row + count
    guard rows.indices.contains(target) else { return false }
    var index = rows[target].lowerBound
    // At a soft break the end of a row is the start of the next.
    let isSoft = target + 1 < rows.count && rows[target + 1].lowerBound == rows[target].upperBound
    let last = rows[target].upperBound - (isSoft ? 1 : 0)
    while index < last, columns(rows[target].lowerBound..<index + 1) <= column { index += 1 }
    move(to: index)
    return true
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
