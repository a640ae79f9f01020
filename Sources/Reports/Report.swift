internal import Checklist
public import Evidence
public import Gate

/// All that a report says of one launch, in one order and with every text made harmless.
///
/// A pure function of the records, the judgement and the verification: line order, locale and
/// clock have no part in it, so that the same input gives the same bytes.
public struct Report: Sendable {
  /// Where the records come from.
  public struct Source: Equatable, Sendable {
    /// Name of the evidence file, without folders.
    public var file: String
    /// Name and version of the program.
    public var tool: String
    /// Records of the file that were left out, because they lie outside of the judged past.
    public var leftOut: Int
    /// Whether only the past of the last seal was judged.
    public var isSealView: Bool

    /// Records of that file.
    public init(file: String, tool: String, leftOut: Int = 0, isSealView: Bool = false) {
      self.file = file
      self.tool = tool
      self.leftOut = leftOut
      self.isSealView = isSealView
    }
  }

  let source: Source
  let verdict: GateVerdict
  let at: Timestamp
  let subject: String
  let release: String
  let environment: String
  let launch: Digest
  let checklist: ChecklistName
  let candidate: Candidate?
  /// The domains of the checklist; their points are the ones that are counted.
  let areas: [Area]
  /// The same with what is settled before them: facts of the launch and the approval of the list.
  let walk: [Area]
  let blockers: [BlockerEntry]
  let warnings: [String]
  let validUntil: Timestamp?
  let nextDue: Timestamp?
  let seal: SealEntry
  let duties: [(duty: String, person: String)]
  let records: [RecordEntry]
  let heads: [RecordID]
  let signers: [SignerEntry]
  let hasSigners: Bool
  let established: [String]
  let notEstablished: [String]

  /// The report on these records, judged and verified.
  public init(
    _ evidence: Evidence, _ gate: GateReport, _ assurance: Assurance, from source: Source
  ) {
    let evidence = evidence.inOneOrder
    var source = source
    source.file = PlainText.line(source.file, limit: 255)
    self.source = source
    verdict = gate.verdict
    at = gate.at
    subject = PlainText.line(gate.subject)
    release = PlainText.line(gate.release)
    environment = PlainText.line(gate.environment)
    launch = evidence.launch ?? Digest(of: [] as [UInt8])
    checklist = ChecklistName(gate.checklist)
    candidate = gate.candidate.map(Report.plain)
    let signatures = SignatureWords(evidence, assurance)
    areas = gate.checklist.domains.map { Area($0, gate, evidence, signatures) }
    walk = gate.checklist.walk.map { Area($0, gate, evidence, signatures) }
    blockers = gate.blockers.map(BlockerEntry.init)
    warnings = gate.warnings.map { PlainText.line($0) }
    validUntil = gate.validUntil
    nextDue = gate.nextDue
    seal = SealEntry(gate.seal)
    duties = gate.duties.sorted { $0.key < $1.key }
      .map { (PlainText.line($0.key), PlainText.line($0.value)) }
    records = evidence.entries.map { RecordEntry($0, signatures) }
    heads = evidence.heads
    signers = SignerEntry.all(records)
    hasSigners = assurance.hasSigners
    established = assurance.established.map { PlainText.line($0) }
    notEstablished = assurance.notEstablished.map { PlainText.line($0) }
  }

  /// All controls in order, those of facts and approval first.
  var controls: [ControlEntry] { walk.flatMap(\.controls) }
  /// All points in order, facts and approval first.
  var points: [PointEntry] { controls.flatMap(\.points) }
  /// The points of the domains.
  var counted: [PointEntry] { areas.flatMap(\.points) }
  /// Points of the domains of which nothing stands in the way.
  var settled: Int { counted.filter(\.state.isSettled).count }
  /// How many points of the domains stand so.
  func count(_ state: State) -> Int { counted.filter { $0.state == state }.count }
  /// What blocks the launch as a whole, of which no point tells.
  var launchBlockers: [BlockerEntry] {
    let ids = Set(points.map(\.id))
    return blockers.filter { blocker in blocker.point.map { !ids.contains($0) } ?? true }
  }
  /// The states that occur, gravest first.
  var states: [State] { State.allCases.reversed().filter { count($0) > 0 } }
  /// Points whose risk a person took.
  var risks: [PointEntry] { points.filter { $0.state == .risk } }
  /// `acme-shop 4.2.0 → production`.
  var title: String { "\(subject) \(release) → \(environment)" }
  /// Blockers of one state for one reason, in the order of their first.
  var blockerGroups: [BlockerGroup] { BlockerGroup.all(blockers) }

  private static func plain(_ candidate: Candidate) -> Candidate {
    let trees = candidate.trees.map { (PlainText.line($0.key), PlainText.line($0.value)) }
    return Candidate(
      commit: PlainText.line(candidate.commit),
      trees: Dictionary(trees, uniquingKeysWith: { first, _ in first }),
      artifact: candidate.artifact.map { PlainText.line($0) })
  }
}

/// Which checklist the launch is held against.
struct ChecklistName: Equatable, Sendable {
  let id: String
  let title: String
  let version: Int
  let isPeriodic: Bool
  /// Digest of the whole canonical checklist.
  let digest: Digest

  init(_ checklist: Checklist) {
    id = PlainText.line(checklist.id)
    title = PlainText.line(checklist.title)
    version = checklist.version
    isPeriodic = checklist.purpose == .periodic
    digest = Digest(of: checklist.value)
  }
}

/// One thing that keeps the launch from GO.
struct BlockerEntry: Equatable, Sendable {
  let point: String?
  let state: State
  let reason: String
  let wayOut: String?

  init(_ blocker: Blocker) {
    point = blocker.point.map { PlainText.line($0, limit: 80) }
    state = blocker.state
    reason = PlainText.line(blocker.reason)
    wayOut = blocker.wayOut.map { PlainText.line($0) }
  }
}

/// Blockers that say the same of several points.
struct BlockerGroup: Equatable, Sendable {
  let state: State
  let reason: String
  /// Empty where the launch as a whole is meant.
  private(set) var points: [String]
  /// With `POINT` in the place of the point's id where there are several.
  private(set) var wayOut: String?

  static func all(_ blockers: [BlockerEntry]) -> [BlockerGroup] {
    var order: [[String]] = []
    var groups: [[String]: BlockerGroup] = [:]
    for blocker in blockers {
      let general = blocker.wayOut.map { Self.general($0, blocker.point) }
      let isLaunch = blocker.point == nil ? "launch" : ""
      let key = [blocker.state.rawValue, blocker.reason, general ?? "", isLaunch]
      let point = [blocker.point].compactMap(\.self)
      if groups[key] == nil {
        order.append(key)
        groups[key] = BlockerGroup(
          state: blocker.state, reason: blocker.reason, points: point, wayOut: blocker.wayOut)
      } else {
        groups[key]?.points += point
        groups[key]?.wayOut = general
      }
    }
    return order.compactMap { groups[$0] }
  }

  private static func general(_ wayOut: String, _ point: String?) -> String {
    let words = wayOut.split(separator: " ", omittingEmptySubsequences: false)
    return words.map { $0 == point ?? "" ? "POINT" : String($0) }.joined(separator: " ")
  }
}

/// Whether the release was signed off.
struct SealEntry: Equatable, Sendable {
  let record: RecordID?
  let words: String
  let isSealed: Bool

  init(_ status: SealStatus) {
    switch status {
    case .unsealed:
      (record, words, isSealed) = (nil, "not sealed: nobody has signed the release off", false)
    case .sealed(let id, let by, let at):
      record = id
      words = "sealed by \(PlainText.line(by)) at \(at.rfc3339)"
      isSealed = true
    case .reopened(let id, let reason):
      record = id
      words = "sealed once, but reopened: \(PlainText.line(reason))"
      isSealed = false
    }
  }
}
