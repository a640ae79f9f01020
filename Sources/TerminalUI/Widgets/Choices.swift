/// Options of which one is chosen: `( ) Met  (*) Not met`.
public struct ChoiceRow: Hashable, Sendable {
  /// The options in their order.
  public var options: [String]
  /// The index of the chosen option.
  public var selection: Int?
  /// The option that has the keys.
  public var focus: Int?

  /// A row of options.
  public init(_ options: [String], selection: Int?, focus: Int? = nil) {
    self.options = options
    self.selection = selection
    self.focus = focus
  }

  /// Draws the options, going on in the next row where they do not fit.
  ///
  /// - Returns: the rows that were used.
  @discardableResult
  public func draw(into surface: inout Surface, in rect: Rect) -> Int {
    var row = 0
    var column = 0
    for (index, option) in options.enumerated() {
      let text = (index == selection ? "(*) " : "( ) ") + option
      let width = DisplayWidth.of(text)
      if column > 0, column + width > rect.columns { (row, column) = (row + 1, 0) }
      guard row < rect.rows else { break }
      let style: Style = index == selection ? .plain.bold : .plain
      surface.put(
        text, row: rect.row + row, column: rect.column + column,
        style: index == focus ? style.selected : style, width: rect.columns - column)
      if index == focus {
        surface.followSelection(row: rect.row + row, column: rect.column + column + 1)
      }
      column += width + 2
    }
    return min(row + 1, rect.rows)
  }
}

/// Something to tick: `[x] 2 Backup restoration tested`.
public struct CheckRow: Hashable, Sendable {
  /// What is to be ticked.
  public var label: Line
  /// Whether it is ticked.
  public var isChecked: Bool
  /// Whether the keys go here.
  public var isFocused: Bool

  /// A row with a box.
  public init(_ label: Line, isChecked: Bool, isFocused: Bool = false) {
    self.label = label
    self.isChecked = isChecked
    self.isFocused = isFocused
  }

  /// Draws the box and the wrapped label.
  ///
  /// - Returns: the rows that were used.
  @discardableResult
  public func draw(into surface: inout Surface, in rect: Rect) -> Int {
    guard !rect.isEmpty else { return 0 }
    let box: Line = [Span(isChecked ? "[x] " : "[ ] ", isChecked ? .ok : .todo)]
    let line = Line((box + label).spans, hanging: 4)
    let used = min(TextBlock([line]).draw(into: &surface, in: rect), rect.rows)
    if isFocused {
      surface.restyle(rect.splitTop(used).top) { $0.selected }
      surface.followSelection(row: rect.row, column: rect.column + 1)
    }
    return used
  }
}

/// Buttons beside one another: `[ Sign ]  [ Cancel ]`.
public struct ButtonRow: Hashable, Sendable {
  /// The words on the buttons.
  public var titles: [String]
  /// The button that has the keys.
  public var focus: Int?
  /// Buttons that do nothing yet.
  public var disabled: Set<Int>

  /// A row of buttons.
  public init(_ titles: [String], focus: Int? = nil, disabled: Set<Int> = []) {
    self.titles = titles
    self.focus = focus
    self.disabled = disabled
  }

  /// Draws the buttons in the middle of the first row.
  ///
  /// - Returns: the columns of each button, for clicks.
  @discardableResult
  public func draw(into surface: inout Surface, in rect: Rect) -> [Range<Int>] {
    let texts = titles.map { "[ \($0) ]" }
    let widths = texts.map { DisplayWidth.of($0) }
    let total = widths.reduce(0, +)
    let gaps = max(1, titles.count - 1)
    let gap = min(4, max(1, (rect.columns - total) / gaps))
    var column = rect.column + max(0, (rect.columns - total - gap * (titles.count - 1)) / 2)
    var columns: [Range<Int>] = []
    for (index, text) in texts.enumerated() where !rect.isEmpty {
      let style: Style = disabled.contains(index) ? .dim : .button
      let used = surface.put(
        text, row: rect.row, column: column, style: index == focus ? style.selected : style,
        width: rect.endColumn - column)
      if index == focus { surface.followSelection(row: rect.row, column: column + 2) }
      columns.append(column..<column + used)
      column += used + gap
    }
    return columns
  }
}
