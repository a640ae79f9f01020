import BundledChecklists
import Checklist
import Testing

@testable import Probes

/// What a launch on a platform, without hosts of its own, is still asked.
@Suite struct OwnHostsTests {
  private static let fact = "own-hosts"

  /// Points that are about hosts alone.
  private static let gone: [String: [String]] = [
    "production-25": ["3.1", "3.2", "3.3"],
    "go-live-20": [],
    "saas-playbook": ["5.5", "5.6", "5.7", "5.8"],
  ]

  /// Points at which a probe looks at a host, and which ask for more than hosts.
  private static let kept: [String: [String]] = [
    "production-25": ["1.1", "2.1", "2.3", "3.4", "3.5", "17.1", "21.1", "21.4"],
    "go-live-20": ["14.1"],
    "saas-playbook": ["5.1", "5.3", "6.2", "6.5", "6.10", "8.1", "9.3", "12.9"],
  ]

  private func bundled(_ name: String) throws -> Checklist {
    try Checklist.read(yaml: BundledChecklists.yaml(name) ?? "", file: "\(name).yaml")
  }

  private func looksAtHost(_ use: ProbeReference) -> Bool {
    ProbeRegistry.probe(use.id)?.manual.scope == .host
  }

  @Test("one answer takes out what is about hosts, and nothing else", arguments: gone.keys.sorted())
  func points(_ name: String) throws {
    let checklist = try bundled(name)
    let dependent = checklist.points.filter { point in
      checklist.conditions(ofPoint: point.id).contains { $0.id == Self.fact }
    }
    #expect(dependent.map(\.id) == Self.gone[name])
    // A probe that sees something on a platform too would contradict the answer there.
    for use in dependent.flatMap(\.probes) where use.id != "ssh.authentication-methods" {
      #expect(looksAtHost(use), "\(use.id)")
    }
    let others = checklist.points.filter { point in
      point.probes.contains(where: looksAtHost) && !dependent.contains(point)
    }
    #expect(others.map(\.id) == Self.kept[name], "each point of a host is one or the other")
  }

  @Test("where no ssh server answers, nothing speaks against the answer")
  func noServer() {
    let nobody = SSHAuthenticationMethodsProbe.judge(.unobserved("Connection refused"))
    #expect(nobody.verdict == .unknown)
    #expect(SSHAuthenticationMethodsProbe.judge(.offered(["password"])).verdict == .fail)
  }
}
