internal import Checklist
internal import Session

/// The programs that were run, the latest first, each with its arguments, time and exit.
enum LogScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    let commands = state.log.commands
    var frame = Frame(
      title: Line("Programs that were run"),
      trailing: Line(commands.isEmpty ? "" : "\(commands.count), newest first"))
    let inner = frame.draw(into: &surface, in: rect).inset(columns: 1)
    guard !commands.isEmpty else {
      surface.put(
        "no program was run yet; most probes look by themselves", row: inner.row,
        column: inner.column, style: .dim, width: inner.columns)
      return
    }
    let block = TextBlock(lines(state.log))
    let total = block.draw(into: &surface, in: inner, scroll: state.log.scroll)
    surface.mark(inner, .log, total: total)
    guard let position = Scroll.position(state.log.scroll, total: total, visible: inner.rows)
    else { return }
    frame.bottom = Line(position)
    _ = frame.draw(into: &surface, in: rect)
    _ = block.draw(into: &surface, in: inner, scroll: state.log.scroll)
  }

  /// The programs, the latest first, and how many were forgotten.
  static func lines(_ page: CommandLogPage) -> [Line] {
    let lines = page.commands.reversed().map(row)
    if page.forgotten == 0 { return lines }
    return lines + [Line("\(page.forgotten) older ones are no longer kept", .dim)]
  }

  private static func row(_ command: LoggedCommand) -> Line {
    let time = command.at.rfc3339.split(separator: "T").last.map { $0.dropLast() } ?? ""
    let seconds = "\(command.took / 1_000).\(padded(command.took % 1_000)) s"
    let style: Style = command.outcome == "exit 0" ? .dim : .warning
    return Line(
      [
        Span("\(time)  ", .dim), Span(command.outcome.padded(to: 10), style),
        Span("\(seconds.padded(to: 9))", .dim), Span(command.line),
      ], hanging: 29)
  }

  private static func padded(_ milliseconds: Int) -> String {
    let digits = "\(milliseconds)"
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}
