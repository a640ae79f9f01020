internal import Checklist
internal import Evidence
internal import Foundation
internal import Gate
internal import Probes
internal import Session

/// Writes records of one launch; every method returns only when the record is on disk.
struct LaunchRecorder: Sendable {
  var workspace: Workspace

  /// The evidence on disk; nil where nothing was opened yet.
  ///
  /// - Throws: damage, or that the file belongs to another launch.
  func current() throws -> Evidence? {
    guard let evidence = try workspace.evidence.read(), let launch = evidence.launch else {
      return nil
    }
    guard launch == opening.launch else {
      throw Problem(
        "\(workspace.evidence.path) is the evidence of another launch",
        hint: "launchgate.yaml says \(opening.subject) \(opening.release) -> "
          + "\(opening.environment); give it an evidence file of its own", code: Status.usage)
    }
    return evidence
  }

  /// The evidence on disk, opened by that author where nothing was.
  func opened(by author: Author) throws -> Evidence {
    if let evidence = try current() { return evidence }
    try workspace.requirePlace()
    return try workspace.evidence.add([
      Evidence.opening(opening, by: author, at: Clock.now)
    ])
  }

  /// The launch as the configuration describes it.
  var opening: Opened {
    Opened(
      subject: workspace.configuration.subject, release: workspace.configuration.release,
      environment: workspace.configuration.environment, checklist: workspace.checklist.value,
      policy: workspace.configuration.policy.value)
  }

  /// The policy by which the launch is judged: the recorded one, or the configured one where
  /// nothing was opened yet.
  func policy() throws -> Policy {
    try current().map { try Gate.evaluate($0, at: Clock.now).policy }
      ?? workspace.configuration.policy
  }

  /// The record with those that have to come before it, not signed and not written yet.
  ///
  /// A sign-off of the code has to say which code is meant: where no candidate is recorded yet,
  /// the one that lies here comes first.
  func drafts(_ body: Record.Body, by author: Author) throws -> [Entry] {
    var batch = try Batch(opening: self, author)
    if body.decides, !batch.evidence.hasCandidate, let candidate {
      try batch.append(.candidate(candidate))
    }
    try batch.append(body)
    return batch.entries
  }

  /// The records of a run, after the candidate on which the findings were seen.
  ///
  /// Long runs become several records, because each is limited to 1 MiB.
  func drafts(_ findings: [ProbeFinding], by author: Author) throws -> [Entry] {
    let batch = try Batch(opening: self, author)
    return batch.entries + (try drafts(findings, after: batch.evidence, by: author))
  }

  /// The records of a run that follow that evidence.
  func drafts(
    _ findings: [ProbeFinding], after start: Evidence, by author: Author
  ) throws -> [Entry] {
    var batch = Batch(start, author)
    if let candidate, candidate != Self.latestCandidate(start) {
      try batch.append(.candidate(candidate))
    }
    for findings in batches(of: findings) { try batch.append(.run(Run(findings: findings))) }
    return batch.entries
  }

  /// Writes records, signed or not.
  ///
  /// - Throws: where a second pair of eyes has the key of the first.
  func add(_ entries: [Entry]) throws -> Evidence {
    if let entry = entries.last, case .countersign(let body) = entry.record.body,
      let target = try current()?[body.record],
      entry.signatures.contains(where: { own in target.signatures.contains { $0.key == own.key } })
    {
      throw Problem(
        "the same key signed what is countersigned",
        hint: "a second person has a key of their own: --key", code: Status.usage)
    }
    try workspace.requirePlace()
    return try workspace.evidence.add(entries)
  }

  /// Decisions as they are recorded: attachments are read and digested now.
  func decisions(_ drafts: [DecisionDraft]) throws -> [Decision] {
    // Decisions on many points may share their files: each is read once.
    var read: [String: Decision.Attachment] = [:]
    return try drafts.map { draft in
      let attachments = try draft.attachments.map { path in
        let one = try read[path] ?? attachment(path)
        read[path] = one
        return one
      }
      return Decision(
        point: draft.point, answer: draft.answer, note: draft.note,
        performedOn: draft.performedOn, attachments: attachments,
        pointDigest: draft.pointDigest, factsDigest: draft.factsDigest, until: draft.until,
        accepted: draft.accepted)
    }
  }

  /// What is to be shipped, as it lies in the working tree.
  var candidate: Candidate? {
    CandidateReader(
      repository: workspace.repository, paths: workspace.configuration.paths,
      excluded: evidencePaths.flatMap { [$0, "\($0).lock"] }
        + ["\(workspace.folder)/\(Configuration.fileName)"]
    ).read()
  }

  /// The evidence of this launch and of all others of the configuration.
  private var evidencePaths: [String] {
    [workspace.evidence.path]
      + workspace.configuration.allEvidence.map { Workspace.resolve($0, in: workspace.folder) }
  }

  private static func latestCandidate(_ evidence: Evidence) -> Candidate? {
    let all = evidence.entries.compactMap { entry -> (id: RecordID, candidate: Candidate)? in
      if case .candidate(let candidate) = entry.record.body { return (entry.id, candidate) }
      return nil
    }
    let latest = evidence.latest(all, record: \.id)
    return latest.count == 1 ? latest.first?.candidate : nil
  }

  private func attachment(_ path: String) throws -> Decision.Attachment {
    guard let file = FileDigest(of: path) else {
      throw Problem(
        "the attachment \(path) cannot be read",
        hint: "give the path of a file, from the current folder", code: Status.usage)
    }
    return Decision.Attachment(
      name: URL(fileURLWithPath: path).lastPathComponent, digest: file.digest, size: file.size)
  }

  private func batches(of findings: [ProbeFinding]) -> [[ProbeFinding]] {
    var batches: [[ProbeFinding]] = []
    var size = 0
    for finding in findings {
      let bytes = finding.weight
      if batches.isEmpty || size + bytes > 512 << 10 {
        batches.append([])
        size = 0
      }
      batches[batches.count - 1].append(finding)
      size += bytes
    }
    return batches
  }
}

extension ProbeFinding {
  /// About how many bytes it takes in a record; control characters are escaped with six.
  fileprivate var weight: Int {
    let texts =
      [finding.message, finding.transcript, finding.hint ?? "", finding.reproduce ?? ""]
      + finding.details.map(\.text) + finding.facts.flatMap { [$0.key, $0.value] }
    return 2_048 + texts.reduce(0) { $0 + $1.utf8.count + 5 * $1.utf8.count { $0 < 0x20 } }
  }
}

/// Records that follow one another, not yet signed or written.
private struct Batch {
  private(set) var evidence: Evidence
  private(set) var entries: [Entry] = []
  private let author: Author

  init(_ evidence: Evidence, _ author: Author) {
    self.evidence = evidence
    self.author = author
  }

  /// Follows what is on disk, or begins with the opening where nothing is.
  init(opening recorder: LaunchRecorder, _ author: Author) throws {
    self.init(try recorder.current() ?? Evidence(), author)
    guard evidence.entries.isEmpty else { return }
    try take(Evidence.opening(recorder.opening, by: author, at: Clock.now))
  }

  /// Adds a record after all others.
  mutating func append(_ body: Record.Body) throws {
    try take(evidence.draft(body, by: author, at: Clock.now))
  }

  private mutating func take(_ entry: Entry) throws {
    try evidence.add(entry)
    entries.append(entry)
  }
}

extension Evidence {
  fileprivate var hasCandidate: Bool {
    entries.contains { if case .candidate = $0.record.body { true } else { false } }
  }
}

extension Record.Body {
  /// Whether people's decisions are in it.
  fileprivate var decides: Bool {
    switch self {
    case .signOff, .carry: true
    default: false
    }
  }
}

extension LaunchRecorder {
  /// The seal of the release, where the gate says GO or only wants it sealed again; not signed and
  /// not written yet.
  ///
  /// - Throws: a problem with the verdict's exit code where it says anything else.
  func sealDraft(note: String, by author: Author) throws -> Entry {
    guard let evidence = try current() else {
      throw Problem("there is no evidence yet", code: Status.incomplete)
    }
    let report = try Gate.evaluate(evidence, at: Clock.now)
    guard report.isSealable else {
      throw Problem(
        "the gate says \(report.verdict.rawValue): only a GO is sealed",
        hint: report.blockers.count.counted("thing blocks", "things block")
          + ": launchgate gate lists them",
        code: Status.of(report.verdict))
    }
    return try evidence.sealing(
      verdict: GateVerdict.go.rawValue, note: note, by: author, at: Clock.now)
  }
}
