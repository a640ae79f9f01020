internal import Checklist
internal import Evidence
internal import Gate

/// A domain with its controls.
struct Area: Equatable, Sendable {
  let title: String
  let controls: [ControlEntry]

  init(
    _ domain: Domain, _ gate: GateReport, _ evidence: Evidence, _ signatures: SignatureWords
  ) {
    title = PlainText.line(domain.title)
    controls = domain.controls.map { ControlEntry($0, gate, evidence, signatures) }
  }

  var points: [PointEntry] { controls.flatMap(\.points) }
  func count(_ state: State) -> Int { points.filter { $0.state == state }.count }
}

/// A control with its points.
struct ControlEntry: Equatable, Sendable {
  let number: String
  let slug: String
  let title: String
  let severity: Severity
  let fourEyes: Bool
  let references: [String]
  let why: String
  let state: State
  let points: [PointEntry]

  init(
    _ control: Control, _ gate: GateReport, _ evidence: Evidence, _ signatures: SignatureWords
  ) {
    number = PlainText.line(control.number, limit: 40)
    slug = PlainText.line(control.slug, limit: 120)
    title = PlainText.line(control.title)
    severity = control.severity
    fourEyes = control.fourEyes
    references = control.references.map { PlainText.line($0) }
    why = PlainText.line(control.why)
    state = gate.state(of: control)
    points = gate.standings(of: control).map { PointEntry($0, evidence, signatures) }
  }
}

/// A point with how it stands and what led to it.
struct PointEntry: Equatable, Sendable {
  let id: String
  let text: String
  let how: Point.Kind
  let state: State
  let reason: String
  let wayOut: String?
  let expires: Timestamp?
  let isObservedByHand: Bool
  let seen: [SeenEntry]
  let said: SaidEntry?
  let discounted: [String]

  init(_ standing: PointStanding, _ evidence: Evidence, _ signatures: SignatureWords) {
    id = PlainText.line(standing.point.id, limit: 80)
    text = PlainText.line(standing.point.text)
    how = standing.point.how
    state = standing.state
    reason = PlainText.line(standing.reason)
    wayOut = standing.wayOut.map { PlainText.line($0) }
    expires = standing.expires
    isObservedByHand = standing.isObservedByHand
    seen = standing.findings.map(SeenEntry.init)
    said = standing.decision.map { SaidEntry($0, evidence, signatures) }
    discounted = standing.discounted.map { PlainText.line($0) }
  }

  /// Whether a person's decision is what makes the point stand as it does.
  var restsOnDecision: Bool { said != nil && state.isSettled }
}

/// A finding that counts.
struct SeenEntry: Equatable, Sendable {
  static let detailLimit = 20

  let probe: String
  let version: Int
  let verdict: Finding.Verdict
  let message: String
  let details: [String]
  /// Details that the record has beyond those.
  let more: Int
  let coverage: String
  let vantage: String
  let reproduce: String?
  let at: Timestamp
  let record: RecordID
  let transcript: Digest

  init(_ counted: CountedFinding) {
    let finding = counted.finding.finding
    probe = PlainText.line(counted.finding.probe, limit: 120)
    version = counted.finding.version
    verdict = finding.verdict
    message = PlainText.line(finding.message)
    details = finding.details.prefix(Self.detailLimit).map {
      "\($0.verdict.rawValue): \(PlainText.line($0.text, limit: 300))"
    }
    more = max(0, finding.details.count - Self.detailLimit)
    coverage = finding.coverage.sorted { $0.key < $1.key }.prefix(20)
      .map { "\(PlainText.line($0.key, limit: 60)) \($0.value)" }.joined(separator: ", ")
    let host = PlainText.line(finding.vantage.host, limit: 120)
    vantage = (host.isEmpty ? "" : "\(host), ") + finding.vantage.network.rawValue
    reproduce = finding.reproduce.map { PlainText.line($0) }
    at = counted.at
    record = counted.record
    transcript = counted.finding.transcriptDigest
  }
}

/// A decision that counts, or that would with a second person.
struct SaidEntry: Equatable, Sendable {
  let answer: Decision.Answer
  let note: String
  let who: String
  let email: String
  let role: String
  let at: Timestamp
  let performedOn: CalendarDate?
  let until: CalendarDate?
  /// The record that counts: the sign-off, or the carry that brought it.
  let record: RecordID
  let keys: [String]
  let signature: String
  let countersigners: [String]
  let attachments: [AttachmentEntry]
  let isCarried: Bool

  init(_ counted: CountedDecision, _ evidence: Evidence, _ signatures: SignatureWords) {
    answer = counted.decision.answer
    note = PlainText.block(counted.decision.note)
    who = PlainText.line(counted.by.name, limit: 200)
    email = PlainText.line(counted.by.person?.email ?? "", limit: 200)
    role = PlainText.line(counted.by.person?.role ?? "", limit: 80)
    at = counted.at
    performedOn = counted.decision.performedOn
    until = counted.decision.until
    record = counted.record
    keys = (evidence[counted.record]?.signatures ?? []).map { PlainText.line($0.key, limit: 120) }
    signature = signatures.words(counted.record)
    countersigners = counted.countersigners.map { PlainText.line($0, limit: 200) }
    attachments = counted.decision.attachments.prefix(100).map(AttachmentEntry.init)
    isCarried = counted.isCarried
  }
}

/// A file that backs a decision; it is not part of the evidence, only its digest is.
struct AttachmentEntry: Equatable, Sendable {
  let name: String
  let digest: Digest
  let size: Int

  init(_ attachment: Decision.Attachment) {
    name = PlainText.line(attachment.name, limit: 255)
    digest = attachment.digest
    size = attachment.size
  }
}
