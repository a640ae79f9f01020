import Checklist
import Evidence

/// Records of one small launch, as values to build tests from.
enum Samples {
  static let opened = Opened(
    subject: "shop", release: "4.2.0", environment: "production",
    checklist: .object(["checklist": .string("tiny"), "purpose": .string("launch")]),
    policy: .object(["signatures": .string("optional")]))

  static let alice = Author(
    identity: .person(
      Author.Signer(id: "alice", name: "Alice Ä. \"Ace\"", email: "a@x.test", role: "team-lead")),
    user: "alice", host: "desk", tool: "launchgate 1.0")

  static let runner = Author(
    identity: .automation(
      Author.Automation(id: "ci", run: "https://ci.test/7", runner: "runner-1")),
    user: "ci", host: "runner", tool: "launchgate 1.0")

  static let digest = Digest(of: "point".utf8)

  static func time(_ minutes: Int) -> Timestamp { Timestamp(seconds: 1_795_000_000 + minutes * 60) }

  static let finding = ProbeFinding(
    point: "1.1", probe: "tls.certificate", version: 2,
    parameters: ["warn-days": .integer(21), "nested": .array([.null, .bool(false)])],
    finding: Finding(
      .review, "two suspects", hint: "look\tat them",
      details: [Finding.Detail(.fail, "\u{1b}[31mred"), Finding.Detail(.pass, "fine")],
      facts: ["not-after": "2027-01-01"], coverage: ["hosts": 2],
      transcript: "> hello\r\n< \u{1F600}\n", reproduce: "openssl s_client",
      vantage: Vantage(host: "desk", network: .privateNetwork)))

  static let decision = Decision(
    point: "1.1", answer: .met, note: "seen \\ done", performedOn: CalendarDate("2026-11-19"),
    attachments: [Decision.Attachment(name: "log.txt", digest: digest, size: 12)],
    pointDigest: digest, factsDigest: digest, until: CalendarDate("2026-12-01"))

  /// A signed-free evidence that holds every record type.
  static func everyType(
    signing: (Entry) throws -> Entry = { $0 }
  ) throws -> Evidence {
    var evidence = Evidence()
    var minute = 1
    @discardableResult
    func add(_ body: Record.Body, by author: Author = alice) throws -> Entry {
      minute += 1
      let entry = try signing(evidence.draft(body, by: author, at: time(minute)))
      try evidence.add(entry)
      return entry
    }
    try evidence.add(signing(Evidence.opening(opened, by: alice, at: time(0))))
    let change = try add(
      .policy(PolicyChange(policy: .object([:]), checklist: .object([:]), reason: "new lead")))
    try add(.candidate(Candidate(commit: "c0ffee", trees: ["src": "t1"], artifact: "sha256:ab")))
    try add(.run(Run(findings: [finding])), by: runner)
    let sign = try add(.signOff(SignOff(decisions: [decision])))
    try add(.countersign(Countersign(record: change.id, points: ["1.1"], note: "yes")))
    try add(.revoke(Revoke(record: sign.id, points: ["1.1"], reason: "wrong host")))
    try add(.assign(Assign(duty: "rotation", id: "bob", name: "Bob", email: "b@x.test")))
    try add(.carry(earlier()))
    minute += 1
    let seal = try signing(
      evidence.sealing(verdict: "NO-GO", note: "not yet", by: alice, at: time(minute)))
    try evidence.add(seal)
    try add(.timestamp(TimestampToken(seal: seal.id, token: "MIIC")))
    try add(.reopen(Reopen(record: seal.id, reason: "a leak")))
    return evidence
  }

  /// A sign-off of an earlier launch, as `carry` takes it.
  static func earlier() throws -> Carry {
    var before = opened
    before.release = "4.1.0"
    var evidence = Evidence()
    try evidence.add(Evidence.opening(before, by: alice, at: time(-900)))
    let sign = try evidence.draft(
      .signOff(SignOff(decisions: [decision])), by: alice, at: time(-800))
    return Carry(records: [sign.value], points: ["1.1"], note: "rehearsed last month")
  }

  /// The record of each type, for round trips.
  static func bodies() throws -> [Record.Body] { try everyType().entries.map(\.record.body) }
}

extension Evidence {
  /// The lines of the file as text, without the first and the last.
  var lines: [String] {
    String(decoding: rendered, as: UTF8.self).split(separator: "\n").dropFirst().dropLast()
      .map(String.init)
  }

  /// The records as a set of lines, so that their order means nothing.
  var contents: Set<[UInt8]> { Set(rendered.split(separator: 0x0a).map(Array.init)) }
}
