import Checklist
import Testing

@testable import Probes

@Suite struct PortsNotPublicProbeTests {
  typealias Probe = PortsNotPublicProbe

  static func judge(
    _ states: [Int: PortState], reachable: Bool = true, network: Vantage.Network = .internet,
    addresses: Int = 1
  ) -> Finding {
    Probe.judge(
      [.init(address: "203.0.113.5", isReachable: reachable, states: states)],
      states.keys.sorted(), network: network, addresses: addresses)
  }

  static let closed: [Int: PortState] = [5432: .refused, 6379: .filtered, 3306: .rejected]

  @Test func passesWhereAllAreClosedBesideAPortThatAnswers() {
    let finding = Self.judge(Self.closed)
    #expect(finding.verdict == .pass)
    #expect(finding.facts == ["open": "none", "ports": "3306 5432 6379"])
    #expect(finding.coverage == ["ports": 3, "addresses": 1])
  }

  @Test func failsWhereOneIsOpen() {
    for reachable in [true, false] {
      let finding = Self.judge(Self.closed.merging([6379: .open]) { $1 }, reachable: reachable)
      #expect(finding.verdict == .fail)
      #expect(finding.message == "open to the internet: 6379")
      #expect(finding.details.first?.text == "203.0.113.5 port 6379: open")
    }
  }

  @Test func unknownIsWhatProvesNothing() {
    #expect(Self.judge(Self.closed, reachable: false).verdict == .unknown)
    #expect(Self.judge(Self.closed, addresses: 2).verdict == .unknown)
    let unseen = Self.closed.merging([1: .unobserved("no time left")]) { $1 }
    #expect(Self.judge(unseen).verdict == .unknown)
    #expect(Probe.judge([], [1], network: .internet, addresses: 0).verdict == .unknown)
  }

  @Test(arguments: [Vantage.Network.loopback, .privateNetwork, .local])
  func fromInsideNothingIsProvenEitherWay(_ network: Vantage.Network) {
    let finding = Self.judge(Self.closed.merging([6379: .open]) { $1 }, network: network)
    #expect(finding.verdict == .unknown)
    #expect(finding.details.contains(.init(.unknown, "203.0.113.5 port 6379: open")))
    #expect(finding.facts.isEmpty)
  }

  @Test func looksEvenFromInsideButConcludesNothing() async throws {
    let open = try await ScriptedServer.start(.close)
    var context = ProbeContext.local(authorised: ["127.0.0.1"])
    context.target = Target(url: "https://127.0.0.1")
    let probe = Probe(parameters: Parameters(["ports": .array([.integer(open.port)])]))
    let finding = await probe.run(in: context)
    #expect(finding.verdict == .unknown)
    #expect(finding.details.map(\.text) == ["127.0.0.1 port \(open.port): open"])
    #expect(try await open.wasContacted())
  }

  @Test func unknownWhereOnlySomePortsAreAuthorised() async {
    var context = ProbeContext.local(authorised: ["127.0.0.1:443"])
    context.target = Target(url: "https://127.0.0.1")
    let finding = await Probe(parameters: Parameters()).run(in: context)
    #expect(finding.verdict == .unknown)
    #expect(finding.message == "not all of the ports are authorised")
  }

  @Test func unknownThroughAProxy() async {
    var context = ProbeContext.local(authorised: ["127.0.0.1"])
    context.target = Target(url: "https://127.0.0.1", proxy: "http://127.0.0.1:3128")
    let finding = await Probe(parameters: Parameters()).run(in: context)
    #expect(finding.message == "ports cannot be seen through a proxy")
  }

  @Test(arguments: [[], [0], [70_000], Array(1...65)])
  func unknownForListsThatCannotBeLookedAt(_ ports: [Int]) async {
    let parameters = Parameters(["ports": .array(ports.map(JSONValue.integer))])
    let finding = await Probe(parameters: parameters).run(in: .local())
    #expect(finding.verdict == .unknown)
    #expect(finding.hint?.contains("1 to 64") == true)
  }
}
