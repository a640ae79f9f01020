public import Checklist

/// Whether lock files name packages that their authors gave up.
public struct DependenciesNotDeprecatedProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "dependencies.not-deprecated", version: 1,
    claim: "No locked package was given up by its authors when the lock file was written.",
    standards: ["ASVS V15", "NIST SI-2"], scope: .repository,
    method: """
      Reads the notes that registries leave in package-lock.json (from version 2), pnpm-lock.yaml \
      and composer.lock, up to 64 MiB each. Lock files of other package managers have no such \
      notes and are left to a person; so is every package that is found. A note is as old as the \
      lock file's last update. Nothing is contacted.
      """,
    facts: "the deprecated packages of each lock file",
    fix: "Replace the package by the one that its note recommends, or by one that is maintained.",
    reproduce:
      "git grep -nE '\"deprecated\"|^ *deprecated:|\"abandoned\"' -- '*lock.json' '*pnpm-lock.yaml' '*composer.lock'",
    tools: ["git"])

  /// A probe; it has no parameters.
  public init(parameters: Parameters) {}

  /// Reads the lock files.
  public func run(in context: ProbeContext) async -> Finding {
    await Self.finding(in: context) { repository throws(GitFailure) in
      let files = try await repository.files().filter {
        $0.isBelow(context.paths) && !$0.isInside(anyOf: LockSearch.foreign)
      }
      let talkative = files.filter { DeprecationObservation.talkative.contains($0.name) }
      return Self.judge(
        try repository.texts(talkative, limit: LockSearch.sizeLimit) { path, text in
          DeprecationObservation(path, text)
        },
        silent: files.filter { DeprecationObservation.silent.contains($0.name) })
    }
  }

  /// Unknown on what cannot be read; else review on any note and any silent file; else pass.
  static func judge(_ files: [DeprecationObservation], silent: [GitPath]) -> Finding {
    guard !files.isEmpty || !silent.isEmpty else {
      return .unknown(
        "there is no lock file that could say which packages are deprecated",
        hint: "commit a lock file, or look at each dependency by hand")
    }
    return Finding(
      of: files.flatMap(\.details)
        + silent.map { .init(.review, "\($0.text) does not say which packages are deprecated") },
      passed: "no locked package is deprecated", fix: manual.fix,
      wayOut: "repair the file, or write it anew with the package manager",
      facts: Dictionary(
        files.map { ($0.path.factName, $0.trouble ?? ($0.packages ?? []).joined(separator: "; ")) }
          + silent.map { ($0.factName, "silent") }
      ) { first, _ in first },
      coverage: [
        "paths": files.count + silent.count, "packages": files.reduce(0) { $0 + $1.count },
      ])
  }
}
