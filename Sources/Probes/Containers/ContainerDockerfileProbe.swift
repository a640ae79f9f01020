public import Checklist

/// Whether images are built on pinned bases, hold no secrets and do not run as root.
public struct ContainerDockerfileProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "container.dockerfile", version: 1,
    claim: "Images have pinned bases, hold no secrets and run as a user other than root.",
    standards: ["CIS Docker 4.1", "hadolint DL3002", "hadolint DL3006", "hadolint DL3007"],
    scope: .repository,
    method: """
      Parses every Dockerfile and Containerfile that is tracked or would be, outside of \
      node_modules and vendor, up to 1 MiB each: continuation lines, here-documents, build \
      arguments with defaults, stages. A digest is pinned; a tag alone is left to a person; \
      `latest` or nothing fails. The last stage's USER decides about root.
      """,
    facts: "base images and final user of each file, and every secret found",
    fix: """
      Pin with FROM image:tag@sha256:…, end with USER and a name other than root, and hand secrets \
      to RUN with --mount=type=secret.
      """,
    reproduce:
      "git ls-files '*Dockerfile*' '*Containerfile*' | xargs grep -nE '^(FROM|USER|ENV|ARG)'",
    tools: ["git"],
    parameters: [
      .init(
        "checks", .texts, "out of pinned-base, no-secrets, non-root; all unless given",
        stricter: .more)
    ])

  private let checks: [String]

  /// A probe of the chosen checks.
  public init(parameters: Parameters) {
    checks = parameters.texts("checks") ?? DockerfileCheck.allCases.map(\.rawValue)
  }

  /// Reads the files and judges each.
  public func run(in context: ProbeContext) async -> Finding {
    let finding: Finding
    let unknown = checks.filter { DockerfileCheck(rawValue: $0) == nil }
    if checks.isEmpty || !unknown.isEmpty {
      finding = .unknown(
        "no such check: \(unknown.joined(separator: ", "))",
        hint: "checks may hold pinned-base, no-secrets and non-root")
    } else {
      do throws(GitFailure) {
        let repository = try await GitRepository(context, deadline: .now + context.timeout)
        finding = Self.judge(
          try await Self.observe(repository, context.paths),
          checks.compactMap(DockerfileCheck.init))
      } catch {
        finding = error.finding
      }
    }
    return Self.local(finding, context)
  }

  private static let foreign: Set<String> = ["node_modules", "vendor", ".build", "third_party"]

  private static func observe(
    _ repository: GitRepository, _ folders: [String]
  ) async throws(GitFailure) -> [DockerfileObservation] {
    try await repository.files()
      .filter { isDockerfile($0.name) && $0.isBelow(folders) && !$0.isInside(anyOf: foreign) }
      .compactMap { path in
        switch FileBytes.read(path, below: repository.top, limit: 1 << 20) {
        case .content(let bytes): DockerfileObservation(path, bytes)
        case .absent: nil
        case .notRegular: DockerfileObservation(path, trouble: "it is no regular file")
        case .tooLarge: DockerfileObservation(path, trouble: "it is larger than 1 MiB")
        case .unreadable: DockerfileObservation(path, trouble: "it cannot be read")
        }
      }
  }

  /// Whether a builder would take a file of that name.
  static func isDockerfile(_ name: String) -> Bool {
    let name = name.lowercased()
    return !name.hasSuffix(".dockerignore")
      && (name == "dockerfile" || name == "containerfile" || name.hasSuffix(".dockerfile")
        || ["dockerfile.", "dockerfile-", "containerfile."].contains { name.hasPrefix($0) })
  }

  /// Fails on any fault; else unknown if a file could not be read; else review, or pass.
  static func judge(_ files: [DockerfileObservation], _ checks: [DockerfileCheck]) -> Finding {
    guard !files.isEmpty else {
      return Finding(.notApplicable, "there is no Dockerfile in the repository")
    }
    var details = files.flatMap { $0.details(checks) }
    details.sort { $0.verdict.gravity > $1.verdict.gravity }
    let worst = details.map(\.verdict).max { $0.gravity < $1.gravity } ?? .unknown
    var facts: [String: String] = [:]
    for file in files { facts.merge(file.facts) { first, _ in first } }
    return Finding(
      worst,
      worst == .pass
        ? "\(files.count) Dockerfiles hold to the rules" : details.first?.text ?? "",
      hint: worst == .pass
        ? nil : worst == .unknown ? "repair the file so that docker build reads it" : manual.fix,
      details: Array(details.prefix(200)), facts: facts,
      coverage: ["paths": files.count, "instructions": files.reduce(0) { $0 + $1.count }],
      transcript: details.map { "\($0.verdict.rawValue) \($0.text)" }.joined(separator: "\n"))
  }
}
