import Checklist
import Testing

@testable import Probes

/// The active probes against a real server, configured well and badly.
@Suite(.enabled(if: Tools.arePresent("nginx", "openssl"), "needs nginx and openssl"), .serialized)
struct NginxActiveTests {
  /// An application behind the proxy that answers 200 to every login.
  private static func servers(_ http: String, _ locations: String) -> String {
    """
    \(http)
    server { listen HTTP; location / { return 200 "wrong password"; } }
    server {
      listen HTTPS ssl; server_name \(testHost);
      location / { return 404 "no such page"; }
      \(locations)
    }
    """
  }

  static let good = servers(
    "limit_req_zone $binary_remote_addr zone=logins:1m rate=5r/m; client_max_body_size 1m;",
    """
    location = /login {
      limit_req zone=logins burst=3 nodelay; limit_req_status 429; proxy_pass http://HTTP;
    }
    location = /upload { proxy_pass http://HTTP; }
    """)

  static let bad = servers(
    "client_max_body_size 32m;",
    """
    location = /login { proxy_pass http://HTTP; }
    location = /upload { proxy_pass http://HTTP; }
    location = /nginx_status { stub_status; }
    location = /.git/HEAD { return 200 "ref: refs/heads/main\\n"; }
    """)

  private func findings(_ configuration: String) async throws -> [String: Finding] {
    let identity = try await OpenSSLIdentity()
    let server = try await NginxServer(configuration, identity: identity)
    let probes: [(any Probe.Type, [String: JSONValue])] = [
      (EndpointsNotExposedProbe.self, [:]), (HTTPMethodsProbe.self, [:]),
      (HTTPBodyLimitProbe.self, ["path": .string("/upload")]), (RateLimitLoginProbe.self, [:]),
    ]
    var findings: [String: Finding] = [:]
    for (probe, parameters) in probes {
      var context = ProbeContext.local(
        https: server.httpsPort, login: "/login", caFile: identity.caFile, timeout: .seconds(60))
      context.active = true
      let finding = await probe.init(parameters: Parameters(parameters)).run(in: context)
      findings[probe.manual.id] = finding
    }
    withExtendedLifetime(server) {}
    return findings
  }

  @Test func aGoodConfigurationPasses() async throws {
    let findings = try await findings(Self.good)
    for (id, finding) in findings { #expect(finding.verdict == .pass, "\(id): \(finding.summary)") }
    #expect(findings["rate-limit.login"]?.facts["refusal"] == "429")
    #expect(findings["rate-limit.login"]?.facts["before"] == "200")
  }

  @Test func aBadOneDoesNot() async throws {
    let findings = try await findings(Self.bad)
    #expect(findings["endpoints.not-exposed"]?.facts["exposed"] == "/.git/HEAD /nginx_status")
    #expect(findings["rate-limit.login"]?.verdict == .fail)
    #expect(findings["http.body-limit"]?.verdict == .review)
    #expect(findings["http.methods"]?.verdict == .pass)
  }
}
