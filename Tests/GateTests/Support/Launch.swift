import Checklist
import Evidence
import Gate

/// A launch of one point, told record by record.
struct Launch {
  static let day = 86_400
  static let noon = CalendarDate("2026-11-21")?.start.seconds ?? 0

  var point: Point
  var control: Control
  var policy: Policy
  var evidence = Evidence()
  /// The time of the next record; each record lets a minute pass.
  var clock = Timestamp(seconds: Launch.noon + 43_200)

  init(
    _ how: Point.Kind, boundTo: Point.Binding = .time, validFor: Period? = nil,
    severity: Severity = .high, fourEyes: Bool = false, signers: [String] = [],
    probes: [String]? = nil, policy: Policy = Policy(), isOpened: Bool = true
  ) throws {
    let names = probes ?? (how == .manual ? [] : ["p"])
    point = Point(
      id: "1.1", text: "it holds", how: how, boundTo: boundTo, validFor: validFor,
      probes: names.map { ProbeReference(id: $0) })
    control = Control(
      number: "1", slug: "one", title: "One", severity: severity, fourEyes: fourEyes,
      signers: signers, points: [point])
    self.policy = policy
    if isOpened { try open() }
  }

  var checklist: Checklist {
    Checklist(
      id: "tiny", title: "Tiny", version: 1,
      domains: [Domain(title: "D", short: "D", controls: [control])])
  }

  /// A person whose stable id is the name.
  static func person(_ name: String, email: String? = nil, role: String = "lead") -> Author {
    Author(
      identity: .person(
        Author.Signer(
          id: name, name: name, email: email ?? "\(name)@x.test", role: role)),
      user: name, host: "desk", tool: "launchgate 1.0")
  }

  static func machine(_ id: String = "ci") -> Author {
    Author(
      identity: .automation(Author.Automation(id: id, run: "https://ci.test/1", runner: "r")),
      user: "ci", host: "r", tool: "launchgate 1.0")
  }

  /// Adds a record; `seeing` are the heads that its writer saw, `after` the seconds since the last.
  @discardableResult
  mutating func add(
    _ body: Record.Body, by author: Author = person("alice"), seeing: [RecordID]? = nil,
    at time: Timestamp? = nil, key: String? = nil
  ) throws -> RecordID {
    clock = clock + Period(seconds: 60)
    let record = Record(
      at: time ?? clock, by: author, launch: opened.launch, parents: seeing ?? evidence.heads,
      body: body)
    // The gate looks at the key alone; that it verifies is the business of reading.
    let signatures = key.map { [Signature(key: Keys.fingerprint($0), sshsig: "-")] } ?? []
    let entry = try Entry(record, signatures: signatures)
    try evidence.add(entry)
    return entry.id
  }

  var opened: Opened {
    Opened(
      subject: "shop", release: "1", environment: "prod", checklist: checklist.value,
      policy: policy.value)
  }

  @discardableResult
  mutating func open(by author: Author = person("alice")) throws -> RecordID {
    try add(.opened(opened), by: author, seeing: [])
  }

  @discardableResult
  mutating func candidate(_ tree: String, seeing: [RecordID]? = nil) throws -> RecordID {
    try add(.candidate(Candidate(commit: "c-\(tree)", trees: ["src": tree])), seeing: seeing)
  }

  @discardableResult
  mutating func run(
    _ verdict: Finding.Verdict, facts: String = "f", probe: String = "p",
    by author: Author = machine(), seeing: [RecordID]? = nil, at time: Timestamp? = nil,
    key: String? = nil
  ) throws -> RecordID {
    let finding = ProbeFinding(
      point: point.id, probe: probe, version: 1, parameters: [:],
      finding: Finding(verdict, "seen \(verdict.rawValue)", facts: ["fact": facts]))
    return try add(.run(Run(findings: [finding])), by: author, seeing: seeing, at: time, key: key)
  }

  /// The digest that a decision names to rely on those facts of one probe.
  static func digest(_ facts: String = "f") -> Digest {
    Digest(of: .object(["fact": .string(facts)]))
  }

  @discardableResult
  mutating func sign(
    _ answer: Decision.Answer, by author: Author = person("alice"), facts: Digest? = nil,
    performed: String? = nil, until: String? = nil, attached: Bool? = nil, note: String = "done so",
    text: Digest? = nil, seeing: [RecordID]? = nil, at time: Timestamp? = nil, key: String? = nil
  ) throws -> RecordID {
    let file = Decision.Attachment(name: "a.txt", digest: Self.digest(), size: 1)
    let decision = Decision(
      point: point.id, answer: answer, note: note,
      performedOn: performed.flatMap(CalendarDate.init),
      attachments: attached ?? (answer == .observedByHand) ? [file] : [],
      pointDigest: text ?? Digest(of: point.value), factsDigest: facts,
      until: until.flatMap(CalendarDate.init))
    return try add(
      .signOff(SignOff(decisions: [decision])), by: author, seeing: seeing, at: time, key: key)
  }

  @discardableResult
  mutating func countersign(
    _ record: RecordID, by author: Author, seeing: [RecordID]? = nil, key: String? = nil
  ) throws -> RecordID {
    try add(
      .countersign(Countersign(record: record, note: "")), by: author, seeing: seeing, key: key)
  }

  @discardableResult
  mutating func revoke(
    _ record: RecordID, by author: Author = person("alice"), seeing: [RecordID]? = nil
  ) throws -> RecordID {
    try add(.revoke(Revoke(record: record, reason: "wrong")), by: author, seeing: seeing)
  }

  @discardableResult
  mutating func seal(by author: Author = person("alice"), key: String? = nil) throws -> RecordID {
    let draft = try evidence.sealing(verdict: "GO", note: "", by: author, at: clock)
    return try add(draft.record.body, by: author, key: key)
  }

  mutating func wait(days: Int = 0, hours: Int = 0) {
    clock = clock + Period(seconds: days * Self.day + hours * 3_600)
  }

  func report(
    at time: Timestamp? = nil, expecting expectations: Expectations = Expectations()
  ) throws -> GateReport {
    try Gate.evaluate(evidence, at: time ?? clock, expecting: expectations)
  }

  /// State of the point and verdict of the launch, such as `OK GO`.
  func judged(at time: Timestamp? = nil) throws -> String {
    let report = try report(at: time)
    return
      "\(report.points.map(\.state.rawValue).joined(separator: ",")) \(report.verdict.rawValue)"
  }
}

/// Public keys that are never used to sign, only to be named.
enum Keys {
  static let lines = [
    "alice": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB a",
    "bob": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC b",
    "ci": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMD c",
    "eve": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE e",
  ]

  static func fingerprint(_ name: String) -> String {
    lines[name].flatMap { SSHPublicKey.fingerprint(ofLine: $0) } ?? "?"
  }

  static func person(_ name: String, emails: [String] = [], roles: [Person.Grant]? = nil) -> Person
  {
    Person(
      id: name, name: name, emails: ["\(name)@x.test"] + emails,
      keys: [lines[name]].compactMap(\.self), roles: roles ?? [Person.Grant(role: "lead")])
  }

  static let strict = Policy(
    signaturesRequired: true, people: [person("alice"), person("bob")],
    automation: [AutomationKey(id: "ci", key: lines["ci"] ?? "")])

  static let named = Policy(people: [
    person("alice", emails: ["alice@home.test"]), person("bob"),
  ])
}
