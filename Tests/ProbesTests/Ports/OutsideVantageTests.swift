import Checklist
import Foundation
import Testing

@testable import Probes

/// Ports seen from a real outside: a host of its own in a network namespace.
@Suite(
  .enabled(if: OutsideHost.isPossible, "needs root, iproute2 and network namespaces"), .serialized)
struct OutsideVantageTests {
  static func finding(_ host: OutsideHost, ports: [Int]) async -> Finding {
    let parameters = Parameters(["ports": .array(ports.map(JSONValue.integer))])
    return await PortsNotPublicProbe(parameters: parameters).run(
      in: ProbeContext(
        target: Target(url: "https://\(host.address)"), authorised: [host.address],
        hostName: "tester", now: .real, timeout: .seconds(20)))
  }

  @Test func anOpenPortFailsAndClosedOnesPass() async throws {
    let host = try await OutsideHost()
    try host.listen(443)
    try host.listen(6379)
    let open = await Self.finding(host, ports: [5432, 6379])
    #expect(open.verdict == .fail, "\(open.summary)")
    #expect(open.vantage == Vantage(host: "tester", network: .internet))
    #expect(open.facts["open"] == "6379")
    let closed = await Self.finding(host, ports: [5432, 3306])
    #expect(closed.verdict == .pass, "\(closed.summary)")
    #expect(closed.details.allSatisfy { $0.text.hasSuffix(": refused") })
  }

  @Test func aSilentPortPassesBesideOneThatAnswers() async throws {
    let host = try await OutsideHost()
    try host.listen(443)
    try host.listenDeafly(5432)
    let finding = await Self.finding(host, ports: [5432])
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.details.map(\.text) == ["\(host.address) port 5432: no answer"])
  }

  @Test func aTargetThatResolvesToThisHostProvesNothingThoughItsAddressIsPublic() async throws {
    let host = try await OutsideHost()
    // The own end of the cable: a public address, but a connect to it never leaves this machine.
    let listener = try await ScriptedServer.start(.close, on: host.ownAddress)
    let context = ProbeContext(
      target: Target(
        url: "https://shop.test:\(listener.port)", resolve: ["shop.test": host.ownAddress]),
      authorised: ["shop.test"], hostName: "tester", now: .real, timeout: .seconds(20))
    for probe in [PortsNotPublicProbe.self, RedisAuthenticationProbe.self] as [any Probe.Type] {
      let finding = await probe.init(parameters: Parameters()).run(in: context)
      #expect(finding.verdict == .unknown, "\(finding.summary)")
      #expect(finding.vantage.network == .loopback || probe.manual.sends != nil)
    }
  }

  @Test func filteredPortsOfAllAddressesShareOneDeadline() async throws {
    let host = try await OutsideHost()
    try host.listen(443)
    let ports = Array(UInt16(7_001)...7_006)
    for port in ports { try host.listenDeafly(port) }
    let clock = ContinuousClock()
    let start = clock.now
    let finding = await Self.finding(host, ports: ports.map(Int.init))
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.details.allSatisfy { $0.text.hasSuffix(": no answer") }, "\(finding.summary)")
    // One second for all six, not for each.
    #expect(clock.now - start < .seconds(4))
  }

  @Test func silenceEverywhereProvesNothing() async throws {
    let host = try await OutsideHost()
    try host.listen(443)
    try await host.fallSilent()
    let finding = await Self.finding(host, ports: [5432])
    #expect(finding.verdict == .unknown, "\(finding.summary)")
  }

  @Test func refusalWithoutTheOwnPortProvesNothing() async throws {
    let host = try await OutsideHost()
    let finding = await Self.finding(host, ports: [5432])
    #expect(finding.verdict == .unknown, "\(finding.summary)")
  }

  @Test func aFilteredPlainPortCountsAsClosedOnlyBesideTLS() async throws {
    let host = try await OutsideHost()
    try host.listenDeafly(80)
    let context = ProbeContext(
      target: Target(url: "https://\(host.address)"), authorised: [host.address],
      hostName: "tester", now: .real, timeout: .seconds(20))
    let alone = await HTTPRedirectsToHTTPSProbe(parameters: Parameters()).run(in: context)
    #expect(alone.verdict == .unknown, "\(alone.summary)")
    try host.listen(443)
    let beside = await HTTPRedirectsToHTTPSProbe(parameters: Parameters()).run(in: context)
    #expect(beside.verdict == .pass, "\(beside.summary)")
    #expect(beside.facts == ["http": "filtered"])
    // Too little time to tell a filter from a slow answer.
    var hasty = context
    hasty.timeout = .seconds(2)
    let cut = await HTTPRedirectsToHTTPSProbe(parameters: Parameters()).run(in: hasty)
    #expect(cut.verdict == .unknown, "\(cut.summary)")
  }
}
