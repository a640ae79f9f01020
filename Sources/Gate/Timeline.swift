internal import Checklist
internal import Evidence

/// All that was recorded of each point, before anything is judged.
struct Timeline {
  /// A decision with the record in which it stands.
  struct Said {
    /// The record that counts for causality: the sign-off, or the carry that brought it.
    var entry: Entry
    /// The record in which the decision was first made; its author and time are the decision's.
    var origin: Entry
    var decision: Decision
    /// Agreements by others, from the same evidence or the same carry.
    var countersigns: [Entry] = []
    var isCarried: Bool { entry.id != origin.id }
  }

  /// The taking back of decisions of one point.
  struct TakenBack {
    var entry: Entry
    var target: RecordID
    var reason: String
  }

  /// A finding with the run in which it stands.
  struct Seen {
    var entry: Entry
    var finding: ProbeFinding
  }

  private(set) var said: [String: [Said]] = [:]
  private(set) var takenBack: [String: [TakenBack]] = [:]
  private(set) var seen: [String: [Seen]] = [:]

  init(_ evidence: Evidence) {
    let countersigns = Self.countersigns(evidence)
    for entry in evidence.entries {
      switch entry.record.body {
      case .run(let run):
        for finding in run.findings {
          seen[finding.point, default: []].append(Seen(entry: entry, finding: finding))
        }
      case .signOff(let signOff):
        for decision in signOff.decisions {
          let agreements = countersigns[entry.id]?.filter { $0.covers(decision.point) } ?? []
          said[decision.point, default: []].append(
            Said(
              entry: entry, origin: entry, decision: decision,
              countersigns: agreements.map(\.entry)))
        }
      case .carry(let carry): add(carry, of: entry, countersigns[entry.id] ?? [])
      case .revoke(let revoke): add(revoke, of: entry, evidence)
      default: break
      }
    }
  }

  private struct Agreement {
    var entry: Entry
    var points: [String]
    func covers(_ point: String) -> Bool { points.isEmpty || points.contains(point) }
  }

  /// Countersigns that were not taken back, by what they agree to.
  private static func countersigns(_ evidence: Evidence) -> [RecordID: [Agreement]] {
    var revoked: Set<RecordID> = []
    for entry in evidence.entries {
      if case .revoke(let revoke) = entry.record.body { revoked.insert(revoke.record) }
    }
    var agreements: [RecordID: [Agreement]] = [:]
    for entry in evidence.entries where !revoked.contains(entry.id) {
      guard case .countersign(let body) = entry.record.body else { continue }
      agreements[body.record, default: []].append(Agreement(entry: entry, points: body.points))
    }
    return agreements
  }

  private mutating func add(_ carry: Carry, of entry: Entry, _ agreed: [Agreement]) {
    let entries = carry.records.compactMap { try? Entry(carried: $0) }
    for origin in entries {
      guard case .signOff(let signOff) = origin.record.body else { continue }
      let agreements = entries.filter { other in
        if case .countersign(let body) = other.record.body {
          return body.record == origin.id
        }
        return false
      }
      for decision in signOff.decisions where carry.points.contains(decision.point) {
        let agreeing = agreements.filter { agreement in
          guard case .countersign(let body) = agreement.record.body else { return false }
          return body.points.isEmpty || body.points.contains(decision.point)
        }
        let ofCarry = agreed.filter { $0.covers(decision.point) }.map(\.entry)
        said[decision.point, default: []].append(
          Said(
            entry: entry, origin: origin, decision: decision, countersigns: agreeing + ofCarry))
      }
    }
  }

  private mutating func add(_ revoke: Revoke, of entry: Entry, _ evidence: Evidence) {
    guard let target = evidence[revoke.record] else { return }
    let points: [String] =
      switch target.record.body {
      case .signOff(let signOff): signOff.decisions.map(\.point)
      case .carry(let carry): carry.points
      default: []
      }
    for point in points where revoke.points.isEmpty || revoke.points.contains(point) {
      takenBack[point, default: []].append(
        TakenBack(entry: entry, target: revoke.record, reason: revoke.reason))
    }
  }
}
