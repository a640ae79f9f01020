internal import Checklist
internal import Evidence

/// Lasting duties and who has them, by the assignments that are in force.
struct Duties {
  /// Duty to the name of the person.
  let holders: [String: String]

  /// The causally latest assignment of each duty counts, if a person who may act made it, or
  /// carried it over, and nobody took it back.
  init(_ evidence: Evidence, _ admission: Admission) {
    var takenBack: Set<RecordID> = []
    for entry in evidence.entries {
      if case .revoke(let revoke) = entry.record.body, revoke.points.isEmpty {
        takenBack.insert(revoke.record)
      }
    }
    var assignments: [String: [(id: RecordID, name: String)]] = [:]
    for entry in evidence.entries where !takenBack.contains(entry.id) {
      guard admission.refusal(of: entry, for: nil) == nil else { continue }
      for assign in Self.assignments(in: entry, admission) {
        assignments[assign.duty, default: []].append((entry.id, assign.name))
      }
    }
    holders = assignments.compactMapValues { evidence.latest($0, record: \.id).last?.name }
  }

  /// What a record assigns, itself or by carrying it over from another launch.
  private static func assignments(in entry: Entry, _ admission: Admission) -> [Assign] {
    switch entry.record.body {
    case .assign(let assign): return [assign]
    case .carry(let carry):
      return carry.records.compactMap { try? Entry(carried: $0) }.compactMap { origin in
        guard case .assign(let assign) = origin.record.body,
          origin.record.launch != entry.record.launch,
          admission.refusal(of: origin, for: nil) == nil
        else { return nil }
        return assign
      }
    default: return []
    }
  }
}
