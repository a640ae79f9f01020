internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Foundation
internal import Probes
internal import Session

/// Runs probes without a screen.
struct ProbeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Run the probes of all points, or of those that are named.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var activity: ActivityOptions
  @Argument(help: "Points or controls, such as 10.1 or 10.") var points: [String] = []
  @Option(help: "How many probes run at once.") var jobs = 8
  @Option(help: "Seconds that a probe may take; those of the repository at least 600.")
  var timeout = 30
  @Option(help: "Write the findings to a file of their own, for a pipeline.") var fragment: String?
  @Option(help: "NAME=FILE: what a tool wrote elsewhere, such as audit=npm-audit.json; repeatable.")
  var from: [String] = []
  @Flag(help: "Exit with 5 where a probe could not look.") var requireComplete = false
  @Flag(help: "One JSON document.") var json = false

  func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs is from 1 to 64") }
    guard (1...3_600).contains(timeout) else {
      throw ValidationError("--timeout is from 1 to 3600 seconds")
    }
  }

  func run() async throws {
    let workspace = try Workspace(options)
    let permission = try Permission(workspace, digests: options.trust)
    let selected = try PointSelection(points, in: workspace.checklist).points
    let jobs = ProbeRunner.Job.all(selected)
    guard !jobs.isEmpty else {
      throw Problem(
        "none of these points has a probe", hint: "they need a person: launchgate sign",
        code: Status.usage)
    }
    let reports = try ReportFiles(from, for: selected).paths
    let runner = LaunchRunner.runner(
      for: permission, timeout: timeout, limit: self.jobs, active: activity.active,
      reports: reports)
    let ends = EndingSignals { ProgramGroups.endAll() }
    defer { ends.stop() }
    for announcement in runner.announcements(jobs) { Output.progress(announcement.words) }
    let outcomes = await runner.run(jobs) { event in
      if case .finished(let index, let finding) = event {
        Output.progress(
          "\(finding.verdict.word) \(jobs[index].point) \(jobs[index].reference.id)  "
            + finding.message)
      }
    }
    let findings = outcomes.map(LaunchRunner.finding)
    try record(findings, workspace)
    if json {
      Output.json(.array(outcomes.map(ReportJSON.outcome)))
    } else {
      for outcome in outcomes { say(outcome) }
    }
    let isBlind = outcomes.contains { $0.finding.verdict == .unknown }
    if requireComplete && isBlind { throw Status.couldNotLook }
  }

  private func record(_ findings: [ProbeFinding], _ workspace: Workspace) throws {
    let recorder = LaunchRecorder(workspace: workspace)
    let signing = try RunSigning(recorder, identity)
    guard let fragment else {
      _ = try recorder.add(signing.signed(recorder.drafts(findings, by: signing.author)))
      return
    }
    // A fragment stands on its opening alone, so that it unites with any file of the launch.
    let opening = try recorder.current()?.entries.first { $0.record.body.type == "opened" }
    let start =
      try opening ?? Evidence.opening(recorder.opening, by: signing.author, at: Clock.now)
    let entries = try recorder.drafts(
      findings, after: Evidence([start]), by: signing.author)
    try EvidenceFile(path: fragment).add([start] + signing.signed(entries))
  }

  private func say(_ outcome: ProbeRunner.Outcome) {
    let finding = outcome.finding
    Output.say(
      "\(finding.verdict.word) \(outcome.job.point) \(outcome.job.reference.id)\n"
        + "  \(finding.message)"
        + finding.details.filter { $0.verdict != .pass }.prefix(10).map {
          "\n    \($0.verdict.word) \($0.text)"
        }.joined()
        + (finding.verdict == .pass ? "" : finding.hint.map { "\n  -> \($0)" } ?? ""))
  }
}

extension Finding.Verdict {
  /// One upper-case word for lists.
  var word: String {
    switch self {
    case .pass: "PASS"
    case .fail: "FAIL"
    case .review: "REVIEW"
    case .unknown: "UNKNOWN"
    case .notApplicable: "N/A"
    }
  }
}
