import Checklist
import Testing

@testable import Probes

/// Passive probes of a target over the network, in the order of their ids; what psql sees of a
/// database has tests of its own.
let networkProbes: [any Probe.Type] = ProbeRegistry.all.filter {
  $0.manual.scope == .target && $0.manual.sends == nil && !$0.manual.tools.contains("psql")
}

/// Those that only look at the web server of the target.
let webProbes = networkProbes.filter { probe in
  probe.manual.sends == nil && !probe.manual.parameters.contains { $0.name == "host" }
}

@Suite struct CommonRulesTests {
  @Test func allSevenAreRegisteredInOrder() {
    let ids = ProbeRegistry.all.map { $0.manual.id }
    #expect(ids == ids.sorted())
    #expect(
      Set(ids).isSuperset(of: [
        "cookies.flags", "disclosure.security-txt", "headers.security", "http.redirects-to-https",
        "ports.not-public", "tls.certificate", "tls.minimum-version",
      ]))
  }

  @Test(arguments: networkProbes.map { $0.manual.id })
  func unknownWithoutURL(_ id: String) async throws {
    let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters())
    for target in [nil, Target(hosts: ["web1"])] {
      let context = ProbeContext(
        target: target, authorised: [testHost], hostName: "tester", now: .real, active: true)
      let finding = await probe.run(in: context)
      #expect(finding.verdict == .unknown)
      #expect(finding.message == "no URL is configured for this launch")
      #expect(finding.hint == "add targets: - url: https://… to launchgate.yaml")
    }
  }

  @Test(arguments: networkProbes.map { $0.manual.id })
  func contactsNothingThatIsNotAuthorised(_ id: String) async throws {
    let server = try await ScriptedServer.start(.close)
    let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters())
    for authorised in [[], ["other.test"], ["\(testHost):8443"]] {
      let finding = await probe.run(
        in: .local(https: server.port, http: server.port, authorised: authorised))
      #expect(finding.verdict == .unknown)
      #expect(finding.message.contains("not among the authorised targets"))
      #expect(finding.hint?.contains("authorised:") == true)
    }
    #expect(server.connections == 0)
  }

  @Test(arguments: networkProbes.map { $0.manual.id })
  func unknownWhenNothingListens(_ id: String) async throws {
    let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters())
    let finding = await probe.run(in: .local(timeout: .seconds(5)))
    #expect(finding.verdict == .unknown, "\(finding.summary)")
    #expect(finding.vantage == Vantage(host: "tester", network: .loopback))
  }

  @Test(arguments: networkProbes.map { $0.manual.id })
  func unknownWhenTheNameDoesNotResolve(_ id: String) async throws {
    let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters())
    let context = ProbeContext(
      target: Target(url: "https://nowhere.invalid"), authorised: ["nowhere.invalid"],
      hostName: "tester", now: .real, timeout: .seconds(10))
    let finding = await probe.run(in: context)
    #expect(finding.verdict == .unknown)
    #expect(finding.hint?.isEmpty == false)
  }

  @Test(arguments: networkProbes.map { $0.manual.id })
  func unknownWhenTheURLCannotBeRead(_ id: String) async throws {
    let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters())
    let context = ProbeContext(
      target: Target(url: "https://user:secret@shop.test"), authorised: [testHost],
      hostName: "tester", now: .real)
    let finding = await probe.run(in: context)
    #expect(finding.verdict == .unknown)
    #expect(!finding.summary.contains("secret"))
  }

  @Test func unknownWithoutReadableAuthorityFile() async throws {
    let server = try await ScriptedServer.start(.close)
    let finding = await TLSCertificateProbe(parameters: Parameters()).run(
      in: .local(https: server.port, caFile: "/nowhere/ca.pem"))
    #expect(finding.verdict == .unknown)
    #expect(server.connections == 0)
  }
}
