public import Checklist

/// Whether an audit of all dependencies ran to its end and left nothing grave open.
public struct DependenciesAuditProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "dependencies.audit", version: 1,
    claim: "An audit of every package manager's dependencies found nothing high or critical.",
    standards: ["NIST RA-5", "NIST SI-2", "ASVS 15.2.1"], scope: .repository,
    method: """
      Reads reports in JSON, from --from or from `report`: npm audit, pnpm audit, pip-audit, \
      safety, cargo audit, osv-scanner (--all-packages) and trivy (--list-all-pkgs), up to 64 MiB \
      each, no older than `within`. Every package manager with a manifest in the repository needs \
      one. Errors, skipped packages, missing totals, old databases, and fewer packages than the \
      lock file names are no answer. With `run` it starts npm audit, in a copy of manifest and lock \
      file, or pip-audit on pinned requirements: these send names and versions of the dependencies \
      to the registry of the user's own settings. Nothing is installed.
      """,
    facts: "each known flaw that is too grave: package, version and identifier",
    fix: "Update what is named, or replace it; else accept the risk with a name and an end date.",
    reproduce: "npm audit --audit-level=high; pip-audit --strict -r requirements.txt",
    tools: ["git", "npm", "pip-audit"],
    parameters: [
      .init("report", .text, "path of a report, beside those of --from"),
      .init("run", .texts, "programs that may be started: npm, pip-audit; none unless given"),
      .init(
        "severity", .text,
        "from which severity a flaw fails: low, moderate, high (default), critical"),
      .init("within", .period, "greatest age of a report; 24h unless given", stricter: .lower),
    ],
    standsFor: [
      "npm audit --audit-level=high", "npm audit --production", "pip-audit", "safety check",
      "pnpm audit", "cargo audit", "osv-scanner", "trivy fs",
    ],
    reports: ["audit"])

  private let report: String?
  private let programs: [String]
  private let severity: AuditReport.Severity
  private let within: Period

  /// A probe with those limits.
  public init(parameters: Parameters) {
    report = parameters.text("report")
    programs = parameters.texts("run") ?? []
    severity = AuditReport.Severity(word: parameters.text("severity") ?? "high")
    within = parameters.period("within") ?? .hours(24)
  }

  /// Reads reports, or makes them, and compares them with the manifests.
  public func run(in context: ProbeContext) async -> Finding {
    let finding: Finding
    do throws(GitFailure) {
      finding = try await look(in: context)
    } catch {
      finding = error.finding
    }
    return Self.local(finding, context)
  }

  private func look(in context: ProbeContext) async throws(GitFailure) -> Finding {
    guard severity != .unrated else {
      return .unknown("there is no such severity", hint: "low, moderate, high or critical")
    }
    guard programs.allSatisfy(["npm", "pip-audit"].contains) else {
      return .unknown(
        "only npm and pip-audit are started", hint: "hand over other reports with --from audit=FILE"
      )
    }
    let repository = try await GitRepository(context, deadline: .now + context.timeout)
    let manifests = try await LockSearch(repository).observe(context.paths)
      .filter { !SamplePath.isOne($0.path) && $0.reading != .none }
    guard !manifests.isEmpty else {
      return Finding(.notApplicable, "there is no manifest with dependencies")
    }
    var seen = AuditObservation(manifests: manifests)
    for path in (context.reports["audit"] ?? []) + (report.map { [$0] } ?? []) {
      seen.add(path, within, context.now)
    }
    let runs = AuditRun(repository: repository, context: context)
    for program in programs { seen.add(await runs.run(program, manifests)) }
    seen.compare(below: repository.top)
    return judge(seen)
  }

  /// Fails on what is too grave; unknown where the answer is not whole.
  func judge(_ seen: AuditObservation) -> Finding {
    let grave = Set(seen.reports.flatMap(\.vulnerabilities).filter { $0.severity >= severity })
    let others = Set(seen.reports.flatMap(\.vulnerabilities)).count - grave.count
    let order = grave.sorted { ($1.severity, $0.package, $0.id) < ($0.severity, $1.package, $1.id) }
    var details = order.map {
      Finding.Detail(.fail, "\($0.package) \($0.version): \($0.id), \($0.severity.word)")
    }
    details += seen.gaps.map { .init(.unknown, $0) }
    details += seen.reports.flatMap { report in
      report.ignored.map { .init(.review, "\(report.tool) was told to ignore \($0)") }
    }
    details += seen.reports.map { report in
      .init(.pass, "\(report.tool) looked at \(report.dependencies) dependencies")
    }
    if others > 0 { details.append(.init(.pass, "\(others) known flaws are less grave")) }
    var finding = Finding.judged(
      details, pass: "no dependency has a known flaw that is too grave",
      WayOut(
        fix: Self.manual.fix, review: "say why these may be ignored, and until when",
        unknown: """
          let the pipeline write a report, and hand it over: npm audit --json > npm.json; \
          launchgate probe --from audit=npm.json
          """),
      facts: Dictionary(
        order.map { ("\($0.package) \($0.id)", "\($0.version) \($0.severity.word)") }
      ) { first, _ in first },
      coverage: ["dependencies": seen.reports.reduce(0) { $0 + $1.dependencies }])
    if let first = order.first, order.count > 1 {
      finding.message =
        "\(order.count) known flaws are too grave, such as \(first.package) \(first.id)"
    }
    finding.transcript = (seen.origins + [finding.transcript]).joined(separator: "\n")
    return finding
  }
}
