import Checklist
import Evidence
import Gate

@testable import Reports

/// A launch in which every state occurs, told record by record at fixed times.
///
/// Every text of a person or a probe is what `words` makes of it, so that the same launch can be
/// told with hostile texts.
struct RichLaunch {
  static let start = Timestamp(
    seconds: (CalendarDate("2026-11-20")?.start.seconds ?? 0) + 9 * 3_600)
  static let key = "SHA256:mQ1JmCPoQ8UPoE2nO3Ud3dPYk5yGZnVb9lT0n5Xh7aA"

  private(set) var evidence = Evidence()
  private var clock = RichLaunch.start
  private let words: (String) -> String

  /// The launch with all its records; with `finishes` everything is settled and sealed.
  init(finishes: Bool = false, _ words: @escaping (String) -> String = { $0 }) throws {
    self.words = words
    try add(
      .opened(
        Opened(
          subject: words("acme-shop"), release: words("4.2.0"), environment: words("production"),
          checklist: Self.checklist(words).value, policy: Policy().value)), by: machine)
    try candidate("a")
    try sign("5.2", .met, "read the diff")
    try candidate("b")
    try look(finishes)
    try decide(finishes)
    try add(
      .assign(
        Assign(
          duty: words("Key rotation"), id: "tomas", name: words("Tomas Vale"),
          email: "tomas@acme.example")), by: mara)
    guard finishes else { return }
    let draft = try evidence.sealing(
      verdict: "GO", note: words("ship it"), by: mara, at: clock)
    try add(draft.record.body, by: mara, key: Self.key)
  }

  /// A minute after the last record.
  var now: Timestamp { clock + Period(seconds: 60) }

  /// The report on it, as of then.
  func report(
    _ assurance: Assurance? = nil, file: String = "acme-shop-4.2.0.evidence.json"
  ) throws -> Report {
    let told = Assurance(
      hasSigners: false,
      established: [words("\(evidence.entries.count) records are consistent")],
      notEstablished: [words("who signed: no allowed signers were given (--allowed-signers)")])
    return Report(
      evidence, try Gate.evaluate(evidence, at: now), assurance ?? told,
      from: Report.Source(file: words(file), tool: "launchgate 1.0.0"))
  }

  private mutating func look(_ finishes: Bool) throws {
    try run("1.1", .pass, "trusted until 2027-03-01")
    try run("1.2", finishes ? .pass : .fail, "TLS 1.0 is answered")
    try run("2.1", finishes ? .pass : .unknown, "nmap is not installed")
    try run("2.2", .unknown, "no login is configured")
    try run("3.1", finishes ? .pass : .review, "2 suspects in the history")
    try run("5.4", .fail, "no policy for scripts")
  }

  private mutating func decide(_ finishes: Bool) throws {
    try sign("2.2", .observedByHand, "curl -I shows Secure", file: "cookies.txt")
    let drill = try sign("4.1", .met, "restored in 41 minutes\nrow counts agree")
    if finishes {
      try add(.countersign(Countersign(record: drill, note: words("seen"))), by: tomas)
    }
    let owner = try sign("4.2", .met, "Tomas is on call", key: Self.key)
    try add(.countersign(Countersign(record: owner, note: words("yes"))), by: tomas)
    try sign("5.1", .met, "drill", on: finishes ? "2026-11-19" : "2026-09-01")
    try sign("5.3", .notApplicable, "no uploads")
    try sign("5.4", .riskAccepted, "behind the VPN for now", until: "2026-12-01")
    let wrong = try sign("5.5", .met, "done")
    try add(.revoke(Revoke(record: wrong, reason: words("of another service"))), by: tomas)
    guard finishes else { return }
    for point in ["3.1", "3.2", "5.2", "5.5"] { try sign(point, .met, "read") }
  }

  @discardableResult
  private mutating func add(
    _ body: Record.Body, by author: Author, key: String? = nil
  ) throws -> RecordID {
    clock = clock + Period(seconds: 420)
    let launch = evidence.launch ?? Self.launch(body)
    let record = Record(
      at: clock, by: author, launch: launch, parents: evidence.heads, body: body)
    // A report repeats the key alone; that it verifies is the business of reading.
    let entry = try Entry(record, signatures: key.map { [Signature(key: $0, sshsig: "-")] } ?? [])
    try evidence.add(entry)
    return entry.id
  }

  private static func launch(_ body: Record.Body) -> Digest {
    if case .opened(let opened) = body { opened.launch } else { Digest(of: [] as [UInt8]) }
  }

  private mutating func candidate(_ tree: String) throws {
    try add(
      .candidate(
        Candidate(
          commit: String(repeating: tree, count: 40), trees: ["src": tree],
          artifact: "sha256:\(String(repeating: tree, count: 64))")), by: machine)
  }

  private mutating func run(
    _ point: String, _ verdict: Finding.Verdict, _ message: String
  ) throws {
    let finding = ProbeFinding(
      point: words(point), probe: "probe.\(point)", version: 1, parameters: [:],
      finding: Finding(
        verdict, words(message), hint: words("mend it"),
        details: [Finding.Detail(verdict, words("seen at /login"))], facts: ["seen": message],
        coverage: ["requests": 3], transcript: words("GET /"),
        reproduce: words("curl -sSI https://shop.example"),
        vantage: Vantage(host: words("build-7"), network: .internet)))
    try add(.run(Run(findings: [finding])), by: machine)
  }

  @discardableResult
  private mutating func sign(
    _ point: String, _ answer: Decision.Answer, _ note: String, on day: String? = nil,
    until: String? = nil, file: String? = nil, key: String? = nil
  ) throws -> RecordID {
    let report = try Gate.evaluate(evidence, at: clock)
    let standing = report.standing(words(point))
    let attachment = file.map {
      Decision.Attachment(name: words($0), digest: Digest(of: $0.utf8), size: 311)
    }
    let decision = Decision(
      point: words(point), answer: answer, note: words(note),
      performedOn: day.flatMap(CalendarDate.init) ?? clock.date,
      attachments: [attachment].compactMap(\.self),
      pointDigest: standing.map { Digest(of: $0.point.value) } ?? Digest(of: [] as [UInt8]),
      factsDigest: standing?.factsDigest, until: until.flatMap(CalendarDate.init))
    return try add(.signOff(SignOff(decisions: [decision])), by: mara, key: key)
  }

  private var mara: Author { person("Mara Lindqvist", "mara", role: "release-manager") }
  private var tomas: Author { person("Tomas Vale", "tomas", role: "team-lead") }

  private func person(_ name: String, _ id: String, role: String) -> Author {
    Author(
      identity: .person(
        Author.Signer(
          id: id, name: words(name), email: words("\(id)@acme.example"), role: words(role))),
      user: words(id), host: words("desk"), tool: "launchgate 1.0.0")
  }

  private var machine: Author {
    Author(
      identity: .automation(
        Author.Automation(id: words("ci"), run: "https://ci.example/7", runner: "r")),
      user: "ci", host: "r", tool: "launchgate 1.0.0")
  }
}
