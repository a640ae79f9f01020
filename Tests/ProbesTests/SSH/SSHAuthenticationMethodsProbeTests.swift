import Checklist
import Testing

@testable import Probes

@Suite struct SSHAuthenticationMethodsProbeTests {
  static func seen(_ errors: String, status: Int = 255) -> SSHMethods {
    SSHMethods(CommandOutput(status: status, bytes: [], errors: errors), user: "launchgate")
  }

  static func denied(_ methods: String) -> String {
    "launchgate@192.0.2.1: Permission denied (\(methods)).\r\n"
  }

  static let cases: [(SSHMethods, Finding.Verdict)] = [
    (seen(denied("publickey")), .pass), (seen(denied("publickey,password")), .fail),
    (seen(denied("publickey,keyboard-interactive")), .fail),
    (seen(denied("publickey,gssapi-with-mic")), .review), (seen(denied("hostbased")), .review),
    (seen("", status: 0), .fail), (seen(""), .unknown), (seen(denied("")), .unknown),
    (seen("ssh: connect to host 192.0.2.1 port 22: Connection refused\n"), .unknown),
    (seen("Connection closed by 192.0.2.1 port 22\n"), .unknown),
    (seen("Unable to negotiate with 192.0.2.1: no matching host key type found.\n"), .unknown),
    // What a server may say itself is not the report of ssh.
    (seen("Received disconnect: launchgate@192.0.2.1: Permission denied (publickey).\n"), .unknown),
    (seen(denied("publickey") + denied("publickey,password")), .unknown),
    (seen(denied("publickey"), status: 1), .unknown), (seen(denied("public key")), .unknown),
    (seen("root@192.0.2.1: Permission denied (publickey).\n"), .unknown),
  ]

  @Test(arguments: cases.indices) func judges(_ index: Int) {
    let (seen, verdict) = Self.cases[index]
    let finding = SSHAuthenticationMethodsProbe.judge(seen)
    #expect(finding.verdict == verdict, "\(seen): \(finding.summary)")
    #expect(finding.verdict == .pass || finding.hint?.isEmpty == false)
  }

  @Test(arguments: ["-oProxyCommand=x", "a b", "a'b", "a;b", "$(x)", "", "a@b"])
  func anOddUserIsNeverHandedToSSH(_ user: String) async throws {
    let server = try await ScriptedServer.start(.close)
    let probe = SSHAuthenticationMethodsProbe(parameters: Parameters(["user": .string(user)]))
    let finding = await probe.run(in: .local(services: [22: server.port]))
    #expect(finding.verdict == .unknown)
    #expect(server.connections == 0)
  }

  @Test func withoutSSHItIsUnknown() async throws {
    var context = ProbeContext.local(services: [22: 1])
    context.environment = ["PATH": "/nowhere"]
    let finding = await SSHAuthenticationMethodsProbe(parameters: Parameters()).run(in: context)
    #expect(finding.message == "ssh is not installed")
  }
}
