internal import Checklist
internal import Gate
internal import Session

/// The verdict with everything that blocks, and the release sign-off.
enum VerdictScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let report = state.report else { return }
    let frame = Frame(
      title: Line("Gate verdict"), trailing: Line("as of \(report.at.short) UTC"))
    let room = frame.draw(into: &surface, in: rect).inset(columns: 1)
    let block = TextBlock(lines(report, surface.glyphs))
    let total = block.rows(width: room.columns, glyphs: surface.glyphs).count
    let scroll = Scroll.clamped(state.verdictScroll, total: total, visible: room.rows)
    var placed = frame
    if let position = Scroll.position(scroll, total: total, visible: room.rows) {
      placed.bottom = Line(position)
    }
    _ = placed.draw(into: &surface, in: rect)
    _ = block.draw(into: &surface, in: room, scroll: scroll)
    surface.mark(room, .verdict, total: total)
  }

  /// The release sign-off, and all that blocks, by what is to be done about it.
  static func lines(_ report: GateReport, _ glyphs: Glyphs) -> [Line] {
    let banner = "   \(report.verdict.rawValue)   "
    var lines: [Line] = [
      "",
      Line([
        Span("   "), Span(banner, report.verdict.style.bold),
        Span("   \(report.subject) \(report.release) \(glyphs.arrow) \(report.environment)"),
      ]), "",
    ]
    // Whether it is sealed, or can be, is seen without scrolling, however much is known besides.
    lines += release(report, glyphs) + ["", Line(VerdictSummary.counts(report))]
    lines += notices(report) + [""]
    for (title, states) in sections {
      lines += section(title, report.blockers.filter { states.contains($0.state) }, report, glyphs)
    }
    lines += risks(report, glyphs)
    lines +=
      excerpts("TICKS", report.ticks, glyphs)
      + excerpts("FIRST OF ALL", openPriorities(report), glyphs)
    let warnings = report.warningsInShort
    if !warnings.isEmpty {
      lines.append(Line("TO KNOW (\(warnings.count))", .heading))
      lines += warnings.map { Line("  \($0)", .warning, hanging: 4) }
      if report.ending.count > 1 {
        lines.append(
          Line("    \(glyphs.arrow) / ending lists their controls; t runs old probes", .dim))
      }
    }
    return lines.last?.isEmpty ?? true ? lines.dropLast() : lines
  }

  private static let sections: [(String, [State])] = [
    ("MUST BE FIXED", [.fail]), ("COULD NOT BE SEEN", [.unknown]),
    ("NO LONGER HOLDS", [.lapsed, .stale]), ("MUST BE JUDGED", [.review]),
    ("MUST BE SIGNED", [.open]),
  ]

  private static func section(
    _ title: String, _ blockers: [Blocker], _ report: GateReport, _ glyphs: Glyphs
  ) -> [Line] {
    if blockers.isEmpty { return [] }
    var lines = [Line("\(title) (\(blockers.count))", .heading)]
    for (reason, group) in grouped(blockers) {
      let places = group.compactMap(\.point).joined(separator: " ")
      let sign = group[0].state.sign(glyphs)
      lines.append(
        Line(
          [Span("  "), sign, Span(" \(places)  ", .key), Span(reason)], hanging: 12))
      if let wayOut = wayOut(of: group) {
        lines.append(Line("            \(glyphs.arrow) \(wayOut)", .dim, hanging: 14))
      }
    }
    return lines + [""]
  }

  /// One way out for the whole group; nothing where each has its own.
  private static func wayOut(of group: [Blocker]) -> String? {
    let ways = Set(
      group.map { blocker in
        let way = KeyPhrase.onScreen(blocker.wayOut ?? "")
        return blocker.point.map { way.replacing($0, with: "") } ?? way
      })
    guard ways.count == 1, let wayOut = group[0].wayOut else { return nil }
    return KeyPhrase.onScreen(wayOut)
  }

  /// Blockers with one reason are one group, in the order of their first.
  private static func grouped(_ blockers: [Blocker]) -> [(String, [Blocker])] {
    let groups = Dictionary(grouping: blockers, by: \.reason)
    var seen: Set<String> = []
    return blockers.compactMap { blocker in
      seen.insert(blocker.reason).inserted
        ? (blocker.reason, groups[blocker.reason] ?? [blocker]) : nil
    }
  }

  private static func risks(_ report: GateReport, _ glyphs: Glyphs) -> [Line] {
    let risks = report.points.filter { $0.state == .risk }
    if risks.isEmpty { return [] }
    return [Line("RISK ACCEPTED (\(risks.count))", .heading)]
      + risks.map { standing in
        Line(
          [
            Span("  "), standing.state.sign(glyphs), Span(" \(standing.point.id)  ", .key),
            Span(standing.reason),
          ], hanging: 12)
      } + [""]
  }

  /// Priorities of which something is missing.
  private static func openPriorities(_ report: GateReport) -> [TickStanding] {
    report.priorities.filter { !$0.isSettled }
  }

  private static func excerpts(
    _ title: String, _ excerpts: [TickStanding], _ glyphs: Glyphs
  ) -> [Line] {
    if excerpts.isEmpty { return [] }
    let held = excerpts.count(where: \.isSettled)
    return [Line("\(title) (\(held) of \(excerpts.count))", .heading)]
      + excerpts.map { excerpt in
        let missing = excerpt.missing.joined(separator: " ")
        return Line(
          [
            Span("  "),
            excerpt.isSettled ? Span("\(glyphs.ok) ", .ok) : Span("\(glyphs.open) ", .todo),
            Span(excerpt.tick.text), Span(missing.isEmpty ? "" : "  \(missing)", .key),
          ], hanging: 4)
      } + [""]
  }

  /// Facts, loosened rules and what is due, before everything else.
  private static func notices(_ report: GateReport) -> [Line] {
    VerdictSummary.notices(report).map { line in
      Line(line, line.hasPrefix("LOOSENED") ? .warning : .plain, hanging: 2)
    }
  }

  private static func release(_ report: GateReport, _ glyphs: Glyphs) -> [Line] {
    var lines = [Line("RELEASE SIGN-OFF", .heading)]
    switch report.seal {
    case .unsealed:
      lines.append(
        report.isSealable
          ? Line("  \(glyphs.open) S seals the release", .todo)
          : Line("  comes after GO", .dim))
    case .sealed(let id, let by, let at):
      lines.append(Line("  \(glyphs.ok) sealed by \(by), \(at.short) UTC", .ok))
      lines.append(Line("  keep this elsewhere: \(id)", .dim))
    case .reopened(_, let reason):
      lines.append(
        Line("  \(glyphs.fail) sealed once, but reopened: \(reason)", .fail, hanging: 4))
    }
    if report.seal != .unsealed, report.isSealable, isOpenAgain(report) {
      lines.append(Line("  \(glyphs.open) S seals the release again", .todo))
    }
    if let until = report.validUntil {
      let points = (report.facts + [report.approval].compactMap(\.self) + report.points)
        .filter { $0.expires == until }.map(\.point.id)
      let first = points.isEmpty ? report.dues.filter { $0.at == until }.map(\.occasion) : points
      lines.append(
        Line(
          "  valid until \(until.short) UTC; \(first.joined(separator: " ")) "
            + (first.count == 1 ? "expires first" : "expire first"), hanging: 4))
    }
    return lines
  }

  /// Whether a seal was made that does not hold any more, or not for long.
  private static func isOpenAgain(_ report: GateReport) -> Bool {
    if case .reopened = report.seal { return true }
    return report.blockers.contains(where: \.isLiftedBySeal)
  }
}
