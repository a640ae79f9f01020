/// One place of the grid.
public struct Cell: Hashable, Sendable {
  /// One visible character; empty in the right half of a wide one.
  public var text: String
  /// 1, or 2 in the left half of a wide character, or 0 in its right half.
  public var width: Int
  /// How it looks.
  public var style: Style

  /// A cell; a blank one by default.
  public init(text: String = " ", width: Int = 1, style: Style = .plain) {
    self.text = text
    self.width = width
    self.style = style
  }

  static func rightHalf(style: Style) -> Cell {
    Cell(text: "", width: 0, style: style)
  }
}
