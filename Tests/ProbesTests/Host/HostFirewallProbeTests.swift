import Checklist
import Testing

@testable import Probes

@Suite struct HostFirewallProbeTests {
  private static let drop = "-P INPUT DROP\n-A INPUT -p tcp -m tcp --dport 443 -j ACCEPT\n"

  private func look(
    _ answers: [String: String], _ values: [String: JSONValue] = [:],
    files: (MachineCopy) throws -> Void = { _ in }
  ) async throws -> Finding {
    let copy = try MachineCopy([
      "/proc/net/if_inet6": "20010db8000000000000000000000001 02 40 00 80     eth0\n"
    ])
    try copy.link(
      "/etc/systemd/system/multi-user.target.wants/ufw.service",
      to: "/lib/systemd/system/ufw.service")
    try copy.write("/etc/ufw/ufw.conf", "ENABLED=yes\nLOGLEVEL=low\n")
    try files(copy)
    return await HostFirewallProbe(parameters: Parameters(values)).look(at: copy.machine(answers))
  }

  @Test func passesWhereBothFamiliesAreRefused() async throws {
    let finding = try await look(["iptables -S": Self.drop, "ip6tables -S": Self.drop])
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.facts == ["ipv4": "refused", "ipv6": "refused", "open": "443"])
  }

  @Test func failsOnAnythingAccepted() async throws {
    let open = "-P INPUT ACCEPT\n"
    for answers in [
      ["iptables -S": open, "ip6tables -S": Self.drop],
      ["iptables -S": Self.drop, "ip6tables -S": open],
    ] {
      #expect(try await look(answers).verdict == .fail)
    }
    let elsewhere: [String: JSONValue] = ["elsewhere": .string("the security group sg-1")]
    let finding = try await look(["iptables -S": open, "ip6tables -S": open], elsewhere)
    #expect(finding.verdict == .review, "\(finding.summary)")
  }

  @Test func unknownWhereTheKernelCannotBeAsked() async throws {
    #expect(try await look([:]).verdict == .unknown)
    // What the files of ufw say is no proof that it is in force.
    let finding = try await look(["iptables -S": Self.drop])
    #expect(finding.verdict == .unknown)
    #expect(finding.hint?.contains("sudo") == true)
  }

  @Test func needsNoRulesForAFamilyThatIsNotThere() async throws {
    let finding = try await look(["iptables -S": Self.drop]) { copy in
      try copy.write("/proc/net/if_inet6", "00000000000000000000000000000001 01 80 10 80 lo\n")
    }
    #expect(finding.verdict == .pass, "\(finding.summary)")
  }

  @Test func asksAboutPortsAndBoot() async throws {
    let more = Self.drop + "-A INPUT -p tcp -m tcp --dport 9000 -j ACCEPT\n"
    #expect(
      try await look(["iptables -S": more, "ip6tables -S": Self.drop]).verdict == .review)
    let closed: [String: JSONValue] = ["allowed": .array([])]
    #expect(
      try await look(["iptables -S": Self.drop, "ip6tables -S": Self.drop], closed).verdict
        == .review)
    let disabled = try await look(["iptables -S": Self.drop, "ip6tables -S": Self.drop]) {
      try $0.write("/etc/ufw/ufw.conf", "ENABLED=no\n")
    }
    #expect(disabled.verdict == .fail, "\(disabled.summary)")
  }
}
