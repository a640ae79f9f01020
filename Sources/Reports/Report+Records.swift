internal import Checklist
internal import Evidence

/// What stands behind the name in a record, in words.
struct SignatureWords {
  private let evidence: Evidence
  private let assurance: Assurance

  init(_ evidence: Evidence, _ assurance: Assurance) {
    self.evidence = evidence
    self.assurance = assurance
  }

  /// `no key: the name is as typed`, or what is known of the key.
  func words(_ id: RecordID) -> String {
    guard let entry = evidence[id], !entry.signatures.isEmpty else {
      return "no key: the name is as typed"
    }
    if let principal = assurance.trusted[id] {
      return "signed by an allowed key of \(PlainText.line(principal, limit: 200))"
    }
    if let reason = assurance.untrusted[id] {
      return "NOT trusted: \(PlainText.line(reason, limit: 300))"
    }
    return "signed; whose key it is was not checked"
  }
}

/// One record of the file.
struct RecordEntry: Equatable, Sendable {
  let id: RecordID
  let type: String
  let at: Timestamp
  let who: String
  /// As claimed; empty for pipelines.
  let email: String
  let role: String
  let isPerson: Bool
  let keys: [String]
  let signature: String
  let words: String
  /// How many points it speaks of.
  let points: Int

  init(_ entry: Entry, _ signatures: SignatureWords) {
    id = entry.id
    type = entry.record.body.type
    at = entry.record.at
    who = PlainText.line(entry.record.by.name, limit: 200)
    email = PlainText.line(entry.record.by.person?.email ?? "", limit: 200)
    role = PlainText.line(entry.record.by.person?.role ?? "automation", limit: 80)
    isPerson = entry.record.by.person != nil
    keys = entry.signatures.map { PlainText.line($0.key, limit: 120) }
    signature = signatures.words(entry.id)
    (words, points) = Self.summary(entry.record.body)
  }

  private static func summary(_ body: Record.Body) -> (String, Int) {
    switch body {
    case .opened(let body):
      return (PlainText.line("\(body.subject) \(body.release) -> \(body.environment)"), 0)
    case .policy(let body): return (PlainText.line("policy or checklist: \(body.reason)"), 0)
    case .candidate(let body): return (PlainText.line("commit \(body.commit)"), 0)
    case .run(let body): return (run(body), Set(body.findings.map(\.point)).count)
    case .signOff(let body):
      let answers = Dictionary(grouping: body.decisions, by: \.answer).mapValues(\.count)
      let counts = Decision.Answer.allCases.compactMap { answer in
        answers[answer].map { "\($0) \(answer.rawValue)" }
      }
      let points = body.decisions.map(\.point)
      return (
        "\(counts.joined(separator: ", ")): \(PlainText.line(list(points), limit: 200))",
        points.count
      )
    case .countersign(let body):
      return (PlainText.line("agrees to \(body.record.short) \(body.note)"), body.points.count)
    case .revoke(let body):
      return (PlainText.line("takes back \(body.record.short): \(body.reason)"), body.points.count)
    case .assign(let body): return (PlainText.line("\(body.duty): \(body.name)"), 0)
    case .reopen(let body):
      return (PlainText.line("reopens \(body.record.short): \(body.reason)"), 0)
    case .carry(let body):
      return (
        PlainText.line("carried over \(list(body.points)): \(body.note)"), body.points.count
      )
    case .seal(let body):
      let records = body.count.counted("record")
      return (PlainText.line("\(body.verdict) over \(records) \(body.note)"), 0)
    case .timestamp(let body): return ("over the seal \(body.seal.short)", 0)
    }
  }

  private static func run(_ run: Run) -> String {
    let counts = Dictionary(grouping: run.findings, by: \.finding.verdict).mapValues(\.count)
    return Finding.Verdict.allCases.compactMap { verdict in
      counts[verdict].map { "\($0) \(verdict.rawValue)" }
    }.joined(separator: ", ")
  }

  private static func list(_ points: [String]) -> String {
    points.count <= 12
      ? points.joined(separator: " ")
      : points.prefix(11).joined(separator: " ") + " and \(points.count - 11) more"
  }
}

/// One person or pipeline with what it wrote, told apart by name, role and keys.
struct SignerEntry: Equatable, Sendable {
  let who: String
  let role: String
  let keys: [String]
  let signature: String
  private(set) var counts: [String: Int] = [:]
  private(set) var first: Timestamp
  private(set) var last: Timestamp

  /// Types of records that decide something, in the order in which they are told.
  static let telling = [
    "sign-off", "countersign", "revoke", "carry", "policy", "assign", "reopen", "seal",
  ]

  static func all(_ records: [RecordEntry]) -> [SignerEntry] {
    var order: [[String]] = []
    var found: [[String]: SignerEntry] = [:]
    for record in records where telling.contains(record.type) {
      let key = [record.who, record.role, record.signature] + record.keys
      if found[key] == nil { order.append(key) }
      var signer =
        found[key]
        ?? SignerEntry(
          who: record.who, role: record.role, keys: record.keys, signature: record.signature,
          first: record.at, last: record.at)
      signer.counts[record.type, default: 0] += 1
      signer.first = min(signer.first, record.at)
      signer.last = max(signer.last, record.at)
      found[key] = signer
    }
    return order.compactMap { found[$0] }
  }

  /// `3 sign-offs, 1 seal`.
  var words: String {
    Self.telling.compactMap { type in
      counts[type].map { "\($0) \(type)\($0 == 1 ? "" : type == "carry" ? "s over" : "s")" }
    }.joined(separator: ", ")
  }

  private init(
    who: String, role: String, keys: [String], signature: String, first: Timestamp, last: Timestamp
  ) {
    self.who = who
    self.role = role
    self.keys = keys
    self.signature = signature
    self.first = first
    self.last = last
  }
}
