internal import Checklist
internal import Evidence
internal import Gate

extension AuditConcern {
  /// Everything that needs attention in that file, what cannot be verified first.
  static func all(_ snapshot: AuditSnapshot) -> [AuditConcern] {
    let found =
      snapshot.faults.map { fault in
        AuditConcern(
          .damage, fault.line.map(Place.line) ?? .file, fault.reason, hint: fault.hint)
      } + snapshot.records.flatMap(of) + snapshot.points
    return Kind.allCases.flatMap { kind in found.filter { $0.kind == kind } }
  }

  private static func of(_ record: AuditRecord) -> [AuditConcern] {
    let place = Place.line(record.line)
    var concerns = record.signatures.compactMap { signature -> AuditConcern? in
      switch signature.state {
      case .good, .valid: nil
      case .bad(let reason): AuditConcern(.bad, place, reason)
      case .untrusted:
        AuditConcern(
          .untrusted, place,
          "\(record.author) no allowed signer for who is named in it: \(signature.key)")
      }
    }
    // One trusted signature suffices; a stranger's additional one takes nothing away.
    if record.signatures.contains(where: { $0.state.isGood }) {
      concerns.removeAll { $0.kind == .untrusted }
    }
    if record.lacksSignature {
      concerns.append(
        AuditConcern(.unsigned, place, "\(record.author) a signature is required and missing"))
    }
    for mark in record.marks {
      let kind: Kind =
        mark.hasPrefix("late") ? .late : mark.hasPrefix("outside") ? .outside : .clock
      let words = mark.split(separator: ":", maxSplits: 1).last.map(String.init) ?? mark
      concerns.append(AuditConcern(kind, place, record.author + words))
    }
    return concerns
  }
}

extension AuditRecord {
  /// `run by ci:`, before what is to be said of it.
  fileprivate var author: String { told.map { "\($0.type) by \($0.who):" } ?? "" }
}

extension AuditSnapshot {
  /// Points that no longer hold.
  fileprivate var points: [AuditConcern] {
    (report?.points ?? []).compactMap { standing in
      switch standing.state {
      case .lapsed: AuditConcern(.lapsed, .point(standing.point.id), standing.reason)
      case .stale: AuditConcern(.stale, .point(standing.point.id), standing.reason)
      default: nil
      }
    }
  }
}
