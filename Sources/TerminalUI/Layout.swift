public import Session

/// Where on the screen things are, for the mouse, and how far its texts can be scrolled.
public struct Layout: Hashable, Sendable {
  private struct Area: Hashable {
    var rect: Rect
    var target: ScreenTarget
  }

  private var areas: [Area] = []
  /// The last first line of each text that is shown.
  public private(set) var limits: [ScrollArea: Int] = [:]

  /// An empty screen.
  public init() {}

  /// What lies at that cell; of several things the one that was drawn last.
  public func target(row: Int, column: Int) -> ScreenTarget? {
    areas.last { $0.rect.contains(row: row, column: column) }?.target
  }

  mutating func add(_ rect: Rect, _ target: ScreenTarget) {
    if !rect.isEmpty { areas.append(Area(rect: rect, target: target)) }
  }

  mutating func add(_ area: ScrollArea, total: Int, visible: Int) {
    limits[area] = max(0, total - visible)
  }
}

extension Surface {
  /// Remembers that what lies here can be clicked.
  mutating func mark(_ rect: Rect, _ target: ScreenTarget) { layout.add(rect, target) }

  /// Remembers that this text lies here and can be scrolled; so many rows of it are visible.
  mutating func mark(_ rect: Rect, _ area: ScrollArea, total: Int) {
    layout.add(rect, .text(area))
    layout.add(area, total: total, visible: rect.rows)
  }
}
