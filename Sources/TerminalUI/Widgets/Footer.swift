internal import Session

/// A key and what it does here.
public struct KeyHint: Hashable, Sendable {
  /// The key as it is written on keyboards.
  public var key: String
  /// What it does, in a word or two.
  public var action: String

  /// A hint.
  public init(_ key: String, _ action: String) {
    self.key = key
    self.action = action
  }

  var line: Line { [Span(key, .key), Span(" " + action, .dim)] }
}

/// The row of key hints; it is shortened from its end, but the way to the help always stays.
public struct FooterKeys: Hashable, Sendable {
  /// The hints, the most important first.
  public var hints: [KeyHint]
  /// The hint that is never dropped.
  public var help: KeyHint

  /// A row of hints.
  public init(_ hints: [KeyHint], help: KeyHint = KeyHint("?", "help")) {
    self.hints = hints
    self.help = help
  }

  /// Draws the hints that fit, and the help at the right.
  public func draw(into surface: inout Surface, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let helpWidth = help.line.width
    let helpColumn = rect.endColumn - helpWidth - 1
    var column = rect.column + 1
    for hint in hints {
      let width = hint.line.width
      guard column + width + 2 <= helpColumn else { break }
      surface.put(hint.line, row: rect.row, column: column)
      surface.mark(
        Rect(row: rect.row, column: column, rows: 1, columns: width), .key(hint.key))
      column += width + 2
    }
    let start = max(rect.column, helpColumn)
    surface.put(help.line, row: rect.row, column: start, width: rect.endColumn - start)
    surface.mark(
      Rect(row: rect.row, column: start, rows: 1, columns: rect.endColumn - start), .key(help.key))
  }
}

/// What just happened, in one row: ` i  Evidence saved`.
public struct MessageLine: Hashable, Sendable {
  /// How grave a message is.
  public enum Kind: Hashable, Sendable {
    case info
    case warning
    case error
  }

  /// How grave it is.
  public var kind: Kind
  /// The message.
  public var text: String
  /// A few words at the right about what is told next; they are never cut off.
  public var more: String?

  /// A message.
  public init(_ kind: Kind, _ text: String, more: String? = nil) {
    self.kind = kind
    self.text = text
    self.more = more
  }

  /// Draws the sign and the message.
  public func draw(into surface: inout Surface, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let (sign, style): (String, Style) =
      switch kind {
      case .info: ("i", .info)
      case .warning: ("!", .warning)
      case .error: ("x", .error)
      }
    let trailing: Line = more.map { [Span("  \($0) ", .key)] } ?? []
    let (place, end) = rect.splitRight(min(trailing.width, rect.columns / 2))
    surface.put(
      [Span(" \(sign)  ", style.bold), Span(text, style)],
      row: place.row, column: place.column, width: place.columns)
    surface.put(trailing, row: end.row, column: end.column, width: end.columns)
  }
}
