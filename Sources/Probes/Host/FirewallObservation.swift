import Checklist

/// The rules in force on a machine, and whether they come back after a boot.
struct FirewallObservation: Sendable {
  /// What packets of each family meet; nil where nobody could be asked.
  var ipv4: PacketFilter.Reading?
  var ipv6: PacketFilter.Reading?
  /// Whether others can reach this machine over IPv6 at all.
  var hasIPv6: Bool
  var boot: Finding.Detail
  /// Programs that answered.
  var tools: [String] = []

  init(
    ipv4: PacketFilter.Reading?, ipv6: PacketFilter.Reading?, hasIPv6: Bool, boot: Finding.Detail
  ) {
    self.ipv4 = ipv4
    self.ipv6 = ipv6
    self.hasIPv6 = hasIPv6
    self.boot = boot
  }

  init(_ machine: Machine) async {
    hasIPv6 = Self.hasIPv6(machine)
    boot = Self.boot(machine)
    if case .success(let answer) = await machine.run("nft", ["-j", "list", "ruleset"]),
      answer.succeeded, let json = try? ToolJSON(answer.bytes),
      let filter = PacketFilter(nftables: json)
    {
      tools.append("nft")
      ipv4 = filter.reading(.ipv4)
      ipv6 = filter.reading(.ipv6)
    }
    let tables: [(String, PacketFilter.Family)] = [("iptables", .ipv4), ("ip6tables", .ipv6)]
    for (program, family) in tables {
      guard case .success(let answer) = await machine.run(program, ["-S"]), answer.succeeded,
        let filter = PacketFilter(iptables: answer.text, family)
      else { continue }
      tools.append(program)
      let reading = filter.reading(family)
      if family == .ipv4 {
        ipv4 = Self.better(ipv4, reading)
      } else {
        ipv6 = Self.better(ipv6, reading)
      }
    }
  }

  /// A packet has to pass the rules of both tools, so that either may refuse; what one of them
  /// does not understand the other may spell out, where both show the same rules.
  static func better(
    _ first: PacketFilter.Reading?, _ second: PacketFilter.Reading
  ) -> PacketFilter.Reading {
    guard let first, first.refusesByDefault else { return second }
    guard second.refusesByDefault else { return first }
    return first.hasOpaqueRule && !second.hasOpaqueRule ? second : first
  }

  /// Addresses of scope global (00); link-local ones reach no further than the cable.
  private static func hasIPv6(_ machine: Machine) -> Bool {
    guard let table = machine.text("/proc/net/if_inet6") else {
      return machine.exists("/proc/net/if_inet6")
    }
    return table.split(separator: "\n").contains { line in
      let fields = line.split(separator: " ")
      return fields.count >= 6 && fields[3] == "00"
    }
  }

  /// Which service of the machine loads the rules when it starts.
  private static func boot(_ machine: Machine) -> Finding.Detail {
    let wanted = ["sysinit.target.wants", "multi-user.target.wants", "network-pre.target.wants"]
    let services = ["ufw", "nftables", "netfilter-persistent", "firewalld"].filter { name in
      wanted.contains { folder in
        machine.link("/etc/systemd/system/\(folder)/\(name).service") != nil
      }
    }
    if services.contains("ufw") {
      let isEnabled =
        (machine.text("/etc/ufw/ufw.conf") ?? "").split(whereSeparator: \.isNewline)
        .last { $0.hasPrefix("ENABLED=") }?.lowercased() == "enabled=yes"
      if isEnabled { return .init(.pass, "ufw is enabled at boot") }
    }
    if let other = services.first(where: { $0 != "ufw" }) {
      return .init(.pass, "\(other) is enabled at boot")
    }
    return .init(
      services.isEmpty ? .review : .fail,
      services.isEmpty
        ? "no service is seen that loads the rules at boot"
        : "ufw is started at boot and disabled by its own configuration")
  }
}
