import Checklist
import Demo
import Testing

@testable import Probes

/// The demo's faults are found by the real probes, and its repairs are believed by them.
@Suite struct DemoServerTests {
  static func finding(
    _ id: String, _ server: DemoServer, _ parameters: [String: JSONValue] = [:]
  ) async throws -> Finding {
    let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters(parameters))
    return await probe.run(
      in: ProbeContext(
        target: server.target, authorised: DemoServer.hosts, hostName: "tester", now: .real,
        active: true, environment: server.credentials))
  }

  static let access: [String: JSONValue] = [
    "protected": .strings(["/api/me", "/api/orders"]), "owned": .strings(["/api/orders/1001"]),
    "admin": .strings(["/api/admin/users"]), "whoami": .string("/api/me"),
    "token-a": .string("SHOP_TOKEN_A"), "token-b": .string("SHOP_TOKEN_B"),
  ]

  static let claims: [(DemoFault, String, Finding.Verdict)] = [
    (.missingHeaders, "headers.security", .fail), (.carelessCookie, "cookies.flags", .fail),
    (.noRedirect, "http.redirects-to-https", .fail),
    (.expiringCertificate, "tls.certificate", .review),
    (.noSecurityTxt, "disclosure.security-txt", .fail),
    (.noLoginLimit, "rate-limit.login", .fail), (.stackTraces, "errors.no-internals", .fail),
    (.foreignOrders, "authorization.anonymous-and-foreign", .fail),
  ]

  static func parameters(_ id: String) -> [String: JSONValue] {
    switch id {
    case "authorization.anonymous-and-foreign": access
    case "http.body-limit": ["path": .string("/contact")]
    case "oauth.redirect": ["start": .string("/auth/id")]
    default: [:]
    }
  }

  @Test func everyFaultHasAProbeThatFindsIt() {
    let found = Set(Self.claims.map(\.0) + DemoLaunchTests.claims.map(\.0))
    #expect(found == Set(DemoFault.allCases))
  }

  @Test(arguments: claims.indices)
  func aFaultIsFoundAndItsRepairBelieved(_ index: Int) async throws {
    let (fault, id, verdict) = Self.claims[index]
    let folder = try TemporaryFolder()
    let server = try await DemoServer.start(in: folder.path, now: .real)
    let before = try await Self.finding(id, server, Self.parameters(id))
    #expect(before.verdict == verdict, "\(before.summary)")
    server.repair(fault)
    #expect(server.remainingFaults == Set(DemoFault.allCases).subtracting([fault]))
    let after = try await Self.finding(id, server, Self.parameters(id))
    #expect(after.verdict == .pass, "\(after.summary)")
    #expect(after.facts != before.facts)
    #expect(after.vantage.network == .loopback)
    try await server.stop()
  }

  @Test(arguments: [
    "authorization.anonymous-and-foreign", "endpoints.not-exposed", "errors.no-internals",
    "http.body-limit", "oauth.redirect", "rate-limit.login", "session.identifiers",
  ])
  func repairedItPassesWhatSends(_ id: String) async throws {
    let folder = try TemporaryFolder()
    let server = try await DemoServer.start(in: folder.path, now: .real, faults: [])
    let finding = try await Self.finding(id, server, Self.parameters(id))
    #expect(finding.verdict == .pass, "\(finding.summary) \(finding.details)")
    let again = try await Self.finding(id, server, Self.parameters(id))
    #expect(again.verdict == .pass && again.facts == finding.facts, "\(again.summary)")
    // What the server grants to one probe is not taken from the others.
    let login = try await Self.finding("cookies.flags", server)
    #expect(login.verdict == .pass, "\(login.summary)")
    try await server.stop()
  }

  @Test func withoutItsTokensNothingIsSaidOfTheUsers() async throws {
    let folder = try TemporaryFolder()
    let server = try await DemoServer.start(in: folder.path, now: .real, faults: [])
    var parameters = Self.access
    parameters["token-b"] = .string("SHOP_TOKEN_A")
    let finding = try await Self.finding(
      "authorization.anonymous-and-foreign", server, parameters)
    #expect(finding.verdict == .unknown, "\(finding.summary)")
    try await server.stop()
  }

  @Test func repairedItPassesAllButThePorts() async throws {
    let folder = try TemporaryFolder()
    let server = try await DemoServer.start(in: folder.path, now: .real, faults: [])
    for id in webProbes.map({ $0.manual.id }) {
      let finding = try await Self.finding(id, server)
      // From loopback nothing is proven about the internet.
      let expected: Finding.Verdict = id == "ports.not-public" ? .unknown : .pass
      #expect(finding.verdict == expected, "\(id): \(finding.summary)")
      let again = try await Self.finding(id, server)
      #expect(again.facts == finding.facts && again.details == finding.details)
    }
    try await server.stop()
    let gone = try await Self.finding("headers.security", server)
    #expect(gone.verdict == .unknown)
  }
}
