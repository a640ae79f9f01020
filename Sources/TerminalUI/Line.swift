/// A run of text in one style.
public struct Span: Hashable, Sendable {
  /// The text, as it came from outside.
  public var text: String
  /// How it looks.
  public var style: Style

  /// A run of text.
  public init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// A row or paragraph of styled text.
public struct Line: Hashable, Sendable {
  /// The runs, from left to right.
  public var spans: [Span]
  /// The columns by which the rows after the first are indented when the line is wrapped.
  public var hanging: Int

  /// A line of runs.
  public init(_ spans: [Span], hanging: Int = 0) {
    self.spans = spans
    self.hanging = hanging
  }

  /// A line in one style.
  public init(_ text: String, _ style: Style = .plain, hanging: Int = 0) {
    self.init([Span(text, style)], hanging: hanging)
  }

  /// The cells that the line takes when it is not wrapped.
  public var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }

  /// The text without its styles.
  public var text: String { spans.map(\.text).joined() }

  /// Whether there is no text.
  public var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }

  /// The line on the selected row.
  public var selected: Line {
    Line(spans.map { Span($0.text, $0.style.selected) }, hanging: hanging)
  }

  /// The line in exactly this many cells, shortened or filled with blanks: a column of a table.
  public func fitted(to width: Int, glyphs: Glyphs = .unicode) -> Line {
    let run = GlyphRun(self, glyphs: glyphs).shortened(to: width, ellipsis: glyphs.ellipsis)
    let blanks = String(repeating: " ", count: max(0, width - run.width))
    return run.line + [Span(blanks)]
  }

  /// One line after the other.
  public static func + (left: Line, right: Line) -> Line {
    Line(left.spans + right.spans, hanging: left.hanging)
  }
}

extension Line: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  /// A line of plain text.
  public init(stringLiteral value: String) {
    self.init(value)
  }

  /// A line of runs.
  public init(arrayLiteral elements: Span...) {
    self.init(elements)
  }
}
