import Checklist
import Testing

@testable import Probes

@Suite struct TLSCipherSuitesProbeTests {
  typealias Probe = TLSCipherSuitesProbe

  @Test func theRegistryIsWhole() {
    #expect(CipherSuite.all.count == 232)
    #expect(Set(CipherSuite.all.map(\.number)).count == 232)
    let known = Set(CipherSuite.all.map(\.number))
    #expect(known.isSuperset(of: CipherSuites.broad + CipherSuites.tls13))
    // One list of names must not contradict the other.
    for (number, name) in CipherSuites.weak { #expect(CipherSuite.of(number).name == name) }
    #expect(CipherSuite.offered(in: .tls13).count == 7)
    #expect(CipherSuite.offered(in: .tls10).allSatisfy { !CipherSuite.of($0).name.contains("GCM") })
  }

  @Test(
    arguments: [
      (0x1301, "ok"), (0xC02F, "ok"), (0xCCA9, "ok"), (0x1305, "old"), (0x009E, "old"),
      (0xC013, "old"), (0x002F, "old"), (0x009C, "old"), (0xC004, "old"), (0xC0AE, "old"),
      (0xC0B4, "no encryption"), (0x003B, "no encryption"), (0xC018, "no authentication"),
      (0x0003, "export strength"), (0x0062, "export strength"), (0x0005, "RC4"), (0x000A, "3DES"),
      (0xC012, "3DES"), (0x0009, "DES"), (0xC015, "no encryption"),
    ] as [(UInt16, String)])
  func gradesSuites(_ number: UInt16, _ expected: String) {
    switch CipherSuite.of(number).standing {
    case .recommended: #expect(expected == "ok")
    case .outdated: #expect(expected == "old")
    case .broken(let why): #expect(expected == why)
    }
  }

  @Test func everyWeakSuiteIsBroken() {
    for (number, name) in CipherSuites.weak {
      guard case .broken = CipherSuite.of(number).standing else {
        Issue.record("\(name) is not broken")
        continue
      }
    }
  }

  static func seen(
    _ suites: [UInt16], gaps: [ProtocolVersion: NetworkFailure] = [:],
    group: Probe.Observation.Group = .unused
  ) -> Probe.Observation {
    .init(
      accepted: suites.isEmpty ? [:] : [.tls12: suites.map(CipherSuite.of)], gaps: gaps,
      group: group)
  }

  static let cases: [(String, Probe.Observation, Finding.Verdict)] = [
    ("recommended", seen([0xC02F, 0xCCA8]), .pass), ("CBC", seen([0xC02F, 0xC013]), .review),
    ("static RSA", seen([0x009C]), .review), ("3DES", seen([0xC02F, 0x000A]), .fail),
    ("nothing accepted", seen([]), .unknown),
    ("a gap", seen([0xC02F], gaps: [.tls10: .timedOut]), .unknown),
    ("a gap beside CBC", seen([0xC013], gaps: [.tls13: .closed]), .unknown),
    ("a gap beside RC4", seen([0x0005], gaps: [.tls13: .closed]), .fail),
    ("a large group", seen([0xC02F], group: .bits(2_048)), .pass),
    ("a small group", seen([0xC02F], group: .bits(1_024)), .fail),
    ("a group unseen", seen([0xC02F], group: .unobserved(.timedOut)), .unknown),
  ]

  @Test(arguments: cases.indices) func judges(_ index: Int) {
    let (name, seen, verdict) = Self.cases[index]
    let finding = Probe.judge(seen, Parameters())
    #expect(finding.verdict == verdict, "\(name): \(finding.summary)")
  }

  @Test func aChecklistMayAcceptMoreButNothingBroken() {
    let cbc = Parameters(["accepted": .strings(["ECDHE_RSA_WITH_AES_128_CBC_SHA"])])
    #expect(Probe.judge(Self.seen([0xC02F, 0xC013]), cbc).verdict == .pass)
    #expect(Probe.judge(Self.seen([0xC02F, 0xC014]), cbc).verdict == .review)
    let rc4 = Parameters(["accepted": .strings(["RSA_WITH_RC4_128_SHA"])])
    #expect(Probe.judge(Self.seen([0x0005]), rc4).verdict == .fail)
    let odd = Parameters(["accepted": .strings(["ECDHE-RSA-AES128-SHA"])])
    #expect(Probe.judge(Self.seen([0xC02F]), odd).verdict == .unknown)
    let bits = Parameters(["dh-bits": .integer(3_072)])
    #expect(Probe.judge(Self.seen([0xC02F], group: .bits(2_048)), bits).verdict == .fail)
  }

  static func run(_ server: HelloServer, timeout: Duration = .seconds(20)) async throws -> Finding {
    let running = try await server.start()
    return await Probe(parameters: Parameters()).run(
      in: .local(https: running.port, timeout: timeout))
  }

  @Test func findsEverySuiteOfAServerWhateverItPrefers() async throws {
    let suites: [UInt16] = [0x1301, 0x1303, 0xC02F, 0xC030, 0xC013, 0x002F, 0x000A, 0xC061]
    let finding = try await Self.run(.accepting([.tls10, .tls12, .tls13], suites: suites))
    #expect(finding.verdict == .fail)
    #expect(finding.message == "TLS 1.0 accepts RSA_WITH_3DES_EDE_CBC_SHA: 3DES and 1 more")
    #expect(
      finding.facts["TLS 1.3"] == "AES_128_GCM_SHA256 CHACHA20_POLY1305_SHA256",
      "\(finding.summary)")
    #expect(finding.facts["TLS 1.2"]?.split(separator: " ").count == 6)
    #expect(finding.facts["TLS 1.0"]?.split(separator: " ").count == 3)
  }

  @Test func passesAModernServerThatRefusesByAlertOrByClosing() async throws {
    for refusal in [HelloServer.alert(40), HelloServer.alert(80), []] {
      let finding = try await Self.run(
        .accepting([.tls12, .tls13], suites: [0x1302, 0xC02F], otherwise: refusal))
      #expect(finding.verdict == .pass, "\(finding.summary)")
    }
  }

  @Test func aServerThatFallsSilentUnderManyConnectionsHasRefusedNothing() async throws {
    let count = Counter()
    let finding = try await Self.run(
      HelloServer { offer in
        count.increment()
        guard count.value <= 6 else { return [] }
        return HelloServer.accepting([.tls12, .tls13], suites: [0x1301, 0xC02F]).answer(offer)
      })
    #expect(finding.verdict == .unknown, "\(finding.summary)")
  }

  @Test func aServerThatAcceptsWithoutEndIsBoundedInTime() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    // It takes whatever comes first and answers slowly.
    let server = try await ScriptedServer.start(.drip([UInt8](repeating: 0x16, count: 90)))
    let finding = await Probe(parameters: Parameters()).run(
      in: .local(https: server.port, timeout: .seconds(3)))
    #expect(finding.verdict == .unknown)
    #expect(clock.now - start < .seconds(15))
  }

  static func keyExchange(bits: Int, leading: [UInt8] = [0xFF]) -> [UInt8] {
    let prime = leading + [UInt8](repeating: 1, count: bits / 8 - 1)
    return UInt16(prime.count).wire + prime + [0, 1, 2, 0, 1, 4]
  }

  static func message(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
    [type, 0] + UInt16(body.count).wire + body
  }

  @Test func readsTheSizeOfTheGroup() throws {
    for (body, bits) in [
      (Self.keyExchange(bits: 1_024), 1_024), (Self.keyExchange(bits: 2_048), 2_048),
      (Self.keyExchange(bits: 1_024, leading: [0x01]), 1_017), ([0, 3, 0, 0, 9], 4),
    ] {
      let bytes = HelloServer.record(
        Self.message(2, [1, 2, 3]) + Self.message(11, [4]) + Self.message(12, body))
      var whole = GroupSizeReader()
      #expect(whole.read(bytes) == .success(bits))
      var pieces = GroupSizeReader()
      let answers = bytes.compactMap { pieces.read(CollectionOfOne($0)) }
      #expect(answers == [.success(bits)])
    }
  }

  @Test func aGroupThatIsNotThereIsNoAnswer() {
    let wrong: [[UInt8]] = [
      HelloServer.alert(40), HelloServer.record(Self.message(14, [])),
      HelloServer.record(Self.message(12, [0])), HelloServer.record(Self.message(12, [9, 9, 1])),
      Array("HTTP/1.1 400\r\n".utf8), HelloServer.record(Self.message(12, [0, 0])),
    ]
    for bytes in wrong {
      var reader = GroupSizeReader()
      guard case .failure = reader.read(bytes) else {
        Issue.record("\(bytes) is taken for a group")
        continue
      }
    }
    var reader = GroupSizeReader()
    let part = HelloServer.record(Self.message(11, [UInt8](repeating: 0, count: 16_000)))
    let answers = (0..<8).compactMap { _ in reader.read(part) }
    #expect(answers.first == .failure(.tooLarge("TLS records")))
  }

  @Test func aSmallGroupOfAServerFails() async throws {
    let suite: UInt16 = 0x009E
    let finding = try await Self.run(
      HelloServer { offer in
        guard offer.version == .tls12, offer.suites.contains(suite) else {
          return HelloServer.alert(40)
        }
        return HelloServer.serverHello(.tls12, suite)
          + HelloServer.record(Self.message(12, Self.keyExchange(bits: 1_024)))
      })
    #expect(finding.verdict == .fail)
    #expect(finding.facts["dh-bits"] == "1024", "\(finding.summary)")
  }
}
