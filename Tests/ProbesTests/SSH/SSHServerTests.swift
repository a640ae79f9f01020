import Checklist
import Testing

@testable import Probes

/// The probes of ssh against a real server, configured well and badly.
@Suite(.enabled(if: SSHServer.isPossible, "needs root and OpenSSH"), .serialized)
struct SSHServerTests {
  static func finding(_ id: String, _ server: SSHServer) async throws -> Finding {
    let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters())
    let finding = await probe.run(in: .local(services: [22: server.port]))
    withExtendedLifetime(server) {}
    return finding
  }

  static let sound = """
    KexAlgorithms sntrup761x25519-sha512@openssh.com,curve25519-sha256
    Ciphers aes256-gcm@openssh.com,aes256-ctr
    MACs hmac-sha2-256-etm@openssh.com
    """

  @Test func aSoundServerPasses() async throws {
    let finding = try await Self.finding("ssh.server-algorithms", SSHServer(Self.sound))
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.facts["host-keys"] == "ssh-ed25519")
    #expect(finding.vantage.network == .loopback)
  }

  @Test func oldAlgorithmsFail() async throws {
    for (line, word) in [
      ("KexAlgorithms +diffie-hellman-group14-sha1", "diffie-hellman-group14-sha1: SHA-1"),
      ("Ciphers +aes128-cbc", "cipher aes128-cbc: CBC"), ("MACs +hmac-md5", "MAC hmac-md5: MD5"),
    ] {
      let finding = try await Self.finding("ssh.server-algorithms", SSHServer(line))
      #expect(finding.verdict == .fail)
      #expect(finding.details.contains { $0.text.contains(word) }, "\(finding.summary)")
    }
  }

  @Test(arguments: [
    "sntrup761x25519-sha512@openssh.com,curve25519-sha256", "ecdh-sha2-nistp384",
    "diffie-hellman-group16-sha512", "diffie-hellman-group14-sha256",
  ])
  func theLengthOfTheHostKeyIsSeenByAnyExchange(_ exchange: String) async throws {
    let server = try await SSHServer(
      "KexAlgorithms \(exchange)\nRequiredRSASize 1024\nHostKeyAlgorithms rsa-sha2-256",
      key: ["-t", "rsa", "-b", "1024"])
    let finding = try await Self.finding("ssh.server-algorithms", server)
    #expect(finding.verdict == .fail)
    #expect(finding.facts["rsa-bits"] == "1024", "\(finding.summary)")
  }

  @Test func passwordsFailAndKeysAlonePass() async throws {
    for (configuration, verdict, methods) in [
      (
        "PasswordAuthentication yes\nKbdInteractiveAuthentication no", Finding.Verdict.fail,
        "password publickey"
      ),
      ("PasswordAuthentication no\nKbdInteractiveAuthentication no", .pass, "publickey"),
      // What the server says to everybody beforehand is not taken for its answer.
      (
        "PasswordAuthentication yes\nKbdInteractiveAuthentication no\nBanner /etc/hostname", .fail,
        "password publickey"
      ),
    ] {
      let finding = try await Self.finding("ssh.authentication-methods", SSHServer(configuration))
      #expect(finding.verdict == verdict, "\(finding.summary)")
      #expect(finding.facts["methods"] == methods)
    }
  }

  @Test func withoutLeaveNothingIsSent() async throws {
    let server = try await ScriptedServer.start(.silence)
    var context = ProbeContext.local(services: [22: server.port, 6379: server.port])
    context.active = false
    for id in ["ssh.authentication-methods", "redis.authentication"] {
      let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters())
      #expect(await probe.run(in: context).verdict == .unknown)
    }
    #expect(server.connections == 0)
  }
}
