public import Checklist

/// Code that looks at one claim and says whether it holds.
///
/// A probe first observes (I/O, bounded) and then judges what it observed (a pure function of the
/// observation, the parameters and the time). It never throws: failing to look is a finding.
public protocol Probe: Sendable {
  /// What the probe claims, needs and does; printed by `probes show`.
  static var manual: ProbeManual { get }

  /// A probe with parameters that were checked against `manual.parameters`.
  init(parameters: Parameters)

  /// Looks, within `context.timeout`, and concludes. Returns early when its task is cancelled.
  func run(in context: ProbeContext) async -> Finding
}
