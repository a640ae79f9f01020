public import Checklist

/// Whether manifests ask for exact versions.
public struct DependenciesPinnedProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "dependencies.pinned", version: 1,
    claim: "Every dependency of production is asked for in one exact version.",
    standards: ["ASVS V15", "NIST CM-8"], scope: .repository,
    method: """
      Reads the manifests of npm, Python, Cargo, Composer, Bundler and SwiftPM outside of \
      node_modules and vendor, up to 8 MiB each. A range, a wildcard, a tag and an address without \
      a commit are no exact version; go.mod has no ranges. A range that no lock file settles \
      fails; `exact` decides about one that a committed and fitting lock file settles. Other \
      package managers are left to a person. Nothing is run or installed.
      """,
    facts: "each manifest with its dependencies that are not exact",
    fix: "Write 4.18.2 instead of ^4.18.2, ~4.18 or latest, install once, and commit both files.",
    reproduce:
      #"git grep -nE '"[~^*]|"latest"|>=|~=' -- '*package.json' '*requirements*.txt' '*.toml'"#,
    tools: ["git"],
    parameters: [
      .init(
        "exact", .flag,
        """
        whether ranges fail (true) or pass (false) where a lock file settles them; left to a person \
        unless given
        """),
      .init(
        "development", .flag, "whether development dependencies count too; false unless given"),
    ])

  private let exact: Bool?
  private let development: Bool

  /// A probe that is that strict.
  public init(parameters: Parameters) {
    exact = parameters.flag("exact")
    development = parameters.flag("development") ?? false
  }

  /// Reads manifests, and the lock files beside them.
  public func run(in context: ProbeContext) async -> Finding {
    await Self.finding(in: context) { repository throws(GitFailure) in
      let search = try await LockSearch(repository)
      let locks = Dictionary(
        search.observe(context.paths).map { ($0.path, $0) }
      ) { first, _ in first }
      let manifests = search.manifests(context.paths)
      let read = try repository.texts(manifests, limit: 8 << 20) { path, text in
        observe(path, text, locks[path])
      }
      return Self.judge(read, exact: exact)
    }
  }

  private func observe(
    _ path: GitPath, _ text: RepositoryText, _ lock: ManifestObservation?
  ) -> PinObservation? {
    let isLocked = lock?.lock.map { $0.fault == nil && $0.keeping == .tracked } ?? false
    switch text {
    case .absent: return nil
    case .trouble(let reason):
      return PinObservation(path: path, reading: .malformed(reason), isLocked: isLocked)
    case .text(let text):
      return RequirementReader.read(path.name, text, development: development).map {
        PinObservation(path: path, reading: $0, isLocked: isLocked)
      }
    }
  }

  /// Fails on what is open; else unknown on what cannot be read; else review, or pass.
  static func judge(_ manifests: [PinObservation], exact: Bool?) -> Finding {
    guard !manifests.isEmpty else {
      return Finding(.notApplicable, "there is no manifest of any package manager that is known")
    }
    return Finding(
      of: manifests.flatMap { $0.details(exact: exact) },
      passed: "all dependencies are asked for in exact versions", fix: manual.fix,
      wayOut: "repair the file, or merge it to its end",
      facts: Dictionary(manifests.map { ($0.path.factName, $0.facts) }) { first, _ in first },
      coverage: ["paths": manifests.count])
  }
}
