internal import Checklist
internal import Evidence
internal import Foundation
internal import Probes

/// Runs probes for a launch and turns their outcomes into findings of the evidence.
enum LaunchRunner {
  /// A runner with the targets and parameters of a launch that the user trusts.
  ///
  /// - Parameters:
  ///   - active: whether the user asked for probes that send what no visitor would.
  ///   - reports: absolute paths of what tools wrote elsewhere, by name.
  static func runner(
    for permission: Permission, timeout: Int = 30, limit: Int = 8, active: Bool = false,
    reports: [String: [String]] = [:]
  ) -> ProbeRunner {
    let workspace = permission.workspace
    let configuration = workspace.configuration
    let context = ProbeContext(
      repository: workspace.repository, paths: configuration.paths,
      authorised: configuration.authorised, hostName: IdentityResolution.hostName,
      now: Clock.now, timeout: .seconds(timeout), active: active,
      environment: ProcessInfo.processInfo.environment, reports: reports)
    let targets = configuration.targets.map { target in
      var target = target
      target.caFile = target.caFile.map { Workspace.resolve($0, in: workspace.folder) }
      return target
    }
    return ProbeRunner(
      context: context, targets: targets, values: values(workspace), mayRun: permission.allows,
      limits: ProbeLimits(total: limit))
  }

  /// Parameters of the configuration; texts that begin with `./` are paths beside it.
  private static func values(_ workspace: Workspace) -> [String: JSONValue] {
    workspace.configuration.parameters.mapValues { value in
      guard let text = value.string, text.hasPrefix("./") else { return value }
      return .string(Workspace.resolve(text, in: workspace.folder))
    }
  }

  /// The outcome as the evidence keeps it.
  static func finding(_ outcome: ProbeRunner.Outcome) -> ProbeFinding {
    ProbeFinding(
      point: outcome.job.point, probe: outcome.job.reference.id, version: outcome.version,
      parameters: outcome.parameters.values, finding: outcome.finding)
  }
}
