/// A text that the user edits.
///
/// The cursor counts characters as people see them, so that it never stops inside one.
public struct TextInput: Hashable, Sendable {
  /// The text, character by character as people see them.
  public private(set) var characters: [Character] = []
  /// The index of the character under the cursor; the count when it is behind the last.
  public private(set) var cursor = 0
  /// Whether the text may have several lines.
  public let isMultiline: Bool

  /// A text with the cursor behind it.
  public init(_ text: String = "", isMultiline: Bool = false) {
    self.isMultiline = isMultiline
    insert(text)
  }

  /// The text.
  public var text: String { String(characters) }
  /// Whether there is no text.
  public var isEmpty: Bool { characters.isEmpty }

  /// Inserts typed or pasted text at the cursor.
  ///
  /// Newlines stay only in a text of several lines; control characters are left out.
  public mutating func insert(_ text: String) {
    let head = String(characters[..<cursor]) + accepted(text)
    let tail = String(characters[cursor...])
    characters = Array(head + tail)
    cursor = min(Array(head).count, characters.count)
  }

  /// Inserts a newline where the text may have several lines.
  public mutating func insertNewline() {
    if isMultiline { insert("\n") }
  }

  /// Deletes the character before the cursor.
  public mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
  }

  /// Deletes the character under the cursor.
  public mutating func deleteForward() {
    guard cursor < characters.count else { return }
    characters.remove(at: cursor)
  }

  /// Deletes back to the start of the word, as Ctrl-W does.
  public mutating func deleteWordBackward() {
    let start = wordStart
    characters.removeSubrange(start..<cursor)
    cursor = start
  }

  /// Deletes back to the start of the line, as Ctrl-U does.
  public mutating func deleteToLineStart() {
    let start = lineStart
    characters.removeSubrange(start..<cursor)
    cursor = start
  }

  /// Deletes up to the end of the line, as Ctrl-K does.
  public mutating func deleteToLineEnd() {
    characters.removeSubrange(cursor..<lineEnd)
  }

  /// Moves back by a character.
  public mutating func moveLeft() {
    cursor = max(0, cursor - 1)
  }

  /// Moves on by a character.
  public mutating func moveRight() {
    cursor = min(characters.count, cursor + 1)
  }

  /// Moves back to the start of a word.
  public mutating func moveWordLeft() {
    cursor = wordStart
  }

  /// Moves on to the end of a word.
  public mutating func moveWordRight() {
    while cursor < characters.count, characters[cursor].isWhitespace { cursor += 1 }
    while cursor < characters.count, !characters[cursor].isWhitespace { cursor += 1 }
  }

  /// Moves to the start of the line.
  public mutating func moveToLineStart() {
    cursor = lineStart
  }

  /// Moves to the end of the line.
  public mutating func moveToLineEnd() {
    cursor = lineEnd
  }

  /// Moves to an index, clamped to the text.
  public mutating func move(to index: Int) {
    cursor = min(max(0, index), characters.count)
  }

  /// Edits as the key says; false when the key means nothing to a text.
  ///
  /// - Parameter width: the columns at which the field wraps the text, for up and down.
  public mutating func apply(_ key: Key, width: Int = .max) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(text)
    case .backspace: deleteBackward()
    case .delete, .control("d"): deleteForward()
    case .control("w"), .alt("\u{7F}"): deleteWordBackward()
    case .control("u"): deleteToLineStart()
    case .control("k"): deleteToLineEnd()
    case .left: moveLeft()
    case .right: moveRight()
    case .alt("b"): moveWordLeft()
    case .alt("f"): moveWordRight()
    case .home, .control("a"): moveToLineStart()
    case .end: moveToLineEnd()
    case .enter where isMultiline: insertNewline()
    case .up where isMultiline: return moveVertically(by: -1, width: width)
    case .down where isMultiline: return moveVertically(by: 1, width: width)
    default: return false
    }
    return true
  }

  private var lineStart: Int {
    characters[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  private var lineEnd: Int {
    characters[cursor...].firstIndex(of: "\n") ?? characters.count
  }

  private var wordStart: Int {
    var index = cursor
    while index > 0, characters[index - 1].isWhitespace { index -= 1 }
    while index > 0, !characters[index - 1].isWhitespace { index -= 1 }
    return index
  }

  private func accepted(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where afterReturn: break
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
        scalars.append(isMultiline ? "\n" : " ")
      case "\t": scalars.append(" ")
      default:
        if scalar.properties.generalCategory != .control { scalars.append(scalar) }
      }
      afterReturn = scalar == "\r"
    }
    return String(scalars)
  }
}
