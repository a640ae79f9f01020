/// Paragraphs, wrapped to the width and scrolled.
public struct TextBlock: Hashable, Sendable {
  /// The paragraphs, one line each.
  public var paragraphs: [Line]

  /// A block of styled paragraphs.
  public init(_ paragraphs: [Line]) {
    self.paragraphs = paragraphs
  }

  /// A text of which every line is a paragraph.
  public init(_ text: String, _ style: Style = .plain) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    self.init(lines.map { Line(String($0), style) })
  }

  /// The rows at a width.
  public func rows(width: Int, glyphs: Glyphs = .unicode) -> [Line] {
    guard width > 0 else { return [] }
    return paragraphs.flatMap { paragraph in
      GlyphRun(paragraph, glyphs: glyphs)
        .wrapped(to: width, hanging: paragraph.hanging)
        .map(\.line)
    }
  }

  /// Draws the rows from `scroll` on.
  ///
  /// - Returns: how many rows there are, for ``Scroll/clamped(_:total:visible:)``.
  @discardableResult
  public func draw(into surface: inout Surface, in rect: Rect, scroll: Int = 0) -> Int {
    let rows = rows(width: rect.columns, glyphs: surface.glyphs)
    let first = Scroll.clamped(scroll, total: rows.count, visible: rect.rows)
    for (index, row) in rows.dropFirst(first).prefix(rect.rows).enumerated() {
      surface.put(row, row: rect.row + index, column: rect.column, width: rect.columns)
    }
    return rows.count
  }
}
