/// A text that the user edits.
///
/// The cursor counts characters as people see them, so that it never stops inside one.
public struct TextInput: Hashable, Sendable {
  /// What was typed, character by character.
  public private(set) var characters: [Character] = []
  /// The index of the character under the cursor; the count when it is behind the last.
  public private(set) var cursor = 0
  /// Whether newlines are kept.
  public let isMultiline: Bool
  /// How many bytes of UTF-8 it takes at most.
  public let limit: Int
  /// How often a text was not inserted, because there is no room for all of it.
  public private(set) var refusals = 0
  private var size = 0

  /// The bytes of a note; a text that is longer is attached as a file.
  public static let note = 64 << 10
  /// More than anyone types into a filter or a command, and few enough to be looked through at every key.
  public static let line = 1_000

  /// A text with the cursor behind it.
  ///
  /// One beyond the limit was kept when there was more room: it stays whole, and takes no more.
  public init(_ text: String = "", isMultiline: Bool = false, limit: Int = note) {
    self.isMultiline = isMultiline
    self.limit = max(limit, text.utf8.count)
    insert(text)
  }

  /// What was typed.
  public var text: String { String(characters) }
  /// Whether nothing was typed.
  public var isEmpty: Bool { characters.isEmpty }

  /// Inserts typed or pasted text at the cursor.
  ///
  /// Newlines stay only in a text of several lines; control characters are left out. Where there is
  /// no room for all of it nothing is inserted: half a text would say something else. Takes time
  /// for what is inserted, however long the text before it is.
  public mutating func insert(_ text: String) {
    let added = accepted(text)
    guard !added.isEmpty else { return }
    guard size + added.utf8.count <= limit else {
      refusals += 1
      return
    }
    size += added.utf8.count
    // A mark joins the character before it: only at the seams is the text divided anew.
    let start = max(0, cursor - 1)
    // No slice: while one is held, the change below would copy all characters.
    let before = cursor > 0 ? String(characters[start]) : ""
    var seam = Array(before + added)
    let end = start + seam.count
    var next = cursor
    while next < characters.count, let last = seam.popLast() {
      let divided = Array(String(last) + String(characters[next]))
      seam += divided
      next += 1
      if divided.last == characters[next - 1] { break }
    }
    characters.replaceSubrange(start..<next, with: seam)
    cursor = min(end, characters.count)
  }

  /// Breaks the line, where several are allowed.
  public mutating func insertNewline() {
    if isMultiline { insert("\n") }
  }

  /// Deletes the character before the cursor.
  public mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    remove(cursor..<(cursor + 1))
  }

  /// Deletes the character under the cursor.
  public mutating func deleteForward() {
    guard cursor < characters.count else { return }
    remove(cursor..<(cursor + 1))
  }

  /// Deletes back to the start of the word, as Ctrl-W does.
  public mutating func deleteWordBackward() {
    let start = wordStart
    remove(start..<cursor)
    cursor = start
  }

  /// Deletes back to the start of the line, as Ctrl-U does.
  public mutating func deleteToLineStart() {
    let start = lineStart
    remove(start..<cursor)
    cursor = start
  }

  /// Deletes up to the end of the line, as Ctrl-K does.
  public mutating func deleteToLineEnd() {
    remove(cursor..<lineEnd)
  }

  /// Moves one character back.
  public mutating func moveLeft() {
    cursor = max(0, cursor - 1)
  }

  /// Moves one character on.
  public mutating func moveRight() {
    cursor = min(characters.count, cursor + 1)
  }

  /// Moves to the start of the word.
  public mutating func moveWordLeft() {
    cursor = wordStart
  }

  /// Moves behind the end of the word.
  public mutating func moveWordRight() {
    while cursor < characters.count, characters[cursor].isWhitespace { cursor += 1 }
    while cursor < characters.count, !characters[cursor].isWhitespace { cursor += 1 }
  }

  /// Moves to the start of the line.
  public mutating func moveToLineStart() {
    cursor = lineStart
  }

  /// Moves behind the end of the line.
  public mutating func moveToLineEnd() {
    cursor = lineEnd
  }

  /// Moves to an index, clamped to the text.
  public mutating func move(to index: Int) {
    cursor = min(max(0, index), characters.count)
  }

  /// Edits as the key says; false when the key means nothing to a text.
  ///
  /// Up and down move by lines of the text; how a screen wraps them is not known here.
  public mutating func apply(_ key: Key) -> Bool {
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
    case .up where isMultiline: return moveLine(by: -1)
    case .down where isMultiline: return moveLine(by: 1)
    default: return false
    }
    return true
  }

  private mutating func moveLine(by count: Int) -> Bool {
    let column = cursor - lineStart
    if count < 0 {
      guard lineStart > 0 else { return false }
      cursor = lineStart - 1
    } else {
      guard lineEnd < characters.count else { return false }
      cursor = lineEnd + 1
    }
    let (start, end) = (lineStart, lineEnd)
    cursor = min(start + column, end)
    return true
  }

  private mutating func remove(_ range: Range<Int>) {
    for index in range { size -= characters[index].utf8.count }
    characters.removeSubrange(range)
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
