internal import Gate

/// A stacked bar for each domain: how its points stand.
struct DomainPlot {
  private static let (labels, bars, row) = (240, 460, 34)
  private let report: Report

  init(_ report: Report) { self.report = report }

  /// The picture as an SVG element with its description in words.
  var svg: String {
    let height = report.areas.count * Self.row + 4
    let most = max(1, report.areas.map(\.points.count).max() ?? 1)
    let rows = report.areas.enumerated().map { bar($1, top: $0 * Self.row, most: most) }
    return """
      <svg viewBox="0 0 760 \(height)" role="img" aria-label="\(HTMLText.escaped(description))">
      \(rows.joined(separator: "\n"))
      </svg>
      """
  }

  private func bar(_ area: Area, top: Int, most: Int) -> String {
    var text =
      "<text x=\"\(Self.labels - 12)\" y=\"\(top + 21)\" text-anchor=\"end\">"
      + "\(HTMLText.escaped(Self.shortened(area.title)))</text>"
    var before = 0
    for state in State.allCases where area.count(state) > 0 {
      let count = area.count(state)
      // Both edges are rounded from the sums, so that the parts fill the bar exactly.
      let left = Self.labels + before * Self.bars / most
      let right = Self.labels + (before + count) * Self.bars / most
      before += count
      text +=
        "\n<rect class=\"f-\(state.styleName)\" x=\"\(left)\" y=\"\(top + 4)\" "
        + "width=\"\(max(1, right - left - 1))\" height=\"26\">"
        + "<title>\(count) \(state.rawValue)</title></rect>"
      let label = right - left >= 34 ? "\(state.glyph) \(count)" : "\(count)"
      if right - left >= 15 {
        text +=
          "<text class=\"i\" x=\"\((left + right) / 2)\" y=\"\(top + 21)\" "
          + "text-anchor=\"middle\">\(label)</text>"
      }
    }
    let end = Self.labels + before * Self.bars / most
    return text + "\n<text class=\"d\" x=\"\(end + 8)\" y=\"\(top + 21)\">\(before)</text>"
  }

  private var description: String {
    report.areas.map { area in
      let counts = State.allCases.filter { area.count($0) > 0 }
        .map { "\(area.count($0)) \($0.rawValue)" }
      return "\(area.title): \(counts.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  private static func shortened(_ title: String) -> String {
    title.count <= 32 ? title : title.prefix(31) + "…"
  }
}
