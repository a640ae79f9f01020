internal import Checklist
internal import Evidence
internal import Gate

/// Chooses what can be carried over.
struct CarryOver {
  let earlier: Evidence
  /// What the earlier launch says of itself.
  let report: GateReport
  /// What can be carried over.
  let standings: [PointStanding]
  /// Time-bound points that somebody had decided on, each with the reason why it stays behind.
  let left: [(standing: PointStanding, reason: String)]
  /// How many points, facts and approvals there are.
  private let asked: Int

  /// The time-bound points, facts and approvals that an earlier launch settled by a sign-off that still holds, and
  /// that read the same in the checklist of the later one.
  ///
  /// - Parameter policy: that of the later launch; where it requires signatures, a bare copy of
  ///   what was not signed by a key of the person in it is left behind.
  init(
    from earlier: Evidence, to checklist: Checklist, under policy: Policy = Policy(),
    at now: Timestamp
  ) throws {
    self.earlier = earlier
    let report = try Gate.evaluate(earlier, at: now)
    self.report = report
    let known = checklist.walk.flatMap(\.controls).flatMap(\.points)
    let all = report.facts + [report.approval].compactMap(\.self) + report.points
    let reasons = all.map { standing in
      Self.reason(againstCarrying: standing, to: known, from: earlier, under: policy)
    }
    asked = all.count
    standings = zip(all, reasons).filter { $0.1 == nil }.map(\.0)
    left = zip(all, reasons).compactMap { standing, reason in
      guard let reason, standing.point.boundTo == .time, standing.decision != nil else {
        return nil
      }
      return (standing, reason)
    }
  }

  /// Why a point is not carried over, or nil.
  private static func reason(
    againstCarrying standing: PointStanding, to known: [Point], from earlier: Evidence,
    under policy: Policy
  ) -> String? {
    guard standing.point.boundTo == .time, let decision = standing.decision else {
      return "it is looked at anew for each launch"
    }
    if decision.isCarried { return "it was carried over itself" }
    guard standing.state == .ok || standing.state == .notApplicable else {
      return "it is \(standing.state.rawValue): \(standing.reason)"
    }
    guard known.contains(standing.point) else {
      return "its text is another one here, or it is not asked for"
    }
    return earlier[decision.record].map { $0.counts(under: policy) } ?? false
      ? nil : "it is not signed as this launch requires it"
  }

  /// For people: which launch it is, what is carried over, and what stays behind and why.
  func lines(_ file: String) -> [String] {
    let end = earlier.entries.map(\.record.at).max().map { ", last record \($0.short) UTC" } ?? ""
    var lines = [
      "From \(report.subject) \(report.release) -> \(report.environment) (\(file))\(end)",
      "WOULD BE CARRIED OVER (\(standings.count))",
    ]
    lines += standings.map { standing in
      let who = standing.decision.map { "\($0.by.name), \($0.at.short) UTC" } ?? ""
      return "  \(standing.point.id) \(standing.state.rawValue), \(who): \(standing.point.text)"
    }
    let others = asked - standings.count - left.count
    lines.append("WOULD STAY BEHIND (\(asked - standings.count))")
    lines += left.map { "  \($0.standing.point.id) \($0.reason)" }
    if others > 0 {
      lines.append("  \(others) that nobody decided on, or that only this launch can show")
    }
    return lines
  }

  /// The assignments of the duties that the carried points want somebody to hold.
  private var assignments: Set<RecordID> {
    let duties = Set(standings.compactMap(\.point.duty))
    var latest: [String: RecordID] = [:]
    for entry in earlier.entries {
      guard case .assign(let assign) = entry.record.body, duties.contains(assign.duty),
        report.duties[assign.duty] == assign.name
      else { continue }
      latest[assign.duty] = entry.id
    }
    return Set(latest.values)
  }

  /// The record that carries them.
  func carry(note: String) throws -> Carry {
    guard !standings.isEmpty else {
      throw Problem(
        "nothing can be carried over",
        hint: "only fresh sign-offs of time-bound points with the same text are, and signed ones "
          + "where signatures are required",
        code: Status.usage)
    }
    let signOffs = Set(standings.compactMap(\.decision?.record))
    var takenBack: Set<RecordID> = []
    for entry in earlier.entries {
      if case .revoke(let body) = entry.record.body { takenBack.insert(body.record) }
    }
    let entries = earlier.entries.filter { entry in
      if signOffs.contains(entry.id) || assignments.contains(entry.id) { return true }
      // An agreement that was taken back must not come to life again in another launch.
      if takenBack.contains(entry.id) { return false }
      if case .countersign(let body) = entry.record.body { return signOffs.contains(body.record) }
      return false
    }
    return Carry(
      records: entries.map(\.value), points: standings.map(\.point.id), note: note)
  }
}

extension Entry {
  /// Whether a sign-off of an earlier launch is signed as that policy wants it.
  fileprivate func counts(under policy: Policy) -> Bool {
    guard policy.signaturesRequired else { return true }
    guard let signer = record.by.person,
      let person = policy.person(id: signer.id, email: signer.email)
    else { return false }
    let keys = person.keys.compactMap { SSHPublicKey.fingerprint(ofLine: $0) }
    return signatures.contains { keys.contains($0.key) }
  }
}
