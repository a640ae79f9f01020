internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// Whether one can rely on the file, in one line that never moves.
enum AuditBanner {
  static func draw(_ snapshot: AuditSnapshot, into surface: inout Surface, in rect: Rect) {
    surface.put(
      line(snapshot, surface.glyphs), row: rect.row, column: rect.column, width: rect.columns)
  }

  /// The word, the file, and the most important thing about it.
  static func line(_ snapshot: AuditSnapshot, _ glyphs: Glyphs) -> Line {
    let rest = "  \(reason(snapshot))"
    switch snapshot.integrity {
    case .intact where snapshot.isVerified:
      return [Span(" \(glyphs.ok) INTACT, SIGNERS ALLOWED ", Style.ok.bold), Span(rest)]
    case .intact:
      return [Span(" \(glyphs.unknown) CONSISTENT, UNVERIFIED ", Style.warning.bold), Span(rest)]
    case .untrusted:
      return [Span(" \(glyphs.unknown) NOT TRUSTED ", Style.warning.bold), Span(rest)]
    case .damaged:
      return [Span(" \(glyphs.fail) DAMAGED ", Style.fail.bold), Span(rest, .fail)]
    }
  }

  private static func reason(_ snapshot: AuditSnapshot) -> String {
    let count = snapshot.records.count
    switch snapshot.integrity {
    case .damaged:
      let first = snapshot.faults.first?.description ?? ""
      return snapshot.faults.count > 1
        ? "\(first) (and \(snapshot.faults.count - 1) more)" : first
    case .untrusted:
      let kinds: [AuditConcern.Kind] = [.bad, .untrusted, .unsigned]
      let lacking = snapshot.concerns.count { kinds.contains($0.kind) }
      return "\(lacking) of \(count.counted("record")) lack a signature that was demanded"
    case .intact:
      let signed = snapshot.records.count { !$0.signatures.isEmpty }
      return "\(signed) of \(count.counted("record")) signed"
        + (snapshot.notEstablished.first.map { "; NOT established: \($0)" } ?? "")
    }
  }
}
