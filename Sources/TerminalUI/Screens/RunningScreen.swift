internal import Checklist
internal import Session

/// The page on which probes run: what each does now, and what has ended.
enum RunningScreen {
  static func draw(
    _ state: SessionState, frame: Int?, into surface: inout Surface, in rect: Rect
  ) {
    guard let run = state.run else { return }
    let title =
      run.isFinished ? "Probes have run" : run.isStopping ? "Stopping" : "Running probes"
    let inner = Frame(
      title: Line(title), trailing: Line("\(seconds(run.elapsed))"),
      bottom: Line("\(ListView.position(run.selection, of: run.lines.count))")
    ).draw(into: &surface, in: rect).inset(columns: 1)
    let (top, rest) = inner.splitTop(3)
    let counts = Line([
      Span("\(run.finished)/\(run.lines.count)  "),
      Span("\(run.count(.pass)) pass  ", .ok), Span("\(run.count(.fail)) fail  ", .fail),
      Span("\(run.count(.review)) review  ", .review),
      Span("\(run.count(.unknown)) unknown", .unknown),
    ])
    let bar = max(8, min(40, top.columns - counts.width - 2))
    ProgressBar(done: run.finished, total: run.lines.count).draw(
      into: &surface, in: top.line(0).splitLeft(bar).left)
    surface.put(
      counts, row: top.row, column: top.column + bar + 2, width: top.columns - bar - 2)
    surface.put(
      "Findings are facts, never sign-offs. What has ended is kept when you stop.",
      row: top.row + 1, column: top.column, style: .dim, width: top.columns)
    let rows = run.lines.map { row($0, run, frame, surface.glyphs, width: rest.columns) }
    let first = ListView(rows, selection: run.selection).draw(into: &surface, in: rest, first: 0)
    for index in first..<min(rows.count, first + rest.rows) {
      surface.mark(rest.line(index - first), .probe(index))
    }
  }

  private static func row(
    _ line: ProbeRun.Line, _ run: ProbeRun, _ frame: Int?, _ glyphs: Glyphs, width: Int
  ) -> ListView.Row {
    let name = "\(line.point.padded(to: 5))\(line.probe.padded(to: 26)) "
    switch line.stage {
    case .waiting:
      return ListView.Row([Span("\(glyphs.waiting) WAIT    ", .dim), Span(name, .dim)])
    case .running(let text, let since):
      return ListView.Row(
        [Span("\(glyphs.running(at: frame)) RUN     ", .running), Span(name), Span(text)],
        trailing: Line(seconds(max(0, run.elapsed - since))))
    case .finished(let verdict, let message, let took):
      return ListView.Row(
        [verdict.sign(glyphs), Span(" "), Span(name), Span(message)],
        trailing: Line(seconds(took), .dim))
    }
  }

  private static func seconds(_ milliseconds: Int) -> String {
    "\(milliseconds / 1_000).\(milliseconds / 100 % 10) s"
  }
}
