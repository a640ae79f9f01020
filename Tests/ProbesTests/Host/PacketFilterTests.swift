import Foundation
import Testing

@testable import Probes

@Suite struct PacketFilterTests {
  private func reading(_ rules: String) throws -> PacketFilter.Reading {
    try #require(PacketFilter(iptables: rules, .ipv4)).reading(.ipv4)
  }

  @Test(arguments: [
    ("-P INPUT DROP", true, ""), ("-P INPUT ACCEPT", false, ""),
    ("-P INPUT ACCEPT\n-A INPUT -j DROP", true, ""),
    ("-P INPUT ACCEPT\n-A INPUT -j REJECT --reject-with icmp-port-unreachable", true, ""),
    ("-P INPUT DROP\n-A INPUT -j ACCEPT", false, ""),
    ("-P INPUT DROP\n-A INPUT -p tcp -j ACCEPT", false, ""),
    ("-P INPUT DROP\n-A INPUT -i lo -j ACCEPT", true, ""),
    ("-P INPUT DROP\n-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT", true, ""),
    ("-P INPUT DROP\n-A INPUT -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT", false, ""),
    ("-P INPUT DROP\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT", true, "22"),
    (
      "-P INPUT DROP\n-A INPUT -p tcp -m multiport --dports 80,443,8000:8010 -j ACCEPT", true,
      "80 443 8000-8010"
    ),
    ("-P INPUT DROP\n-A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 5432 -j ACCEPT", true, ""),
    ("-P INPUT DROP\n-A INPUT ! -s 10.0.0.0/8 -p tcp -m tcp --dport 22 -j ACCEPT", true, "22"),
    (
      "-P INPUT DROP\n-N more\n-A INPUT -j more\n-A more -p tcp -m tcp --dport 22 -j ACCEPT", true,
      "22"
    ),
    ("-P INPUT DROP\n-N more\n-A INPUT -j more\n-A more -j ACCEPT", false, ""),
    ("-P INPUT DROP\n-N more\n-A INPUT -j more\n-A more -j RETURN\n-A more -j ACCEPT", true, ""),
    ("-P INPUT DROP\n-N a\n-A INPUT -j a\n-A a -j a", true, "opaque"),
    ("-P INPUT DROP\n-A INPUT -m set --match-set good src -j ACCEPT", true, "opaque"),
    ("-P INPUT DROP\n-A INPUT -i eth1 -j ACCEPT", true, "opaque"),
    (
      "-P INPUT DROP\n-A INPUT -p tcp -m comment --comment \"-j x\" -m tcp --dport 22 -j ACCEPT",
      true, "22"
    ),
  ])
  func iptables(_ rules: String, _ refuses: Bool, _ open: String) throws {
    let seen = try reading(rules)
    #expect(seen.refusesByDefault == refuses)
    let words = seen.open.map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }
    #expect((words + (seen.hasOpaqueRule ? ["opaque"] : [])).joined(separator: " ") == open)
  }

  @Test func needsTheChainOfInput() {
    #expect(PacketFilter(iptables: "", .ipv4) == nil)
    #expect(PacketFilter(iptables: "-P FORWARD DROP", .ipv4) == nil)
  }

  @Test(arguments: [
    "{}", "[]", "{\"nftables\":[]}", "{\"nftables\":[{\"metainfo\":{}},{\"rule\":{}}]}",
  ])
  func needsWhatNftWrites(_ text: String) throws {
    #expect(PacketFilter(nftables: try ToolJSON(Array(text.utf8))) == nil)
  }

  private static let rules = """
    table inet filter {
      chain input {
        type filter hook input priority 0; policy POLICY;
        iif lo accept
        ct state established,related accept
        ip protocol icmp accept
        icmpv6 type { echo-request, nd-neighbor-solicit } accept
        tcp dport { 22, 443 } accept
        tcp dport 8000-8010 ip saddr 10.0.0.0/8 accept
        udp dport 53 counter accept
        ip saddr 203.0.113.4 accept
        jump more
        END
      }
      chain more {
        tcp dport 9100 limit rate 5/second accept
        return
      }
    }
    """

  @Test(
    "reads the rules of a real kernel, in a network of their own",
    .enabled(if: OutsideHost.isPossible && Tools.arePresent("nft", "unshare")),
    arguments: [
      ("drop", "", true), ("accept", "", false), ("accept", "drop", true),
      ("accept", "reject", true), ("drop", "accept", false),
      ("drop", "meta l4proto tcp accept", false),
    ])
  func kernel(_ policy: String, _ end: String, _ refuses: Bool) async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "rules", Self.rules.replacing("POLICY", with: policy).replacing("END", with: end))
    let script = "PATH=$PATH:/usr/sbin:/sbin; nft -f \(file) && nft -j list ruleset"
    let answer = try await Tools.run("unshare", ["-n", "sh", "-c", script])
    try #require(answer.status == 0, "\(answer.output)")
    let filter = try #require(PacketFilter(nftables: try ToolJSON(Array(answer.output.utf8))))
    for family in [PacketFilter.Family.ipv4, .ipv6] {
      let seen = filter.reading(family)
      #expect(seen.refusesByDefault == refuses)
      #expect(seen.open == (refuses ? [22...22, 53...53, 443...443, 9100...9100] : []))
      #expect(!seen.hasOpaqueRule)
    }
  }
}
