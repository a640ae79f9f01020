/// The board of many launches on the screen: a list, and one launch with all that blocks it.
///
/// It only looks: there is no key that writes, runs or contacts anything.
public struct BoardState: Equatable, Sendable {
  /// What is wanted of the loop after a key.
  public enum Wish: Equatable, Sendable {
    case end
    case redraw
    case suspend
  }

  /// The size of the terminal.
  public var size = Size(rows: 24, columns: 80)
  /// The launches, worst first.
  public private(set) var rows: [BoardRow]
  /// Index of the launch under the cursor.
  public private(set) var selection = 0
  /// Whether the launch under the cursor is shown with all that blocks it.
  public private(set) var isOpen = false
  /// First visible line of that.
  public private(set) var scroll = 0

  /// A board of these launches, in the order given.
  public init(_ rows: [BoardRow]) { self.rows = rows }

  /// The launch under the cursor, or nil on an empty board.
  public var selected: BoardRow? { rows.indices.contains(selection) ? rows[selection] : nil }

  /// The state after that key.
  public mutating func handle(_ key: Key) -> Wish? {
    switch key {
    case .resize(let size): self.size = size
    case .control("c"): return .end
    case .control("l"): return .redraw
    case .control("z"): return .suspend
    // A terminal that is too small shows none of what the keys would do.
    case _ where SessionState.isTooSmall(size): break
    case .character("q"), .escape:
      guard isOpen else { return key == .escape ? nil : .end }
      isOpen = false
    case .enter:
      isOpen = selected != nil
      scroll = 0
    case .character("j"), .down: move(by: 1)
    case .character("k"), .up: move(by: -1)
    case .pageDown: move(by: page)
    case .pageUp: move(by: -page)
    case .character("g"), .home: move(by: -rows.count - scroll)
    case .character("G"), .end: move(by: isOpen ? 10_000 : rows.count)
    default: break
    }
    return nil
  }

  private var page: Int { max(1, size.rows - 6) }

  private mutating func move(by count: Int) {
    if isOpen {
      scroll = max(0, min(scroll + count, 10_000))
    } else {
      selection = max(0, min(selection + count, rows.count - 1))
    }
  }

  /// The keys of the board, the most needed first.
  public var bindings: [KeyBinding] {
    isOpen
      ? [
        KeyBinding("j k", "scroll"), KeyBinding("PgUp PgDn", "scroll faster"),
        KeyBinding("Esc", "back"), KeyBinding("Ctrl-C", "quit"),
      ]
      : [
        KeyBinding("j k", "move"), KeyBinding("Enter", "what blocks it"),
        KeyBinding("g G", "first, last"),
      ]
  }
}
