import Checklist
import Evidence
import Gate

/// A launch against a whole checklist, told record by record.
struct ListLaunch {
  var checklist: Checklist
  var policy: Policy
  var release = "1"
  var evidence = Evidence()
  /// The time of the next record; each record lets a minute pass.
  var clock = Timestamp(seconds: Launch.noon + 43_200)

  init(_ checklist: Checklist, policy: Policy = Policy()) throws {
    self.checklist = checklist
    self.policy = policy
    try open()
  }

  /// Opens it, as the first record.
  mutating func open() throws { try add(.opened(opened), seeing: []) }

  private var opened: Opened {
    Opened(
      subject: "shop", release: release, environment: "prod", checklist: checklist.value,
      policy: policy.value)
  }

  /// One control with a point for each of those kinds, all of which depend on the fact `boxes`.
  static func conditional(
    _ kinds: [Point.Kind], validFor: Period? = nil, fourEyes: Bool = false, signers: [String] = [],
    boundTo: Point.Binding = .time
  ) -> Checklist {
    var control = Control(
      number: "1", slug: "boxes", title: "Boxes", severity: .high, fourEyes: fourEyes,
      signers: signers,
      points: kinds.enumerated().map { index, kind in
        Point(
          id: "1.\(index + 1)", text: "box \(index + 1) is shut", how: kind, boundTo: boundTo,
          probes: kind == .manual ? [] : [ProbeReference(id: "p")])
      })
    control.when = "boxes"
    var checklist = Checklist(
      id: "tiny", title: "Tiny", version: 1,
      domains: [Domain(title: "D", short: "D", controls: [control])])
    checklist.conditions = [
      Condition(id: "boxes", question: "Are there boxes?", validFor: validFor)
    ]
    return checklist
  }

  @discardableResult
  mutating func add(
    _ body: Record.Body, by author: Author = Launch.person("alice"), seeing: [RecordID]? = nil
  ) throws -> RecordID {
    clock = clock + Period(seconds: 60)
    let entry = try Entry(
      Record(
        at: clock, by: author, launch: opened.launch, parents: seeing ?? evidence.heads,
        body: body))
    try evidence.add(entry)
    return entry.id
  }

  @discardableResult
  mutating func run(
    _ point: String, _ verdict: Finding.Verdict, facts: String = "f", seeing: [RecordID]? = nil
  ) throws -> RecordID {
    let finding = ProbeFinding(
      point: point, probe: "p", version: 1, parameters: [:],
      finding: Finding(verdict, "seen \(verdict.rawValue)", facts: ["fact": facts]))
    return try add(.run(Run(findings: [finding])), by: Launch.machine(), seeing: seeing)
  }

  /// Signs a point, fact or approval as it reads now, in knowledge of all that probes saw if said.
  @discardableResult
  mutating func sign(
    _ point: String, _ answer: Decision.Answer, by author: Author = Launch.person("alice"),
    knowing: Bool = false, note: String = "done so", performed: String? = nil, text: Digest? = nil,
    seeing: [RecordID]? = nil
  ) throws -> RecordID {
    let standing = try report().standing(point)
    let decision = Decision(
      point: point, answer: answer, note: note, performedOn: performed.flatMap(CalendarDate.init),
      attachments: [],
      pointDigest: text ?? standing.map { Digest(of: $0.point.value) } ?? Launch.digest(),
      factsDigest: knowing ? standing?.factsDigest : nil,
      until: answer == .riskAccepted ? CalendarDate("2026-11-25") : nil)
    return try add(.signOff(SignOff(decisions: [decision])), by: author, seeing: seeing)
  }

  @discardableResult
  mutating func countersign(_ record: RecordID, by author: Author) throws -> RecordID {
    try add(.countersign(Countersign(record: record, note: "")), by: author)
  }

  @discardableResult
  mutating func revoke(_ record: RecordID, seeing: [RecordID]? = nil) throws -> RecordID {
    try add(.revoke(Revoke(record: record, reason: "wrong")), seeing: seeing)
  }

  @discardableResult
  mutating func seal(
    verdict: String = "GO", by author: Author = Launch.person("alice")
  ) throws -> RecordID {
    let draft = try evidence.sealing(verdict: verdict, note: "", by: author, at: clock)
    return try add(draft.record.body, by: author)
  }

  mutating func wait(days: Int) { clock = clock + .days(days) }

  func report(at time: Timestamp? = nil) throws -> GateReport {
    try Gate.evaluate(evidence, at: time ?? clock)
  }

  /// States of the facts, of the approval and of the points, and the verdict.
  func judged(at time: Timestamp? = nil) throws -> String {
    let report = try report(at: time)
    let states =
      (report.facts + [report.approval].compactMap(\.self)).map(\.state.rawValue).joined(
        separator: ",")
    let points = report.points.map(\.state.rawValue).joined(separator: ",")
    return [states, points, report.verdict.rawValue].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
