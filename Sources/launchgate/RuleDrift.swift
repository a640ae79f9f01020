internal import Checklist
internal import Evidence
internal import Gate

/// Where `launchgate.yaml` and the evidence disagree; the evidence counts until two people adopt
/// the change.
enum RuleDrift {
  /// A sentence for each difference.
  static func warnings(_ workspace: Workspace, _ report: GateReport) -> [String] {
    var warnings: [String] = []
    if workspace.checklist != report.checklist {
      warnings.append("the configured checklist is not the recorded one: \(wayOut)")
    }
    if workspace.configuration.policy != report.policy {
      warnings.append("the configured policy is not the recorded one: \(wayOut)")
    }
    return warnings
  }

  private static let wayOut =
    "launchgate adopt, and a second person countersigns"
}
