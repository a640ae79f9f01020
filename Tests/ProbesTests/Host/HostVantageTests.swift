import Checklist
import Testing

@testable import Probes

@Suite struct HostVantageTests {
  static let probes = ProbeRegistry.all.filter { $0.manual.scope == .host }

  @Test func areThese() {
    #expect(Self.probes.count >= 10)
  }

  @Test(
    "says nothing about the target from a machine that is none of its hosts",
    arguments: [
      nil, [], ["web-2"], ["web-1.shop.example"],
    ] as [[String]?])
  func elsewhere(_ hosts: [String]?) async {
    for type in Self.probes {
      let context = ProbeContext(
        target: hosts.map { Target(hosts: $0) }, hostName: "web-1", now: .real,
        environment: ["PATH": "/usr/bin:/bin"])
      let probe = type.init(parameters: Parameters(["paths": .strings(["/"])]))
      let finding = await probe.run(in: context)
      #expect(finding.verdict == .unknown, "\(type.manual.id)")
      #expect(finding.message == "web-1 is not one of the target's hosts", "\(type.manual.id)")
      #expect(finding.hint?.contains("hosts") == true)
    }
  }

  @Test("concludes on a real machine, whatever it is")
  func here() async {
    let context = ProbeContext(
      target: Target(hosts: ["WEB-1"]), hostName: "web-1", now: .real, timeout: .seconds(60),
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    for type in Self.probes {
      let probe = type.init(parameters: Parameters(["paths": .strings(["/"])]))
      let finding = await probe.run(in: context)
      #expect(!finding.message.isEmpty && finding.reproduce != nil, "\(type.manual.id)")
      #expect(finding.vantage == Vantage(host: "web-1", network: .local), "\(type.manual.id)")
      #expect(finding.verdict == .pass || finding.hint != nil, "\(type.manual.id)")
    }
  }

  @Test(
    "refuses a check that it does not know",
    arguments: probes.filter {
      $0.manual.parameters.contains { $0.name == "checks" }
    }.map { $0.manual.id })
  func wrongCheck(_ id: String) async throws {
    let type = try #require(ProbeRegistry.probe(id))
    for checks in [[], ["nothing"]] {
      let probe = type.init(parameters: Parameters(["checks": .strings(checks)]))
      let context = ProbeContext(
        target: Target(hosts: ["web-1"]), hostName: "web-1", now: .real)
      #expect(await probe.run(in: context).verdict == .unknown)
    }
  }
}
