internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// One point: how it stands and why, on which records that rests, and what has changed since.
enum AuditPointText {
  static func lines(
    _ standing: PointStanding, _ snapshot: AuditSnapshot, _ glyphs: Glyphs
  ) -> [Line] {
    let control = snapshot.report?.checklist.control(ofPoint: standing.point.id)
    var lines: [Line] = [
      Line(
        [
          Span("\(standing.point.id) ", .key), standing.state.sign(glyphs),
          Span(" \(standing.point.text)", .plain.bold),
        ], hanging: 2),
      Line("  control \(control?.number ?? "") \(control?.title ?? "")", .dim, hanging: 4),
      Line([Span("  \(standing.reason)", standing.state.style)], hanging: 2),
    ]
    lines += ChangeLines.of(snapshot.changes[standing.point.id] ?? [], glyphs)
    if let counted = standing.decision { lines += decision(counted, snapshot, glyphs) }
    for counted in standing.findings {
      let finding = counted.finding
      lines.append(
        Line(
          [
            Span("  "), finding.finding.verdict.sign(glyphs),
            Span(" \(finding.probe), \(counted.at.rfc3339): \(finding.finding.message)"),
          ], hanging: 4))
      lines += finding.finding.facts.sorted { $0.key < $1.key }.map {
        Line("    \($0.key): \($0.value)", .dim, hanging: 6)
      }
      lines.append(Line("    record \(counted.record)", .dim, hanging: 6))
    }
    lines += standing.discounted.map { Line("  does not count: \($0)", .warning, hanging: 4) }
    if let expires = standing.expires, standing.state.isSettled {
      lines.append(Line("  holds until \(expires.rfc3339)", .dim))
    }
    let history = snapshot.records.compactMap(\.told).filter {
      $0.points.contains(standing.point.id)
    }
    lines += ["", Line("HISTORY (\(history.count))", .heading)]
    lines += history.prefix(200).map {
      Line("  \($0.at.short)  \($0.type.padded(to: 12))\($0.outcome)  \($0.who)", hanging: 20)
    }
    return lines
  }

  private static func decision(
    _ counted: CountedDecision, _ snapshot: AuditSnapshot, _ glyphs: Glyphs
  ) -> [Line] {
    let decision = counted.decision
    let role = counted.by.person.map { " (\($0.role))" } ?? ""
    let day = decision.performedOn.map { ", done on \($0)" } ?? ""
    let end = decision.until.map { ", until \($0)" } ?? ""
    let carried = counted.isCarried ? ", carried over from an earlier launch" : ""
    var lines = [
      Line(
        "  \(decision.answer.rawValue) by \(counted.by.name)\(role), \(counted.at.rfc3339)"
          + "\(day)\(end)\(carried): \(decision.note)", hanging: 4)
    ]
    if !counted.countersigners.isEmpty {
      lines.append(
        Line("  with \(counted.countersigners.joined(separator: " and "))", hanging: 4))
    }
    if let record = snapshot.records.first(where: { $0.entry?.id == counted.record }) {
      lines.append(
        Line(
          [Span("  record \(counted.record)  ", .dim), AuditRows.signature(record, glyphs)],
          hanging: 4))
    }
    return lines
      + decision.attachments.map {
        Line("  attached \($0.name), \($0.size) bytes, \($0.digest)", .dim, hanging: 4)
      }
  }
}
