public import Checklist

/// Whether Compose files and Kubernetes manifests keep containers apart from their host.
public struct ContainerOrchestrationProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "container.orchestration", version: 1,
    claim: """
      Containers are started with a memory limit, without privileges, and without databases open \
      to the network.
      """,
    standards: ["CIS Docker 5.4", "NIST CM-7", "NIST AC-6"], scope: .repository,
    method: """
      Reads the Compose files (docker-compose*, compose*) and the Kubernetes manifests (any YAML \
      with apiVersion and a kind that starts containers) that are tracked or would be, outside of \
      node_modules and vendor, up to 1 MiB each, 64 levels and 40 aliases. Variables take their \
      defaults. privileged, the capability ALL, a mounted container socket, a database port on all \
      addresses, no memory limit and user 0 fail; other capabilities, namespaces of the host and a \
      user that only the image knows are left to a person. Names with dev, override, local, ci or \
      test are never a failure. Templates are not rendered. What really runs is seen by \
      docker inspect alone.
      """,
    facts: "each container with what was found about it",
    fix: """
      Compose: mem_limit, `127.0.0.1:` in front of database ports, no privileged, cap_drop: [ALL]. \
      Kubernetes: resources.limits.memory, runAsNonRoot: true, allowPrivilegeEscalation: false.
      """,
    reproduce:
      "git grep -nE 'privileged|cap_add|network_mode|docker.sock|mem_limit|memory:|runAsNonRoot|:5432' -- '*.yml' '*.yaml'",
    tools: ["git"],
    parameters: [
      .init(
        "checks", .texts,
        """
        out of privileged, capabilities, host-namespaces, container-socket, database-ports, \
        memory-limit, non-root; all unless given
        """, stricter: .more),
      .init(
        "files", .texts,
        "files to look at instead, such as the output of helm template or docker compose config"),
    ])

  private let checks: [String]
  private let files: [String]?

  /// A probe of the chosen checks.
  public init(parameters: Parameters) {
    checks = parameters.texts("checks") ?? OrchestrationCheck.allCases.map(\.rawValue)
    files = parameters.texts("files")
  }

  /// Reads the files and judges each container.
  public func run(in context: ProbeContext) async -> Finding {
    let known = checks.compactMap(OrchestrationCheck.init)
    guard !checks.isEmpty, known.count == checks.count else {
      return Self.local(
        .unknown(
          "no such check among \(checks.joined(separator: ", "))",
          hint:
            "checks may hold \(OrchestrationCheck.allCases.map(\.rawValue).joined(separator: ", "))"
        ), context)
    }
    return await Self.finding(in: context) { repository throws(GitFailure) in
      context.progress("reading Compose files and manifests")
      return Self.judge(try await observe(repository, context.paths), known)
    }
  }

  private static let foreign: Set<String> = ["node_modules", "vendor", ".build", "third_party"]

  private func observe(
    _ repository: GitRepository, _ folders: [String]
  ) async throws(GitFailure) -> [OrchestrationFile] {
    if let files {
      return files.compactMap { name in
        let text = NamedFile(name: name, top: repository.top)
          .read(limit: OrchestrationFile.sizeLimit)
        return OrchestrationFile(GitPath(name), text, isNamed: true)
      }
    }
    let paths = try await repository.files().filter { path in
      (path.name.hasSuffix(".yml") || path.name.hasSuffix(".yaml")) && path.isBelow(folders)
        && !path.isInside(anyOf: Self.foreign)
    }
    return try repository.texts(paths, limit: OrchestrationFile.sizeLimit) { path, text in
      OrchestrationFile(path, text)
    }
  }

  /// Fails on any fault; else unknown if a file could not be read; else review, or pass.
  static func judge(
    _ files: [OrchestrationFile], _ checks: [OrchestrationCheck]
  ) -> Finding {
    let details = files.flatMap { $0.details(checks) }
    guard !details.isEmpty else {
      return Finding(
        .notApplicable, "there is neither a Compose file nor a manifest that starts containers")
    }
    let count = files.reduce(0) { $0 + $1.workloads.count }
    // Lines move with every edit; a sign-off relies on what is said and not on where.
    let facts = files.map { file in
      let said =
        file.trouble.map { [$0] }
        ?? file.workloads.flatMap { workload in
          workload.remarks(checks).map { "\(workload.name): \($0.text)" }
        }
      return (file.path.factName, said.joined(separator: "; "))
    }
    return Finding(
      of: details, passed: "all hold to the rules; containers: \(count), files: \(files.count)",
      fix: manual.fix,
      wayOut: """
        render it (helm template, docker compose config) to a file and name that with `files`, \
        or repair it
        """,
      facts: Dictionary(facts) { first, _ in first },
      coverage: ["paths": files.count, "containers": count])
  }
}
