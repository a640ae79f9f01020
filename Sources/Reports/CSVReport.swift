internal import Checklist
internal import Evidence
internal import Gate

/// One row for each point, as an auditor draws samples from it (RFC 4180, UTF-8).
struct CSVReport {
  private let report: Report

  init(_ report: Report) { self.report = report }

  /// The columns, in order.
  static let columns = [
    "subject", "release", "environment", "judged_at", "verdict", "control", "control_title",
    "severity", "two_people", "point", "text", "how", "state", "reason", "expires", "decision",
    "who", "email", "role", "when", "performed_on", "until", "agreed_by", "signature",
    "key_fingerprints", "note", "attachments", "findings", "record_id", "finding_record_ids",
    "heads", "not_established",
  ]

  /// The header and the rows, each ended by CR LF.
  var text: String {
    let rows = report.controls.flatMap { control in control.points.map { row($0, control) } }
    return ([Self.columns] + rows).map { cells in
      cells.map(Self.cell).joined(separator: ",") + "\r\n"
    }.joined()
  }

  private func row(_ point: PointEntry, _ control: ControlEntry) -> [String] {
    let said = point.said
    let files = (said?.attachments ?? []).map { "\($0.name) \($0.size) bytes \($0.digest)" }
    let seen = point.seen.map { "\($0.probe) \($0.verdict.rawValue): \($0.message)" }
    return [
      report.subject, report.release, report.environment, report.at.rfc3339,
      report.verdict.rawValue, control.number, control.title, control.severity.rawValue,
      control.fourEyes ? "yes" : "no", point.id, point.text, point.how.rawValue,
      point.state.rawValue, point.reason, point.expires?.rfc3339 ?? "",
      said?.answer.rawValue ?? "", said?.who ?? "", said?.email ?? "", said?.role ?? "",
      said?.at.rfc3339 ?? "", said?.performedOn?.description ?? "",
      said?.until?.description ?? "", (said?.countersigners ?? []).joined(separator: "; "),
      said?.signature ?? "", (said?.keys ?? []).joined(separator: " "), said?.note ?? "",
      files.joined(separator: "; "), seen.joined(separator: "; "),
      said?.record.description ?? "",
      Set(point.seen.map(\.record)).sorted().map(\.description).joined(separator: " "),
      report.heads.map(\.description).joined(separator: " "),
      report.notEstablished.joined(separator: "; "),
    ]
  }

  /// One cell, quoted where it has to be.
  ///
  /// Spreadsheets take a cell that begins with one of these signs for a formula, full-width ones
  /// too; an apostrophe in front makes it a text (OWASP, CSV Injection).
  static func cell(_ text: String) -> String {
    let begin = text.unicodeScalars.first { !$0.properties.isWhitespace }
    let isFormula = begin.map { "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) }
    let isBlankFirst = text.unicodeScalars.first.map { "\t\r\n".unicodeScalars.contains($0) }
    let safe = isFormula ?? false || isBlankFirst ?? false ? "'\(text)" : text
    guard safe.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return safe }
    let quoted = safe.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    return "\"\(quoted)\""
  }
}
