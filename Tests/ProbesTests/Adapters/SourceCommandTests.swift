import Testing

@testable import Probes

/// Every command that the source documents name is done by some probe, natively or by a program.
@Suite struct SourceCommandTests {
  private static let named = [
    "curl", "openssl", "ss", "ufw", "nmap", "git grep", "git log", "git check-ignore",
    "git secrets", "npm audit", "pip-audit", "safety", "docker inspect", "redis-cli", "psql",
    "aws s3 ls", "journalctl", "nginx -T",
  ]

  private static func isCovered(_ command: String, by manuals: [ProbeManual]) -> Bool {
    manuals.flatMap(\.standsFor).contains { $0 == command || $0.hasPrefix("\(command) ") }
  }

  @Test(arguments: named)
  func isDone(_ command: String) {
    let manuals = ProbeRegistry.all.map { $0.manual }
    #expect(Self.isCovered(command, by: manuals))
  }

  @Test func wouldBeMissed() {
    #expect(
      !Self.isCovered(
        "curl",
        by: ProbeRegistry.all.map { $0.manual }.filter {
          !$0.standsFor.contains { $0.hasPrefix("curl") }
        }))
  }

  @Test func saysWhetherAProgramDoesTheWork() {
    var manual = SSHServerConfigurationProbe.manual
    manual.standsFor = ["sshd -T", "ss -tlnp"]
    #expect(manual.commands == ["sshd -T (runs sshd)", "ss -tlnp (native)"])
  }
}
