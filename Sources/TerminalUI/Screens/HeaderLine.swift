internal import Gate
internal import Session

/// The first line: which launch, verdict and counts; it never moves.
enum HeaderLine {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    surface.fill(rect, style: .title)
    guard let report = state.report else {
      surface.put(" LAUNCHGATE", row: rect.row, column: rect.column, style: .title)
      return
    }
    let settled = report.points.filter(\.state.isSettled).count
    let open = report.points.count - settled - report.count(.fail)
    let counts =
      " \(settled)/\(report.points.count) settled  \(report.count(.fail)) failing  \(open) open "
    let verdict = Span(" \(report.verdict.rawValue) ", report.verdict.style.bold)
    let right = Line([verdict, Span(counts, .title)])
    let width = min(right.width, rect.columns)
    let demo = state.isDemo ? "DEMO  " : ""
    surface.put(
      " \(demo)\(report.subject) \(report.release) \(surface.glyphs.arrow) \(report.environment)",
      row: rect.row, column: rect.column, style: .title, width: rect.columns - width - 1)
    surface.put(right, row: rect.row, column: rect.endColumn - width)
  }
}
