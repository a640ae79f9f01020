internal import Checklist
internal import Evidence
internal import Session

/// One line of the file: what it says, who signed it, what it follows, and its very bytes.
enum AuditRecordText {
  static func lines(
    _ record: AuditRecord, _ snapshot: AuditSnapshot, _ glyphs: Glyphs, isWhole: Bool
  ) -> [Line] {
    var lines = [title(record)]
    lines += record.faults.map { Line("  \(glyphs.fail) \($0)", .fail, hanging: 4) }
    lines += record.marks.map { Line("  \(glyphs.unknown) \($0)", .warning, hanging: 4) }
    if let told = record.told { lines += told.lines.map { Line("  \($0)", hanging: 4) } }
    lines += signatures(record, glyphs)
    if let entry = record.entry {
      if !entry.record.parents.isEmpty {
        lines.append(Line("FOLLOWS", .heading))
        lines += entry.record.parents.map { parent(of: $0, snapshot) }
      }
      lines += [Line("RECORD, its canonical bytes laid out", .heading)]
      lines +=
        isWhole
        ? PrettyJSON.lines(entry.record.value)
        : [Line("  \(entry.bytes.count) bytes; Enter shows them", .dim)]
    } else {
      lines += damaged(record, isWhole: isWhole)
    }
    return lines
  }

  private static func title(_ record: AuditRecord) -> Line {
    guard let told = record.told else {
      return [Span("line \(record.line)", .key), Span("  \(record.type)", .fail)]
    }
    return [
      Span("line \(record.line)", .key),
      Span("  \(told.type) by \(told.who), \(told.at.rfc3339)", .plain.bold),
    ]
  }

  private static func signatures(_ record: AuditRecord, _ glyphs: Glyphs) -> [Line] {
    guard record.entry != nil else { return [] }
    guard !record.signatures.isEmpty else {
      return [
        Line("SIGNATURES", .heading),
        Line(
          "  none: the name in it is as typed"
            + (record.lacksSignature ? ", though a signature is required" : ""),
          record.lacksSignature ? .warning : .dim),
      ]
    }
    return [Line("SIGNATURES", .heading)]
      + record.signatures.map { signature in
        let (sign, words, style): (String, String, Style) =
          switch signature.state {
          case .good(let principal): (glyphs.ok, "an allowed signer for \(principal)", .ok)
          case .valid: (glyphs.ok, "over these bytes; whose key it is was not asked", .plain)
          case .untrusted:
            (glyphs.unknown, "over these bytes, but no allowed signer for the person", .warning)
          case .bad(let reason): (glyphs.fail, reason, .fail)
          }
        let touch = signature.touched.map { $0 ? "; the key was touched" : "; NOT touched" } ?? ""
        return Line("  \(sign) \(signature.key)  \(words)\(touch)", style, hanging: 4)
      }
  }

  private static func parent(of id: RecordID, _ snapshot: AuditSnapshot) -> Line {
    let found = snapshot.records.first { $0.entry?.id == id }?.told
    let words = found.map { "\($0.type) by \($0.who), \($0.at.short) UTC" } ?? "not in this file"
    return Line("  \(id.short)  \(words)", found == nil ? .fail : .plain, hanging: 4)
  }

  private static func damaged(_ record: AuditRecord, isWhole: Bool) -> [Line] {
    var lines: [Line] = []
    if let claim = record.claim {
      if let id = claim["id"]?.string, let body = claim["record"] {
        lines += [
          Line("  the file says"), Line("    \(id)", .removed, hanging: 4),
          Line("  its bytes give"), Line("    \(Digest(of: body))", .added, hanging: 4),
        ]
      }
      lines += [Line("WHAT THE LINE CLAIMS; do not rely on it", .heading)]
      let text = PrettyJSON.lines(claim["record"] ?? claim)
      return lines + (isWhole ? text : Array(text.prefix(40)))
    }
    lines += [Line("THE BEGINNING OF THE LINE, as it stands there", .heading)]
    return lines + [Line("  \(record.excerpt)", .dim, hanging: 2)]
  }
}
