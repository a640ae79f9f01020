internal import Checklist
internal import Evidence
public import Gate

/// Lines that an auditor puts into a report: what was seen, in which record of which file.
public enum AuditCitation {
  /// The whole file: launch, verdict and heads.
  public static func of(_ snapshot: AuditSnapshot) -> String {
    let verdict = snapshot.report.map { "\($0.verdict.rawValue) at \($0.at.rfc3339)" }
    let heads = snapshot.heads.map(\.description).joined(separator: " ")
    return [
      launch(snapshot),
      snapshot.integrity == .damaged ? "DAMAGED, no verdict" : verdict ?? "not judged",
      "heads \(heads.isEmpty ? "none" : heads)", "file \(snapshot.digest)",
    ].joined(separator: ", ")
  }

  /// One record: type, author and key.
  public static func of(_ record: AuditRecord, _ snapshot: AuditSnapshot) -> String {
    guard let entry = record.entry else {
      return "\(launch(snapshot)), line \(record.line) is no intact record: "
        + "\(record.faults.joined(separator: "; ")), file \(snapshot.digest)"
    }
    return [
      launch(snapshot), "record \(entry.id) \(entry.record.body.type) by \(who(entry))",
      "at \(entry.record.at.rfc3339)", keys(record), "file \(snapshot.digest)",
    ].joined(separator: ", ")
  }

  /// One point: the decision that counts, or that none does.
  public static func of(_ standing: PointStanding, _ snapshot: AuditSnapshot) -> String {
    let point = "\(standing.point.id) \(standing.state.rawValue)"
    guard let counted = standing.decision,
      let record = snapshot.records.first(where: { $0.entry?.id == counted.record }),
      let entry = record.entry
    else {
      let seen = standing.findings.last.map {
        ", record \($0.record) run of \($0.finding.probe) at \($0.at.rfc3339)"
      }
      return "\(launch(snapshot))\(seen ?? ""), \(point): \(standing.reason), "
        + "file \(snapshot.digest)"
    }
    let role = counted.by.person.map { " (\($0.role))" } ?? ""
    return [
      launch(snapshot),
      "record \(counted.record) \(entry.record.body.type) \(standing.point.id) "
        + "\(counted.decision.answer.rawValue) by \(counted.by.name)\(role) "
        + "at \(counted.at.rfc3339)",
      keys(record), "now \(standing.state.rawValue)", "file \(snapshot.digest)",
    ].joined(separator: ", ")
  }

  private static func launch(_ snapshot: AuditSnapshot) -> String {
    snapshot.report.map { "\($0.subject) \($0.release) -> \($0.environment)" } ?? snapshot.name
  }

  private static func who(_ entry: Entry) -> String {
    entry.record.by.person.map { "\($0.name) (\($0.role))" } ?? entry.record.by.name
  }

  private static func keys(_ record: AuditRecord) -> String {
    let keys = record.signatures.map(\.key)
    return keys.isEmpty ? "unsigned" : "key \(keys.joined(separator: " "))"
  }
}
