public import Checklist

/// Whether databases, caches and consoles listen on loopback or private addresses only.
public struct HostListenersProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "host.listeners", version: 1,
    claim: "Databases, caches and admin consoles of this machine listen on private addresses only.",
    standards: ["lynis NETW-3012", "NIST SC-7", "NIST CM-7"], scope: .host,
    method: """
      Reads /proc/net/tcp, tcp6, udp and udp6, as `ss -tulpn` does, and judges by address: \
      loopback and private addresses pass; a port of the list on every address or on a public one \
      fails; anything else there that is not allowed is for a person. It sees the network of the \
      process itself: inside a container that is the container's, and ports that Docker publishes \
      without its proxy are no listeners. Only on a machine listed in the target's hosts.
      """,
    facts: "every listener that is not on loopback: transport, address and port",
    fix: "Bind the service to 127.0.0.1 or to a private address, and restart it.",
    reproduce: "ss -tulpn",
    parameters: [
      .init(
        "private", .integers,
        "ports that no public address may have (default: databases, caches, "
          + "brokers, Docker, dashboards)", stricter: .more),
      .init(
        "allowed", .integers, "ports that may be public; 22, 80 and 443 unless given",
        stricter: .fewer),
      .init(
        "checks", .texts, "out of private-ports, other-ports; both unless given", stricter: .more),
    ],
    standsFor: ["ss -tulpn", "ss -tlnp"])

  static let defaultPrivate = Set(
    PortsNotPublicProbe.defaultPorts + [5433, 6432, 33060, 6380, 26379, 8081, 8888, 9000, 9300])
  static let defaultAllowed = [22, 80, 443]
  static let allChecks = ["private-ports", "other-ports"]

  private let forbidden: Set<Int>
  private let allowed: Set<Int>
  private let checks: [String]

  /// A probe of those ports.
  public init(parameters: Parameters) {
    allowed = Set(parameters.integers("allowed") ?? Self.defaultAllowed)
    forbidden = parameters.integers("private").map(Set.init) ?? Self.defaultPrivate
    checks = parameters.texts("checks") ?? Self.allChecks
  }

  /// Reads the kernel's tables.
  public func run(in context: ProbeContext) async -> Finding {
    await Machine.look(context, Self.manual) { look(at: $0) }
  }

  func look(at machine: Machine) -> Finding {
    guard !checks.isEmpty, checks.allSatisfy(Self.allChecks.contains) else {
      return .unknown(
        "no such check: \(checks.joined(separator: ", "))",
        hint: "checks may hold private-ports and other-ports")
    }
    guard let sockets = machine.listeningSockets() else {
      return .unknown(
        "the tables of /proc/net cannot be read", hint: "look by hand: ss -tulpn")
    }
    return judge(sockets)
  }

  /// Fails on forbidden ports, asks a person about others that are public, else passes.
  func judge(_ sockets: [ListeningSocket]) -> Finding {
    var details = sockets.compactMap(detail)
    if details.isEmpty {
      details = [.init(.pass, "\(sockets.count.counted("listener")), none of which is public")]
    }
    let outside = sockets.filter { $0.address.network != .loopback || $0.isWildcard }
    return .judged(
      details, pass: "nothing listens on a public address that should not",
      WayOut(
        fix: Self.manual.fix, review: "say what listens there and for whom, or add it to `allowed`",
        unknown: "look by hand: ss -tulpn"),
      facts: ["listeners": Set(outside.map(\.name)).sorted().joined(separator: ", ")],
      coverage: ["listeners": sockets.count])
  }

  private func detail(_ socket: ListeningSocket) -> Finding.Detail? {
    let isForbidden = forbidden.contains(socket.port) && !allowed.contains(socket.port)
    guard socket.isPublic else {
      return isForbidden ? .init(.pass, "\(socket.name) is private") : nil
    }
    if isForbidden {
      return checks.contains("private-ports")
        ? .init(.fail, "\(socket.name) is reachable from outside this machine") : nil
    }
    guard checks.contains("other-ports") else { return nil }
    return allowed.contains(socket.port)
      ? .init(.pass, "\(socket.name) is allowed")
      : .init(.review, "\(socket.name) is reachable from outside this machine")
  }
}
