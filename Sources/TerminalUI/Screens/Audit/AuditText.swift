internal import Checklist
internal import Evidence
internal import Gate
public import Session

/// The texts of an audit: what stands beside a list on the screen, and all of it line by line.
public enum AuditText {
  /// What is told of the selected row of the page, or the summary.
  static func detail(_ state: AuditState, _ glyphs: Glyphs) -> [Line] {
    let snapshot = state.snapshot
    guard state.page != .summary else { return AuditSummary.lines(snapshot, glyphs) }
    guard let index = state.selection else { return [] }
    switch state.page {
    case .summary: return []
    case .attention: return concern(snapshot.concerns[index], state, glyphs)
    case .timeline:
      return AuditRecordText.lines(
        snapshot.records[index], snapshot, glyphs, isWhole: state.isWhole)
    case .points:
      return (snapshot.report?.points[index]).map {
        AuditPointText.lines($0, snapshot, glyphs)
      } ?? []
    case .keys: return key(snapshot.keys[index], snapshot, glyphs)
    case .compare: return difference(index, snapshot, isWhole: state.isWhole, glyphs)
    }
  }

  /// The whole audit line by line, for screen readers, pipes and paper.
  public static func plain(_ snapshot: AuditSnapshot) -> String {
    let glyphs = Glyphs.ascii
    var lines: [Line] = [AuditBanner.line(snapshot, glyphs), ""]
    lines += AuditSummary.lines(snapshot, glyphs)
    func section(_ title: String, _ page: AuditState.Page, _ count: Int) {
      lines += ["", Line(title)]
      if count == 0 { lines.append(Line("  \(page.emptiness)")) }
      for index in 0..<count {
        let row = AuditRows.row(page, index, snapshot, glyphs)
        let trailing = row.trailing.text.stripped
        lines.append(Line(" \(row.text.text)" + (trailing.isEmpty ? "" : "  [\(trailing)]")))
        if page == .timeline { lines.append(identity(snapshot.records[index])) }
        if page == .points, let standing = snapshot.report?.points[index] {
          lines += [Line("         \(standing.reason)")]
          lines += ChangeLines.of(snapshot.changes[standing.point.id] ?? [], glyphs)
            .map { Line("     \($0.text)") }
        }
      }
    }
    section("NEEDS ATTENTION", .attention, snapshot.concerns.count)
    section("RECORDS, NEWEST FIRST", .timeline, snapshot.records.count)
    section("POINTS", .points, snapshot.report?.points.count ?? 0)
    section("KEYS", .keys, snapshot.keys.count)
    if let comparison = snapshot.comparison {
      section("DIFFERENCES TO \(comparison.path)", .compare, comparison.differences.count)
    }
    return lines.map(\.text).joined(separator: "\n")
  }

  /// What is cut off on the screen: the line, the whole id, the keys.
  private static func identity(_ record: AuditRecord) -> Line {
    let id = record.entry.map { "  \($0.id)" } ?? ""
    let keys = record.signatures.map { "  \($0.key)" }.joined()
    return Line("         line \(record.line)\(id)\(keys)")
  }

  private static func concern(
    _ concern: AuditConcern, _ state: AuditState, _ glyphs: Glyphs
  ) -> [Line] {
    var lines = [
      Line(
        [
          Span("\(concern.kind.rawValue)  ", concern.kind.style.bold),
          Span(concern.reason, concern.kind.style),
        ], hanging: 2)
    ]
    if let hint = concern.hint { lines.append(Line("  \(glyphs.arrow) \(hint)", hanging: 4)) }
    lines.append("")
    switch concern.place {
    case .file: return lines + AuditSummary.faults(state.snapshot, glyphs)
    case .line(let line):
      guard let record = state.record(line: line) else { return lines }
      return lines
        + AuditRecordText.lines(record, state.snapshot, glyphs, isWhole: state.isWhole)
    case .point(let id):
      guard let standing = state.snapshot.report?.standing(id) else { return lines }
      return lines + AuditPointText.lines(standing, state.snapshot, glyphs)
    }
  }

  private static func key(
    _ key: AuditKey, _ snapshot: AuditSnapshot, _ glyphs: Glyphs
  ) -> [Line] {
    var lines = [
      Line(key.fingerprint, .key),
      Line("signed as      \(key.names.joined(separator: ", ")) (claimed)", hanging: 15),
      Line(
        "in the policy  "
          + (key.people.isEmpty ? "nobody's key" : key.people.joined(separator: ", ")),
        hanging: 15),
      Line(
        "allowed for    "
          + (key.principals.isEmpty
            ? "nobody, or no allowed signers were given" : key.principals.joined(separator: ", ")),
        hanging: 15), "", Line("SIGNED (\(key.lines.count))", .heading),
    ]
    for line in key.lines {
      guard let record = snapshot.records.first(where: { $0.line == line }) else { continue }
      let row = AuditRows.row(
        .timeline, snapshot.records.firstIndex(of: record) ?? 0, snapshot, glyphs)
      lines.append(row.text + Line("  ") + row.trailing)
    }
    return lines
  }

  private static func difference(
    _ index: Int, _ snapshot: AuditSnapshot, isWhole: Bool, _ glyphs: Glyphs
  ) -> [Line] {
    guard let comparison = snapshot.comparison else { return [] }
    let head: [Line] = [
      Line("here   \(snapshot.path)  \(snapshot.digest.short)", .dim),
      Line("there  \(comparison.path)  \(comparison.digest.short)", .dim),
    ]
    let faults = comparison.faults.prefix(3).map {
      Line("the other file is damaged: \($0.description)", .fail, hanging: 2)
    }
    switch comparison.differences[index] {
    case .onlyHere(let entry), .onlyThere(let entry):
      let told = HistoryEntry(entry).lines.map { Line("  \($0)", hanging: 4) }
      let record = isWhole ? [""] + PrettyJSON.lines(entry.record.value) : []
      return head + faults + [""] + told + record
    case .signatures(let id, let type, let here, let there):
      return head + faults + ["", Line("\(type) \(id)")] + here.map { Line("  here   \($0)") }
        + there.map { Line("  there  \($0)") }
    case .state(let id, let here, let there):
      let text = snapshot.report?.standing(id).map {
        AuditPointText.lines($0, snapshot, glyphs)
      }
      return head + faults + ["", Line("\(id): \(here) here, \(there) there", .warning), ""]
        + (text ?? [])
    }
  }
}

extension String {
  /// Without spaces at both ends.
  fileprivate var stripped: String {
    String(String(drop { $0 == " " }.reversed()).drop { $0 == " " }.reversed())
  }
}
