internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// Takes still fresh sign-offs over from an earlier launch.
struct CarryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "carry",
    abstract: "Take over sign-offs of an earlier launch that only time can make stale.",
    discussion: """
      Carries yearly rehearsals, monthly drills, assigned owners and the like, whole, with their \
      signatures and the day on which they were done. You sign that they still hold.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var identity: IdentityOptions
  @Option(name: .customLong("from"), help: "Evidence file of the earlier launch.")
  var source: String
  @Option(help: "Why they still hold.") var note: String
  @Option(help: "The release.") var confirm: [String] = []
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let signing = try Signing(options, identity)
    let earlier = try EvidenceUnion.read(source)
    let current = try signing.recorder.current()
    let checklist = try current.map { try Gate.evaluate($0, at: Clock.now).checklist }
    let carry = try CarryOver(
      from: earlier, to: checklist ?? signing.workspace.checklist, under: signing.policy,
      at: Clock.now
    ).carry(note: Words.read(note))
    try signing.want(
      confirm,
      about: "\(carry.points.count) points would be carried over: "
        + carry.points.joined(separator: " "))
    try signing.write(.carry(carry), json: json)
  }
}

/// Chooses what can be carried over.
struct CarryOver {
  let earlier: Evidence
  let standings: [PointStanding]
  private let holders: [String: String]

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
    holders = report.duties
    let known = checklist.walk.flatMap(\.controls).flatMap(\.points)
    let all = report.facts + [report.approval].compactMap(\.self) + report.points
    standings = all.filter { standing in
      guard standing.point.boundTo == .time, let decision = standing.decision,
        !decision.isCarried, standing.state == .ok || standing.state == .notApplicable
      else { return false }
      return known.contains(standing.point)
        && (earlier[decision.record].map { $0.counts(under: policy) } ?? false)
    }
  }

  /// The assignments of the duties that the carried points want somebody to hold.
  private var assignments: Set<RecordID> {
    let duties = Set(standings.compactMap(\.point.duty))
    var latest: [String: RecordID] = [:]
    for entry in earlier.entries {
      guard case .assign(let assign) = entry.record.body, duties.contains(assign.duty),
        holders[assign.duty] == assign.name
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
