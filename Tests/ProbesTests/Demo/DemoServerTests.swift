import Checklist
import Demo
import Testing

@testable import Probes

/// The demo's faults are found by the real probes, and its repairs are believed by them.
@Suite struct DemoServerTests {
  static func finding(_ id: String, _ server: DemoServer) async throws -> Finding {
    let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters())
    return await probe.run(
      in: ProbeContext(
        target: server.target, authorised: [DemoServer.host], hostName: "tester", now: .real))
  }

  static let claims: [(DemoFault, String, Finding.Verdict)] = [
    (.missingHeaders, "headers.security", .fail), (.carelessCookie, "cookies.flags", .fail),
    (.noRedirect, "http.redirects-to-https", .fail),
    (.expiringCertificate, "tls.certificate", .review),
    (.noSecurityTxt, "disclosure.security-txt", .fail),
  ]

  @Test func everyFaultHasAProbeThatFindsIt() {
    let found = Set(Self.claims.map(\.0) + DemoLaunchTests.claims.map(\.0))
    #expect(found == Set(DemoFault.allCases))
  }

  @Test(arguments: claims.indices)
  func aFaultIsFoundAndItsRepairBelieved(_ index: Int) async throws {
    let (fault, id, verdict) = Self.claims[index]
    let folder = try TemporaryFolder()
    let server = try await DemoServer.start(in: folder.path, now: .real)
    let before = try await Self.finding(id, server)
    #expect(before.verdict == verdict, "\(before.summary)")
    server.repair(fault)
    #expect(server.remainingFaults == Set(DemoFault.allCases).subtracting([fault]))
    let after = try await Self.finding(id, server)
    #expect(after.verdict == .pass, "\(after.summary)")
    #expect(after.facts != before.facts)
    #expect(after.vantage.network == .loopback)
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
