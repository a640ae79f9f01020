internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// The rows of the pages of an audit.
enum AuditRows {
  static func row(
    _ page: AuditState.Page, _ index: Int, _ snapshot: AuditSnapshot, _ glyphs: Glyphs
  ) -> ListView.Row {
    switch page {
    case .summary: ListView.Row([])
    case .attention: concern(snapshot.concerns[index])
    case .timeline: record(snapshot.records[index], glyphs)
    case .points: point(index, snapshot, glyphs)
    case .keys: key(snapshot.keys[index], glyphs)
    case .compare: difference(index, snapshot)
    }
  }

  private static func concern(_ concern: AuditConcern) -> ListView.Row {
    let place =
      switch concern.place {
      case .file: "file"
      case .line(let line): "line \(line)"
      case .point(let id): id
      }
    return ListView.Row([
      Span(" \(concern.kind.rawValue.padded(to: 10))", concern.kind.style),
      Span(place.padded(to: 10), .key), Span(concern.reason),
    ])
  }

  private static func record(_ record: AuditRecord, _ glyphs: Glyphs) -> ListView.Row {
    guard let told = record.told else {
      return ListView.Row(
        [
          Span(" line \(record.line)".padded(to: 19), .fail), Span("no intact record  ", .fail),
          Span(record.faults.first ?? ""),
        ], trailing: Line("DAMAGED ", .fail))
    }
    let style: Style =
      ["revoke", "reopen"].contains(told.type) || told.outcome.contains("not-met")
      ? .fail : .plain
    let flag = record.marks.isEmpty ? "" : "! "
    let trailing: Line =
      record.faults.isEmpty
      ? [Span(flag, .warning), signature(record, glyphs), Span(" ")]
      : Line(record.signatureState?.isBad ?? false ? "BAD KEY " : "NOT HELD ", .fail)
    return ListView.Row(
      [
        Span(" \(told.at.short)  ", .dim), Span(told.type.padded(to: 12)),
        Span("\(told.outcome.padded(to: 20)) ", style), Span(told.who),
      ], trailing: trailing)
  }

  /// How the record is signed, in a word.
  static func signature(_ record: AuditRecord, _ glyphs: Glyphs) -> Span {
    let touched = record.signatures.contains { $0.touched == true } ? ", touched" : ""
    switch record.signatureState {
    case .good: return Span("\(glyphs.ok) good\(touched)", .ok)
    case .valid: return Span("\(glyphs.ok) signed\(touched)", .plain)
    case .untrusted: return Span("\(glyphs.unknown) untrusted", .warning)
    case .bad: return Span("\(glyphs.fail) BAD", .fail)
    case nil: return Span("unsigned", record.lacksSignature ? .warning : .dim)
    }
  }

  private static func point(
    _ index: Int, _ snapshot: AuditSnapshot, _ glyphs: Glyphs
  ) -> ListView.Row {
    guard let standing = snapshot.report?.points[index] else { return ListView.Row([]) }
    return ListView.Row(
      [
        Span(" \(standing.point.id.padded(to: 6))", .key), standing.state.sign(glyphs),
        Span(" \(standing.point.text)"),
      ], trailing: Line(standing.decision.map { "\($0.by.name) " } ?? "", .dim))
  }

  private static func key(_ key: AuditKey, _ glyphs: Glyphs) -> ListView.Row {
    let (word, style): (String, Style) =
      switch key.state {
      case .good: ("\(glyphs.ok) good     ", .ok)
      case .valid: ("\(glyphs.ok) signed   ", .plain)
      case .untrusted: ("\(glyphs.unknown) untrusted", .warning)
      case .bad: ("\(glyphs.fail) BAD      ", .fail)
      }
    return ListView.Row(
      [
        Span(" \(word)  ", style), Span(key.names.joined(separator: ", ")),
        Span("  \(key.fingerprint)", .dim),
      ], trailing: Line("\(key.lines.count) "))
  }

  private static func difference(_ index: Int, _ snapshot: AuditSnapshot) -> ListView.Row {
    guard let difference = snapshot.comparison?.differences[index] else {
      return ListView.Row([])
    }
    return ListView.Row(line(difference))
  }

  /// One difference in a line.
  static func line(_ difference: AuditComparison.Difference) -> Line {
    switch difference {
    case .onlyHere(let entry): Line(" - only here   \(words(entry))", .removed)
    case .onlyThere(let entry): Line(" + only there  \(words(entry))", .added)
    case .signatures(let id, let type, let here, let there):
      Line(
        " ~ signatures  \(type) \(id.short): \(here.count) here, \(there.count) there", .warning)
    case .state(let point, let here, let there):
      Line(" ~ point       \(point): \(here) here, \(there) there", .warning)
    }
  }

  private static func words(_ entry: Entry) -> String {
    "\(entry.record.at.short)  \(entry.record.body.type) by \(entry.record.by.name)  "
      + entry.id.short
  }
}

extension AuditConcern.Kind {
  /// The role of its colour.
  var style: Style {
    switch self {
    case .damage, .bad: .fail
    case .untrusted, .unsigned, .outside, .late, .clock, .lapsed, .stale: .warning
    }
  }
}
