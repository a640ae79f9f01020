public import Checklist

/// Whether every manifest has a committed lock file that fits it.
public struct DependenciesLockedProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "dependencies.locked", version: 2,
    claim: "Every manifest with dependencies has a committed lock file that fits it.",
    standards: ["ASVS V15", "NIST CM-8"], scope: .repository,
    method: """
      Reads the manifests of npm, Python, Cargo, Go, Composer, Bundler, SwiftPM, Mix, Pub and \
      CocoaPods outside of node_modules and vendor, up to 64 MiB each, and looks for a lock file \
      beside them, or further up in a workspace. Manifests of Maven, Gradle, NuGet and others are \
      left to a person. npm's lock file is compared with the manifest; the others have to name each \
      dependency of it. \
      Nothing is run or installed.
      """,
    facts: "each manifest and how it is locked",
    fix: "Run the package manager's lock or install command once, and commit the lock file.",
    reproduce:
      "git ls-files | grep -E 'package(-lock)?.json|yarn.lock|pyproject.toml|uv.lock|go.(mod|sum)'",
    tools: ["git"])

  /// A probe; it has no parameters.
  public init(parameters: Parameters) {}

  /// Reads manifests and lock files.
  public func run(in context: ProbeContext) async -> Finding {
    await Self.finding(in: context) { repository throws(GitFailure) in
      Self.judge(try await LockSearch(repository).observe(context.paths))
    }
  }

  /// Fails on what is not locked; else unknown on what cannot be read; else review, or pass.
  static func judge(_ manifests: [ManifestObservation]) -> Finding {
    guard !manifests.isEmpty else {
      return Finding(.notApplicable, "there is no manifest of any package manager that is known")
    }
    let details = manifests.map(\.detail).sorted { $0.verdict.gravity > $1.verdict.gravity }
    let worst = details.first?.verdict ?? .unknown
    let facts = manifests.map {
      ($0.path.factName, "\($0.detail.verdict.rawValue) \($0.lock?.path.text ?? "")")
    }
    return Finding(
      worst, worst == .pass ? "all dependencies are locked" : details.first?.text ?? "",
      hint: worst == .pass
        ? nil : worst == .unknown ? "repair the file, or merge it to its end" : manual.fix,
      details: Array(details.prefix(200)),
      facts: Dictionary(facts) { first, _ in first }, coverage: ["paths": manifests.count],
      transcript: details.map { "\($0.verdict.rawValue) \($0.text)" }.joined(separator: "\n"))
  }
}
