internal import Session

/// The page on which the user agrees to what active probes are about to send.
enum AnnouncementScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let page = state.announcement else { return }
    ConsentScreen(
      title: "About to send: nothing was sent yet", lines: lines(page), scroll: page.scroll,
      fields: page.fields,
      consequence: "Ctrl-S runs the probes, these among them; other lines than these ask again"
    ).draw(into: &surface, in: rect)
  }

  /// What is sent, under a word to whoever reads it.
  static func lines(_ page: AnnouncementPage) -> [Line] {
    [
      Line(
        "These probes send what no visitor would, at least a tenth of a second apart. Whoever "
          + "answers for the targets should know of it:"), "",
    ] + page.lines.map { Line("  \($0)", hanging: 6) }
  }
}
