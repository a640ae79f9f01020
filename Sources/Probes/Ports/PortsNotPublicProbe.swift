public import Checklist

/// Whether ports that are not for the public are closed to the internet.
public struct PortsNotPublicProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "ports.not-public", version: 1,
    claim: "Ports that are not for the public are closed when seen from the internet",
    standards: ["NIST SC-7", "NIST CM-7"],
    scope: .target,
    method: """
      TCP connects, without a byte sent, to at most 64 ports of at most 4 addresses, all ports of \
      all addresses at once, 1 s each; before and after, the target's own port has to answer. From \
      the target itself or over a private address nothing is proven. A filter for outgoing \
      connections near this machine would look like closed ports.
      """,
    facts: "the forbidden ports that are open, or none",
    fix: "bind the service to a private address, or block the port in the firewall",
    reproduce: "nmap -Pn -p 5432,6379 HOST",
    parameters: [
      .init(
        "ports", .integers, "forbidden ports (default: databases, caches, brokers, Docker)",
        stricter: .more),
      .init(
        "allowed", .integers, "ports of that list which may be open (default none)",
        stricter: .fewer),
    ],
    standsFor: ["nmap -Pn -p"])

  static let portLimit = 64

  // PostgreSQL, MySQL, SQL Server, Oracle, Redis, memcached, MongoDB, Elasticsearch, Kibana,
  // Docker, Flower, RQ, RabbitMQ's console, CouchDB, Cassandra, etcd, alternative HTTP.
  static let defaultPorts = [
    5432, 3306, 1433, 1521, 6379, 11211, 27017, 9200, 5601, 2375, 2376, 5555, 9181, 15672, 5984,
    9042, 2379, 8080,
  ]

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Connects and judges.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observe(context) { target in
      let ports = Self.forbidden(parameters, own: target.url.port)
      if let refusal = Self.refusal(ports, target) { return refusal }
      let seen = await target.portStates(ports)
      var finding = Self.judge(
        seen, ports, network: target.vantage.network, addresses: target.addresses.count)
      let list = ports.map(String.init).joined(separator: ",")
      finding.reproduce = "nmap -Pn -p \(list) \(target.url.host)"
      return finding
    }
  }

  private static func forbidden(_ parameters: Parameters, own: Int) -> [Int] {
    let allowed = Set((parameters.integers("allowed") ?? []) + [own])
    return Set(parameters.integers("ports") ?? defaultPorts).subtracting(allowed).sorted()
  }

  private static func refusal(_ ports: [Int], _ target: NetworkTarget) -> Finding? {
    guard !ports.isEmpty, ports.count <= portLimit, ports.allSatisfy((1...65_535).contains) else {
      return .unknown(
        "\(ports.count) forbidden ports were given, or one that does not exist",
        hint: "give 1 to \(portLimit) ports from 1 to 65535")
    }
    guard target.proxy == nil else {
      return .unknown(
        "ports cannot be seen through a proxy", hint: "run the probe from outside without a proxy")
    }
    guard ports.allSatisfy({ target.authorised.allows(target.url.host, port: $0) }) else {
      return .unknown(
        "not all of the ports are authorised",
        hint: "add \(target.url.host) without a port to authorised: in launchgate.yaml")
    }
    return nil
  }

  /// Concludes from what was seen; silence counts as closed only beside a port that answers.
  static func judge(
    _ seen: [PortObservation], _ ports: [Int], network: Vantage.Network, addresses: Int
  ) -> Finding {
    var finding = conclusion(seen, network, addresses)
    finding.details = details(seen, network).worstFirst
    finding.coverage = ["ports": ports.count, "addresses": seen.count]
    finding.transcript = finding.details.map(\.text).joined(separator: "\n") + "\n"
    if network == .internet {
      let open = Set(seen.flatMap(open)).sorted().map(String.init)
      finding.facts = [
        "open": open.isEmpty ? "none" : open.joined(separator: " "),
        "ports": ports.map(String.init).joined(separator: " "),
      ]
    }
    return finding
  }

  private static func conclusion(
    _ seen: [PortObservation], _ network: Vantage.Network, _ addresses: Int
  ) -> Finding {
    guard network == .internet else {
      let place = network == .loopback ? "the target itself" : "a private address"
      return .unknown(
        "seen from \(place), open and closed ports prove nothing about the internet",
        hint: "run this probe on a machine outside, such as a CI runner, with --fragment")
    }
    let open = Set(seen.flatMap(open)).sorted().map(String.init)
    if !open.isEmpty {
      return Finding(
        .fail, "open to the internet: \(open.joined(separator: ", "))", hint: manual.fix)
    }
    guard !seen.isEmpty, seen.count == addresses else {
      return .unknown(
        "\(seen.count) of \(addresses) addresses were looked at",
        hint: "give each group of machines a target of its own")
    }
    if let silent = seen.first(where: { !$0.isReachable }) {
      return .unknown(
        "\(silent.address) did not answer on the target's own port, so silence proves nothing",
        hint: "run from a machine that reaches every address, IPv6 included")
    }
    if seen.contains(where: { $0.states.values.contains(where: \.isUnobserved) }) {
      return .unknown("some ports could not be tried", hint: "try again with a longer --timeout")
    }
    return Finding(.pass, "all forbidden ports are closed")
  }

  private static func open(_ seen: PortObservation) -> [Int] {
    seen.states.filter { $0.value == .open }.map(\.key)
  }

  private static func details(
    _ seen: [PortObservation], _ network: Vantage.Network
  ) -> [Finding.Detail] {
    seen.flatMap { address in
      address.states.sorted { $0.key < $1.key }.map { port, state in
        let isProof = network == .internet && !state.isUnobserved
        let isClosed = state != .open
        let verdict: Finding.Verdict =
          !isProof || (isClosed && !address.isReachable) ? .unknown : isClosed ? .pass : .fail
        return .init(verdict, "\(address.address) port \(port): \(state.name)")
      }
    }
  }
}

extension PortState {
  /// Whether the attempt itself failed.
  var isUnobserved: Bool {
    if case .unobserved = self { true } else { false }
  }
}
