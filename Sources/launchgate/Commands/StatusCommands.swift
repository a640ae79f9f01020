internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// Says how the launch stands; always exits with 0 where it could be judged.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how the launch stands, point by point.")

  @OptionGroup var options: GlobalOptions
  @Flag(help: "One JSON document.") var json = false

  func run() throws { try Self.show(options, json: json) }

  /// Prints the standing of the launch.
  static func show(_ options: GlobalOptions, json: Bool = false) throws {
    let workspace = try Workspace(options)
    let evidence = try LaunchRecorder(workspace: workspace).current()
    guard let evidence else {
      throw Problem(
        "there is no evidence yet", hint: "open the launch: launchgate, or launchgate probe")
    }
    var report = try Gate.evaluate(evidence, at: Clock.now)
    report.warnings += RuleDrift.warnings(workspace, report)
    if json {
      Output.json(ReportJSON.document(report, evidence))
    } else {
      Output.say(StatusText.of(report))
    }
  }
}

/// Gives the verdict of one or more files as an exit code, without writing.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Judge the launch, or the union of the given files, and exit with the verdict.",
    discussion: "Exits with 0 for GO, 2 for NO-GO, 3 for INCOMPLETE and 4 for damage.")

  @OptionGroup var options: GlobalOptions
  @Argument(
    help: "Evidence files of one launch; the configured one where none is given.",
    completion: .file())
  var files: [String] = []
  @Option(help: "Judge that moment, such as 2026-11-21T02:00:00Z, or 'seal'.") var at: String?
  @Option(help: "Refuse evidence of another subject.") var expectSubject: String?
  @Option(help: "Refuse evidence of another release.") var expectRelease: String?
  @Option(help: "Refuse evidence for another environment.") var expectEnvironment: String?
  @Option(help: "Refuse evidence of another commit.") var expectCommit: String?
  @Option(help: "Refuse evidence of another artifact.") var expectArtifact: String?
  @Option(help: "Refuse another checklist, by its id or digest.") var expectChecklist: String?
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let (evidence, now) = try Moment.of(at, in: evidence())
    let report = try Gate.evaluate(
      evidence, at: now,
      expecting: Expectations(
        subject: expectSubject, release: expectRelease, environment: expectEnvironment,
        commit: expectCommit, artifact: expectArtifact, checklist: expectChecklist))
    if json {
      Output.json(ReportJSON.document(report, evidence))
    } else {
      Output.say(VerdictSummary.text(report))
    }
    guard report.verdict == .go else { throw Status.of(report.verdict) }
  }

  private func evidence() throws -> Evidence {
    guard !files.isEmpty else {
      let file = try options.evidence.map(EvidenceFile.init) ?? Workspace(options).evidence
      return try EvidenceUnion.of([file.path])
    }
    return try EvidenceUnion.of(files)
  }
}

/// Signs the release off.
struct SealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal", abstract: "Sign the release off; only a GO can be sealed.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var identity: IdentityOptions
  @Option(help: "In your own words.") var note = ""
  @Option(help: "The release.") var confirm: [String] = []
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let signing = try Signing(options, identity)
    try signing.want(confirm)
    let (id, after) = try signing.write([
      signing.recorder.sealDraft(note: note, by: signing.author)
    ])
    try Answer.recorded(id, after, json: json, more: ["trailer": "Launchgate-Head: \(id)"])
    guard !json else { return }
    Output.say(
      """
      keep this elsewhere, such as in a signed commit or tag:
      Launchgate-Head: \(id)
      then: launchgate verify FILE --expect-head \(id)
      """)
  }
}
