/// Arithmetic of scrolling.
public enum Scroll {
  /// The nearest first row that leaves no room unused at the end.
  public static func clamped(_ first: Int, total: Int, visible: Int) -> Int {
    max(0, min(first, total - max(0, visible)))
  }

  /// The first row, moved no further than needed for `index` to be visible.
  ///
  /// - Parameter margin: rows that stay visible above and below the index.
  public static func following(
    _ index: Int, first: Int, total: Int, visible: Int, margin: Int = 1
  ) -> Int {
    let margin = max(0, min(margin, (visible - 1) / 2))
    var first = min(first, index - margin)
    first = max(first, index + margin + 1 - visible)
    return clamped(first, total: total, visible: visible)
  }

  /// Where one is in something longer than its window: `12-30 of 44`; nil when all is visible.
  public static func position(_ first: Int, total: Int, visible: Int) -> String? {
    guard total > visible, visible > 0 else { return nil }
    let first = clamped(first, total: total, visible: visible)
    return "\(first + 1)-\(min(total, first + visible)) of \(total)"
  }
}
