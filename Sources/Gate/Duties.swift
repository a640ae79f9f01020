internal import Checklist
internal import Evidence

/// Lasting duties and who has them, by the assignments that are in force.
struct Duties {
  /// Duty to the name of the person.
  let holders: [String: String]

  /// The causally latest assignment of each duty counts, if a person who may act made it and
  /// nobody took it back.
  init(_ evidence: Evidence, _ admission: Admission) {
    var takenBack: Set<RecordID> = []
    for entry in evidence.entries {
      if case .revoke(let revoke) = entry.record.body { takenBack.insert(revoke.record) }
    }
    var assignments: [String: [(id: RecordID, name: String)]] = [:]
    for entry in evidence.entries where !takenBack.contains(entry.id) {
      guard case .assign(let assign) = entry.record.body,
        admission.refusal(of: entry, for: nil) == nil
      else { continue }
      assignments[assign.duty, default: []].append((entry.id, assign.name))
    }
    holders = assignments.compactMapValues { evidence.latest($0, record: \.id).last?.name }
  }
}
