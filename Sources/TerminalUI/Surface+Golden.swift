internal import Session

extension Surface {
  /// The rows as plain text, without the blanks at their ends.
  public var text: [String] {
    (0..<size.rows).map { row in
      trimmed(self.row(row).map(\.text).joined())
    }
  }

  /// The picture for golden files: the text, then one letter of style per cell.
  public var golden: String {
    let styles = (0..<size.rows).map { row in
      trimmed(
        String(
          self.row(row).map { cell in
            cell.style == .plain && cell.text == " " ? " " : cell.style.letter
          }))
    }
    var parts = ["\(size.columns)x\(size.rows)", framed(text), framed(styles)]
    if let cursor {
      let kind = cursor.isVisible ? "cursor" : "selection"
      parts.append("\(kind) at row \(cursor.row) column \(cursor.column)")
    }
    return parts.joined(separator: "\n") + "\n"
  }

  private func framed(_ rows: [String]) -> String {
    rows.map { $0.isEmpty ? "|" : "|" + $0 }.joined(separator: "\n") + "\n"
  }

  private func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}
