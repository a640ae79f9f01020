internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// What an auditor has to know first: can it be relied on, what is launched, what does it say.
enum AuditSummary {
  static func lines(_ snapshot: AuditSnapshot, _ glyphs: Glyphs) -> [Line] {
    var lines = [Line("INTEGRITY", .heading)]
    lines += faults(snapshot, glyphs)
    lines += snapshot.established.map {
      Line([Span("  \(glyphs.ok) established      ", .ok), Span($0)], hanging: 21)
    }
    lines += snapshot.notEstablished.map {
      Line([Span("  \(glyphs.unknown) NOT established  ", .warning), Span($0)], hanging: 21)
    }
    return lines + [""] + verdict(snapshot, glyphs) + file(snapshot)
  }

  /// Where the file is damaged, and what that means; nothing where it is not.
  static func faults(_ snapshot: AuditSnapshot, _ glyphs: Glyphs) -> [Line] {
    guard !snapshot.faults.isEmpty else { return [] }
    var lines = snapshot.faults.prefix(20).flatMap { fault -> [Line] in
      let hint = fault.hint.map { [Line("      \(glyphs.arrow) \($0)", .dim, hanging: 8)] } ?? []
      return [
        Line(
          [Span("  \(glyphs.fail) "), Span(fault.description, .fail)], hanging: 4)
      ] + hint
    }
    if snapshot.faults.count > 20 {
      lines.append(Line("    and \(snapshot.faults.count - 20) more", .dim))
    }
    let whole = snapshot.records.count { $0.faults.isEmpty }
    return lines + [
      "",
      Line(
        "  \(whole) of \(snapshot.records.count.counted("line")) are intact records. They can be read here, "
          + "but nobody should decide on them: the gate gives no verdict and exits with 4. Ask for "
          + "the file as it is in version control, and compare: launchgate audit A --compare B",
        hanging: 2), "",
    ]
  }

  private static func verdict(_ snapshot: AuditSnapshot, _ glyphs: Glyphs) -> [Line] {
    guard let report = snapshot.report else {
      return [
        Line("VERDICT", .heading), Line("  none: \(snapshot.judgement ?? "not judged")", .fail), "",
      ]
    }
    let isDamaged = snapshot.integrity == .damaged
    let title =
      isDamaged
      ? "WHAT THE INTACT RECORDS ALONE WOULD SAY, at \(report.at.rfc3339)"
      : "VERDICT at \(report.at.rfc3339)"
    var lines = [
      Line(title, .heading),
      Line([
        Span("  "), Span(report.verdict.rawValue, isDamaged ? .plain : report.verdict.style),
        Span("  \(report.subject) \(report.release) \(glyphs.arrow) \(report.environment)"),
      ]), Line("  \(VerdictSummary.counts(report))", hanging: 2),
    ]
    for blocker in report.blockers.prefix(12) {
      let place = blocker.point.map { "\($0)  " } ?? ""
      lines.append(
        Line(
          [
            Span("  "), blocker.state.sign(glyphs), Span(" \(place)", .key), Span(blocker.reason),
          ], hanging: 12))
    }
    if report.blockers.count > 12 {
      lines.append(Line("  and \(report.blockers.count - 12) more: see the points", .dim))
    }
    lines += report.warnings.map { Line("  \(glyphs.unknown) \($0)", .warning, hanging: 4) }
    lines += [
      "", Line("LAUNCH", .heading),
      Line(
        "  checklist  \(report.checklist.id): \(report.checklist.controls.count.counted("control")), "
          + report.points.count.counted("point")),
      Line(
        "  policy     signatures \(report.policy.signaturesRequired ? "required" : "optional"), "
          + "\(report.policy.people.count) people"),
      Line("  candidate  \(report.candidate?.commit ?? "not recorded")"),
      Line("  release    \(VerdictSummary.seal(report.seal))", hanging: 13),
    ]
    return lines + [""]
  }

  private static func file(_ snapshot: AuditSnapshot) -> [Line] {
    let types = Dictionary(grouping: snapshot.records, by: \.type).mapValues(\.count)
    let counts = types.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return [
      Line("FILE", .heading), Line("  \(snapshot.path)", hanging: 2),
      Line("  bytes  \(snapshot.digest)", hanging: 9),
      Line("  lines  \(counts.joined(separator: ", "))", hanging: 9),
    ]
      + snapshot.heads.map { Line("  head   \($0)", hanging: 9) }
  }
}
