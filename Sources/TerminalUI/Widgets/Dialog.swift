public import Session

/// A frame in the middle, with everything behind it dimmed.
public struct Dialog: Hashable, Sendable {
  /// The border and its texts.
  public var frame: Frame
  /// The size wanted, border included.
  public var size: Size

  /// A dialog of a size.
  public init(_ frame: Frame, size: Size) {
    self.frame = frame
    self.size = size
  }

  /// Dims what is behind and draws the empty frame.
  ///
  /// - Returns: the room inside it, with a blank column on both sides.
  @discardableResult
  public func draw(into surface: inout Surface, in rect: Rect) -> Rect {
    surface.removeCursor()
    surface.restyle(rect) { _ in .dim }
    let place = rect.centred(size)
    surface.fill(place)
    return frame.draw(into: &surface, in: place).inset(columns: 1)
  }
}
