public import Checklist

/// Whether a program proposes updates of dependencies.
public struct DependenciesUpdateBotProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "dependencies.update-bot", version: 1,
    claim: "Dependabot or Renovate is configured for every package manager of the repository.",
    standards: ["ASVS V15", "NIST SI-2"], scope: .repository,
    method: """
      Reads the configurations of Dependabot and Renovate at the places where they look for them, \
      up to 1 MiB. One that does not parse, is switched off, proposes nothing or is not committed \
      fails; a package manager of the repository that Dependabot is not told about is left to a \
      person. Whether the program is enabled on the forge cannot be seen here.
      """,
    facts: "the configuration, and the package managers that it leaves out",
    fix: """
      Commit .github/dependabot.yml with version: 2 and an entry of updates for each package \
      manager, or a renovate.json, and enable the program on the forge.
      """,
    reproduce: "git ls-files | grep -E 'dependabot|renovate'", tools: ["git"])

  /// A probe; it has no parameters.
  public init(parameters: Parameters) {}

  /// Reads the configurations and the names of the manifests.
  public func run(in context: ProbeContext) async -> Finding {
    await Self.finding(in: context) { repository throws(GitFailure) in
      let tracked = Set(try await repository.index().map(\.path))
      let names = UpdateBotObservation.dependabot.union(UpdateBotObservation.renovate)
        .union(["package.json"])
      let found = try repository.texts(names.sorted().map { GitPath($0) }, limit: 1 << 20) {
        UpdateBotObservation($0, $1, isTracked: tracked.contains($0))
      }
      let manifests = try await LockSearch(repository).observe(context.paths)
        .filter { $0.reading == .dependencies && !SamplePath.isOne($0.path) }
      return Self.judge(found, present: Set(manifests.map(\.ecosystem)))
    }
  }

  /// Fails without a configuration that works; review where one leaves something out.
  static func judge(_ bots: [UpdateBotObservation], present: Set<String>) -> Finding {
    guard !bots.isEmpty else {
      return Finding(
        .fail, "neither Dependabot nor Renovate is configured", hint: manual.fix,
        facts: ["configuration": "none"])
    }
    // One that works is enough; what the others miss is of no consequence then.
    let working = bots.filter { $0.detail.verdict == .pass }
    let details =
      working.isEmpty
      ? bots.map(\.detail)
      : working.map(\.detail)
        + (working.map { Set($0.uncovered(present)) }.reduce(present) { $0.intersection($1) })
        .sorted().map { .init(.review, "nothing is proposed for \($0)") }
    return Finding(
      of: details, passed: working.first?.detail.text ?? "", fix: manual.fix,
      wayOut: "make the file readable",
      facts: Dictionary(bots.map { ($0.path.factName, $0.detail.text) }) { first, _ in first }
        .merging(["package-managers": present.sorted().joined(separator: " ")]) { first, _ in first
        },
      coverage: ["paths": bots.count])
  }
}
