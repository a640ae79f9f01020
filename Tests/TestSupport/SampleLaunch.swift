internal import BundledChecklists
public import Checklist
public import Evidence
public import Gate
public import Session

/// A launch told record by record at fixed times, for tests of the session and of the screens.
public struct SampleLaunch: Sendable {
  /// Where the launch begins: 2026-11-21T09:00:00Z.
  public static let start = Timestamp(
    seconds: (CalendarDate("2026-11-21")?.start.seconds ?? 0) + 9 * 3_600)

  /// What it is held against.
  public let checklist: Checklist
  /// All that was recorded.
  public private(set) var evidence = Evidence()
  /// The time of the last record; each record lets a minute pass.
  public var clock = SampleLaunch.start

  /// A launch that was opened against that checklist.
  public init(
    _ checklist: Checklist = .sample, subject: String = "acme-shop", release: String = "4.2.0",
    environment: String = "production", policy: Policy = Policy()
  ) throws {
    self.checklist = checklist
    let opened = Opened(
      subject: subject, release: release, environment: environment, checklist: checklist.value,
      policy: policy.value)
    try evidence.add(Evidence.opening(opened, by: .machine, at: clock))
  }

  /// Adds a record that follows all others.
  @discardableResult
  public mutating func add(_ body: Record.Body, by author: Author = .mara) throws -> RecordID {
    clock = clock + Period(seconds: 60)
    let entry = try evidence.draft(body, by: author, at: clock)
    try evidence.add(entry)
    return entry.id
  }

  /// Findings with that verdict for all probes of those points; empty means all points.
  @discardableResult
  public mutating func run(
    _ verdict: Finding.Verdict = .pass, _ points: [String] = [], message: String? = nil,
    details: [Finding.Detail] = [], facts: [String: String] = ["seen": "so"],
    faults: [String] = []
  ) throws -> RecordID {
    let chosen = checklist.points.filter { points.isEmpty || points.contains($0.id) }
    let findings = chosen.flatMap { point in
      point.probes.map { reference in
        ProbeFinding(
          point: point.id, probe: reference.id, version: 1, parameters: reference.parameters,
          finding: Finding(
            verdict, message ?? "\(reference.id) saw \(verdict.rawValue)",
            hint: verdict == .pass ? nil : "mend it, then run this again", details: details,
            facts: facts, faults: Finding.Faults(faults, rest: .pass), coverage: ["requests": 3],
            reproduce: "curl -sSI https://shop.example",
            vantage: Vantage(host: "build-7", network: .internet)))
      }
    }
    return try add(.run(Run(findings: findings)), by: .machine)
  }

  /// One sign-off with the same decision on all of those points.
  @discardableResult
  public mutating func sign(
    _ points: [String], _ answer: Decision.Answer = .met, by author: Author = .mara,
    note: String = "restored into a scratch database, counts agree", until: String? = nil
  ) throws -> RecordID {
    let report = try report()
    let decisions = points.compactMap { id -> Decision? in
      guard let standing = report.standing(id) else { return nil }
      return Decision(
        point: id, answer: answer, note: note, performedOn: clock.date, attachments: [],
        pointDigest: Digest(of: standing.point.value), factsDigest: standing.factsDigest,
        until: until.flatMap(CalendarDate.init))
    }
    return try add(.signOff(SignOff(decisions: decisions)), by: author)
  }

  /// Everything passed, signed by two people.
  public mutating func finish() throws {
    try run()
    let id = try sign(checklist.points.map(\.id))
    try add(.countersign(Countersign(record: id, note: "seen")), by: .daniel)
  }

  /// Seals what is there.
  @discardableResult
  public mutating func seal() throws -> RecordID {
    let draft = try evidence.sealing(verdict: "GO", note: "ship it", by: .mara, at: clock)
    return try add(draft.record.body)
  }

  /// What the gate says at the time of the last record.
  public func report() throws -> GateReport { try Gate.evaluate(evidence, at: clock) }

  /// The evidence as the screens get it.
  public func snapshot() throws -> EvidenceSnapshot {
    try EvidenceSnapshot(evidence, path: "/srv/shop/acme-shop-4.2.0.evidence.json", at: clock)
  }

  /// A session in which this launch was loaded, with the main page shown.
  public func session(
    _ size: Size = Size(rows: 30, columns: 100), isDemo: Bool = false
  ) throws -> Walk {
    var walk = Walk(SessionState(now: clock, isDemo: isDemo))
    walk.act(.key(.resize(size)))
    walk.act(
      .identityFound(
        Identity(name: "Mara Lind", email: "mara@acme.example", role: "release-manager")))
    walk.act(.draftsFound([], forms: []))
    walk.act(.loaded(try snapshot()))
    return walk
  }
}

extension Author {
  /// The release manager.
  public static let mara = person("Mara Lind", "mara@acme.example", "release-manager")
  /// Somebody else.
  public static let daniel = person("Daniel Okafor", "daniel@acme.example", "team-lead")
  /// A pipeline.
  public static let machine = Author(
    identity: .automation(
      Author.Automation(id: "ci", run: "https://ci.example/1", runner: "build-7")),
    user: "ci", host: "build-7", tool: "launchgate 1.0.0")

  /// A person whose id is the address.
  public static func person(_ name: String, _ email: String, _ role: String) -> Author {
    Author(
      identity: .person(Author.Signer(id: email, name: name, email: email, role: role)),
      user: "mara", host: "desk", tool: "launchgate 1.0.0")
  }
}

extension Checklist {
  /// The checklist that the program brings along.
  public static func production() throws -> Checklist {
    try read(yaml: BundledChecklists.yaml("production-25") ?? "", file: "production-25")
  }

  /// Three controls: one for probes, one for two people, one of both.
  public static let sample = Checklist(
    id: "sample", title: "Sample", version: 1,
    domains: [
      Domain(
        title: "Infrastructure", short: "Infra",
        controls: [
          Control(
            number: "1", slug: "tls", title: "TLS everywhere", severity: .high,
            why: "Without TLS, anybody on the path can read and change what users send.",
            fix: "Set TLS 1.2 as the minimum on every listener.",
            look: "openssl s_client -connect shop.example:443 </dev/null",
            references: ["NIST SC-8", "RFC 8446"],
            points: [
              Point(
                id: "1.1", text: "Every certificate is trusted.", how: .automatic,
                boundTo: .target, probes: [ProbeReference(id: "tls.certificate")]),
              Point(
                id: "1.2", text: "Cipher suites were compared.", how: .assisted,
                boundTo: .target, probes: [ProbeReference(id: "tls.minimum-version")],
                evidence: "the list of suites"),
            ])
        ]),
      Domain(
        title: "Data protection", short: "Data",
        controls: [
          Control(
            number: "2", slug: "backup", title: "Backup and recovery", severity: .critical,
            fourEyes: true, duty: "Restore drill", why: "Backups that nobody restored fail.",
            points: [
              Point(
                id: "2.1", text: "A restore was tried this month.", how: .manual, boundTo: .time,
                validFor: .days(30), evidence: "row counts")
            ]),
          Control(
            number: "3", slug: "headers", title: "Security headers", severity: .medium,
            points: [
              Point(
                id: "3.1", text: "A policy limits scripts.", how: .automatic, boundTo: .target,
                probes: [ProbeReference(id: "headers.security")]),
              Point(
                id: "3.2", text: "The policy was read by a person.", how: .manual,
                boundTo: .time),
            ]),
        ]),
    ])
}
