internal import Session

/// Labelled text fields, one under the other.
enum FieldRows {
  /// Draws the shown fields and returns how many rows they take.
  @discardableResult
  static func draw(
    _ fields: FieldList, focus: Int?, label width: Int, into surface: inout Surface, in rect: Rect,
    skipping skipped: Int = 0, isShown: (String) -> Bool = { _ in true }
  ) -> Int {
    var row = 0
    for (index, field) in fields.fields.enumerated() where isShown(field.name) {
      let height = field.input.isMultiline ? min(3, max(1, rect.rows - row)) : 1
      guard row + height <= rect.rows else { break }
      let isConfirmed = field.expected != nil && field.isConfirmed
      surface.put(
        field.label, row: rect.row + row, column: rect.column,
        style: index == focus ? .focus : .plain, width: width - 1)
      let place = Rect(
        row: rect.row + row, column: rect.column + width, rows: height,
        columns: max(4, rect.columns - width - 2))
      TextField(field.input, isFocused: index == focus).draw(into: &surface, in: place)
      if isConfirmed {
        surface.put(
          surface.glyphs.ok, row: rect.row + row, column: rect.endColumn - 1, style: .ok)
      }
      surface.mark(
        Rect(row: rect.row + row, column: rect.column, rows: height, columns: rect.columns),
        .field(index + skipped))
      row += height
    }
    return row
  }
}
