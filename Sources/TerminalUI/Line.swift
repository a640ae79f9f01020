/// A run of text in one style.
public struct Span: Hashable, Sendable {
  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// A row or paragraph of styled text.
public struct Line: Hashable, Sendable {
  public var spans: [Span]
  /// The columns by which the rows after the first are indented when the line is wrapped.
  public var hanging: Int

  public init(_ spans: [Span], hanging: Int = 0) {
    self.spans = spans
    self.hanging = hanging
  }

  public init(_ text: String, _ style: Style = .plain, hanging: Int = 0) {
    self.init([Span(text, style)], hanging: hanging)
  }

  /// The cells that the line takes when it is not wrapped.
  public var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }

  /// The text without its styles.
  public var text: String { spans.map(\.text).joined() }

  public var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }

  /// The line on the selected row.
  public var selected: Line {
    Line(spans.map { Span($0.text, $0.style.selected) }, hanging: hanging)
  }

  public static func + (left: Line, right: Line) -> Line {
    Line(left.spans + right.spans, hanging: left.hanging)
  }
}

extension Line: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  public init(stringLiteral value: String) {
    self.init(value)
  }

  public init(arrayLiteral elements: Span...) {
    self.init(elements)
  }
}
