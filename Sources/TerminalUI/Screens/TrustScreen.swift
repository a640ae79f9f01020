internal import Session

/// The page on which the user agrees to what would be contacted and run.
enum TrustScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let page = state.trust else { return }
    ConsentScreen(
      title: "Not trusted yet: nothing was contacted or run", lines: lines(page.content),
      scroll: page.scroll, fields: page.fields,
      consequence: "Ctrl-S trusts these bytes and runs the probes; a changed byte asks again"
    ).draw(into: &surface, in: rect)
  }

  /// The files and what they would do.
  static func lines(_ content: TrustContent) -> [Line] {
    var lines: [Line] = [
      Line(
        "These files came with the repository, or were changed. They decide what this program "
          + "contacts and runs:"), "",
    ]
    for file in content.files {
      lines += [Line("  \(file.path)", .key), Line("  \(file.digest)", .dim, hanging: 2)]
    }
    let title =
      content.since.map { "WHAT WOULD BE DONE; + and - since they were trusted on \($0)" }
      ?? "WHAT WOULD BE DONE"
    lines += ["", Line(title, .heading)]
    return lines
      + content.effects.map { effect in
        let style: Style =
          effect.hasPrefix("+") ? .added : effect.hasPrefix("-") ? .removed : .plain
        return Line("  \(effect)", style, hanging: 6)
      }
  }
}
