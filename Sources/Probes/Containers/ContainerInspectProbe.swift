public import Checklist

/// Whether containers run without root, without privileges and with a limit of memory.
public struct ContainerInspectProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "container.inspect", version: 1,
    claim: "Containers run as a user of their own, unprivileged, and with a limit of memory.",
    standards: ["NIST AC-6", "NIST CM-7", "NIST SC-6"], scope: .repository,
    method: """
      Reads what `docker inspect` or `podman inspect` writes about containers, from --from or from \
      `report`, up to 64 MiB, no older than `within`; with `containers` it runs docker, or podman, \
      with these names on a machine listed in the target's hosts. What inspect says of an image \
      has no limits and no privileges in it, so that these stay unknown. Values of the environment \
      are never kept.
      """,
    facts: "of each container: user, memory, privileges, added capabilities, image",
    fix: """
      docker run --user 10001 --memory 512m --cap-drop=ALL --security-opt no-new-privileges \
      IMAGE@sha256:DIGEST, never with --privileged nor with the socket of Docker.
      """,
    reproduce: """
      docker inspect NAME --format '{{.Config.User}} {{.HostConfig.Memory}} \
      {{.HostConfig.Privileged}} {{.HostConfig.CapAdd}}'
      """,
    tools: ["docker", "podman"],
    parameters: [
      .init("report", .text, "path of a report, beside those of --from"),
      .init("containers", .texts, "names of containers of this machine, at most 64"),
      .init("within", .period, "greatest age of a report; 24h unless given", stricter: .lower),
      .init(
        "checks", .texts,
        "out of user, memory, privileges, capabilities, pinned-image; all unless given",
        stricter: .more),
    ],
    standsFor: ["docker inspect", "docker ps", "podman inspect"], reports: ["container"])

  static let allChecks = ["user", "memory", "privileges", "capabilities", "pinned-image"]

  private let report: String?
  private let containers: [String]
  private let within: Period
  private let checks: [String]

  /// A probe of those containers and checks.
  public init(parameters: Parameters) {
    report = parameters.text("report")
    containers = parameters.texts("containers") ?? []
    within = parameters.period("within") ?? .hours(24)
    checks = parameters.texts("checks") ?? Self.allChecks
  }

  /// Reads reports, and asks the engine about the containers that are named.
  public func run(in context: ProbeContext) async -> Finding {
    Self.local(await look(in: context), context)
  }

  private func look(in context: ProbeContext) async -> Finding {
    guard !checks.isEmpty, checks.allSatisfy(Self.allChecks.contains) else {
      return .unknown(
        "no such check: \(checks.joined(separator: ", "))",
        hint: "checks may hold \(Self.allChecks.joined(separator: ", "))")
    }
    let paths = (context.reports["container"] ?? []) + (report.map { [$0] } ?? [])
    guard !paths.isEmpty || !containers.isEmpty else {
      return .unknown(
        "no container is named, and no report handed over",
        hint: "docker inspect NAME > app.json; launchgate probe --from container=app.json")
    }
    var origins: [String] = []
    var seen: [InspectedContainer] = []
    for path in paths {
      do throws(ToolReport.Fault) {
        let file = try ToolReport(path, within: within, now: context.now)
        origins.append(file.origin(context.now))
        guard let read = InspectedContainer.read(file.json) else {
          return .unknown("\(path) is not what inspect writes", hint: "docker inspect NAME > FILE")
        }
        seen += read
      } catch {
        return error.finding
      }
    }
    if !containers.isEmpty {
      switch await inspect(context) {
      case .failure(let trouble): return trouble.finding
      case .success(let read): seen += read
      }
    }
    var finding = judge(seen)
    finding.transcript = (origins + [finding.transcript]).joined(separator: "\n")
    return finding
  }

  private func inspect(
    _ context: ProbeContext
  ) async -> Result<[InspectedContainer], ToolReport.Fault> {
    guard containers.count <= 64,
      containers.allSatisfy({ $0.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9_.\-]{0,127}/#) != nil })
    else {
      return .failure(.init(reason: "a name is no container's", hint: "see docker ps"))
    }
    if let refusal = Machine.refusal(context) {
      return .failure(.init(reason: refusal.message, hint: refusal.hint ?? ""))
    }
    let machine = Machine(
      path: context.environment["PATH"] ?? "/usr/bin:/bin", deadline: .now + context.timeout)
    for engine in ["docker", "podman"] {
      switch await machine.run(engine, ["inspect", "--type", "container"] + containers) {
      case .failure(.notInstalled): continue
      case .failure(let failure): return .failure(.init(reason: failure.reason, hint: failure.hint))
      case .success(let answer):
        guard answer.succeeded, let json = try? ToolJSON(answer.bytes),
          let read = InspectedContainer.read(json), read.count == containers.count
        else {
          return .failure(
            .init(reason: "\(engine) inspect: \(answer.complaint)", hint: "see \(engine) ps"))
        }
        return .success(read)
      }
    }
    return .failure(
      .init(
        reason: "neither docker nor podman is installed", hint: "hand over a report with --from"))
  }

  /// Fails on root, privileges and no limit; unknown for what an image cannot tell.
  func judge(_ seen: [InspectedContainer]) -> Finding {
    let details = seen.flatMap { container in
      checks.flatMap { check in container.details(check) }
    }
    return .judged(
      details, pass: "all containers run as they should",
      WayOut(
        fix: Self.manual.fix, review: "say what the container needs this for",
        unknown: "inspect the running container, not its image"),
      facts: Dictionary(
        seen.map { ($0.name, $0.fact) }, uniquingKeysWith: { "\($0); \($1)" }),
      coverage: ["containers": seen.count])
  }
}
