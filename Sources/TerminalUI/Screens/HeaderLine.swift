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
    let verdict = Span(" \(report.verdict.rawValue) ", report.verdict.style.bold)
    let done = "\(settled)/\(report.points.count)"
    let fail = report.count(.fail)
    let long = Line([verdict, Span(" \(done) settled  \(fail) failing  \(open) open ", .title)])
    let short = Line([verdict, Span(" \(done)  \(fail) fail  \(open) open ", .title)])
    let demo = state.isDemo ? "DEMO  " : ""
    // Rules that were loosened are never out of sight.
    let loosened = report.approval == nil ? "" : " LOOSENED "
    let launch = Line([
      Span(loosened, .warning.bold),
      Span(
        " \(demo)\(report.subject) \(report.release) \(surface.glyphs.arrow) \(report.environment)",
        .title),
    ])
    let right = launch.width + long.width < rect.columns ? long : short
    let width = min(right.width, rect.columns)
    surface.put(launch, row: rect.row, column: rect.column, width: rect.columns - width - 1)
    surface.put(right, row: rect.row, column: rect.endColumn - width)
  }
}
