public import Checklist

/// Whether a packet filter of this machine refuses what it was not told to let in.
public struct HostFirewallProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "host.firewall", version: 1,
    claim: "This machine refuses incoming connections that no rule allows.",
    standards: ["lynis FIRE-4590", "lynis FIRE-4512", "NIST SC-7"], scope: .host,
    method: """
      Asks the kernel for the rules in force, by `nft -j list ruleset` and by `iptables -S` and \
      `ip6tables -S`, where they are installed; both need root. Chains of incoming packets count \
      when their policy or a last rule refuses. Ports that anybody may reach are compared with \
      `allowed`; rules that are not understood are left to a person. Whether the rules come back \
      after a boot is read from the files of ufw, nftables and netfilter-persistent. What a \
      provider's security group does is not seen. Only on a machine listed in the target's hosts.
      """,
    facts: "the default for IPv4 and IPv6, and the ports that anybody may reach",
    fix: """
      Deny incoming traffic by default and allow what is needed: `ufw default deny incoming`, \
      `ufw allow 443/tcp`, `ufw enable`, for IPv6 as well (IPV6=yes in /etc/default/ufw).
      """,
    reproduce: "sudo ufw status verbose; sudo nft list ruleset",
    tools: ["nft", "iptables", "ip6tables"],
    parameters: [
      .init(
        "allowed", .integers, "ports that anybody may reach; 22, 80 and 443 unless given",
        stricter: .fewer),
      .init(
        "checks", .texts, "out of default-deny, open-ports, at-boot; all unless given",
        stricter: .more),
      .init(
        "elsewhere", .text,
        "the filter before this machine, such as a security group; then a person judges"),
    ],
    standsFor: ["ufw status verbose", "nft list ruleset", "iptables -S"])

  static let allChecks = ["default-deny", "open-ports", "at-boot"]

  private let allowed: Set<Int>
  private let checks: [String]
  private let elsewhere: String?

  /// A probe of those ports and checks.
  public init(parameters: Parameters) {
    allowed = Set(parameters.integers("allowed") ?? [22, 80, 443])
    checks = parameters.texts("checks") ?? Self.allChecks
    elsewhere = parameters.text("elsewhere")
  }

  /// Asks the kernel through its tools.
  public func run(in context: ProbeContext) async -> Finding {
    await Machine.look(context, Self.manual) { await look(at: $0) }
  }

  func look(at machine: Machine) async -> Finding {
    guard !checks.isEmpty, checks.allSatisfy(Self.allChecks.contains) else {
      return .unknown(
        "no such check: \(checks.joined(separator: ", "))",
        hint: "checks may hold \(Self.allChecks.joined(separator: ", "))")
    }
    return judge(await FirewallObservation(machine))
  }

  /// Fails where everything is let in; unknown where the kernel could not be asked.
  func judge(_ seen: FirewallObservation) -> Finding {
    var details: [Finding.Detail] = []
    if checks.contains("default-deny") { details += defaults(seen) }
    if checks.contains("open-ports") { details += openPorts(seen) }
    if checks.contains("at-boot") { details.append(seen.boot) }
    var facts = ["open": Self.words(seen.ipv4?.open ?? [])]
    facts["ipv4"] = seen.ipv4.map { $0.refusesByDefault ? "refused" : "accepted" }
    facts["ipv6"] = seen.ipv6.map { $0.refusesByDefault ? "refused" : "accepted" }
    return .judged(
      details, pass: "what no rule allows is refused",
      WayOut(
        fix: Self.manual.fix, review: "say what each of these is for",
        unknown: "run launchgate with sudo, where nft or iptables is installed"),
      facts: facts, coverage: ["tools": seen.tools.count])
  }

  private func defaults(_ seen: FirewallObservation) -> [Finding.Detail] {
    [
      detail("IPv4", seen.ipv4),
      seen.hasIPv6
        ? detail("IPv6", seen.ipv6) : .init(.pass, "this machine has no IPv6 address for others"),
    ]
  }

  private func detail(_ name: String, _ reading: PacketFilter.Reading?) -> Finding.Detail {
    guard let reading else { return .init(.unknown, "the rules for \(name) could not be read") }
    if reading.refusesByDefault { return .init(.pass, "\(name): refused unless a rule allows it") }
    if let elsewhere {
      return .init(.review, "\(name): this machine accepts everything, and \(elsewhere) filters")
    }
    return .init(.fail, "\(name): everything is accepted by default")
  }

  private func openPorts(_ seen: FirewallObservation) -> [Finding.Detail] {
    [("IPv4", seen.ipv4), ("IPv6", seen.hasIPv6 ? seen.ipv6 : nil)].flatMap {
      name, reading -> [Finding.Detail] in
      guard let reading, reading.refusesByDefault else { return [] }
      var details = reading.open.map { range -> Finding.Detail in
        let isAllowed = range.count <= 16 && range.allSatisfy(allowed.contains)
        return .init(isAllowed ? .pass : .review, "\(name): open to all: \(Self.words([range]))")
      }
      if reading.hasOpaqueRule {
        details.append(
          .init(.review, "\(name): a rule lets packets in that is not understood here"))
      }
      return details
    }
  }

  private static func words(_ ranges: [ClosedRange<Int>]) -> String {
    ranges.isEmpty
      ? "none"
      : ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        .joined(separator: ", ")
  }
}
