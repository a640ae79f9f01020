import Checklist
import NIOSSL
import Testing

@testable import Probes

@Suite struct TLSMinimumVersionProbeTests {
  static let no = HelloAnswer.alert(70)

  static func yes(_ version: ProtocolVersion) -> HelloAnswer {
    .accepted(version, suite: version == .tls13 ? 0x1301 : 0xC02F)
  }

  static func seen(
    _ special: [ProtocolVersion: HelloAnswer] = [:], weak: HelloAnswer = no
  ) -> TLSMinimumVersionProbe.Observation {
    let good: [ProtocolVersion: HelloAnswer] = [
      .ssl3: no, .tls10: no, .tls11: no, .tls12: yes(.tls12), .tls13: yes(.tls13),
    ]
    return .init(answers: good.merging(special) { $1 }, weak: weak)
  }

  static let cases: [(String, TLSMinimumVersionProbe.Observation, Finding.Verdict)] = [
    ("modern", seen(), .pass),
    ("without 1.3", seen([.tls13: no]), .pass),
    ("without 1.2", seen([.tls12: no]), .pass),
    ("1.1 chooses 1.0", seen([.tls11: yes(.tls10)]), .fail),
    ("SSL 3.0", seen([.ssl3: yes(.ssl3)]), .fail),
    ("1.0", seen([.tls10: yes(.tls10)]), .fail),
    ("1.1", seen([.tls11: yes(.tls11)]), .fail),
    ("1.0, others unseen", seen([.tls10: yes(.tls10), .tls11: .unobserved(.timedOut)]), .fail),
    ("only old ones", seen([.tls10: yes(.tls10), .tls12: no, .tls13: no]), .fail),
    ("everything refused", seen([.tls12: no, .tls13: no]), .fail),
    ("weak suite", seen(weak: .accepted(.tls12, suite: 0x000A)), .fail),
    ("weak suite in an old hello", seen([.tls12: .accepted(.tls12, suite: 0x0005)]), .fail),
    ("SSL 3.0 unseen", seen([.ssl3: .unobserved(.timedOut)]), .unknown),
    ("1.1 unseen", seen([.tls11: .unobserved(.closed)]), .unknown),
    ("1.2 unseen", seen([.tls12: .unobserved(.timedOut)]), .unknown),
    ("1.3 unseen", seen([.tls13: .unobserved(.timedOut)]), .unknown),
    ("weak unseen", seen(weak: .unobserved(.timedOut)), .unknown),
    ("closed without alert", seen([.ssl3: .silent, .tls10: .silent]), .pass),
    ("internal error on old ones", seen([.tls10: .alert(80)]), .pass),
    ("unknown name", seen([.tls10: .alert(112)]), .unknown),
    ("access denied", seen([.tls10: .alert(49)]), .unknown),
    (
      "silent on everything",
      .init(
        answers: Dictionary(uniqueKeysWithValues: ProtocolVersion.allCases.map { ($0, .silent) }),
        weak: .silent), .unknown
    ),
    (
      "in trouble with everything",
      .init(
        answers: Dictionary(
          uniqueKeysWithValues: ProtocolVersion.allCases.map { ($0, .alert(80)) }),
        weak: .alert(80)), .unknown
    ),
    ("nothing at all", .init(answers: [:], weak: .unobserved(.timedOut)), .unknown),
  ]

  @Test(arguments: cases.indices)
  func judges(_ index: Int) {
    let (name, seen, verdict) = Self.cases[index]
    let finding = TLSMinimumVersionProbe.judge(seen, Parameters())
    #expect(finding.verdict == verdict, "\(name): \(finding.summary)")
    #expect(finding.details.count == 6)
  }

  @Test func theMinimumIsAParameter() {
    let strict = Parameters(["minimum": .string("1.3")])
    #expect(TLSMinimumVersionProbe.judge(Self.seen(), strict).verdict == .fail)
    #expect(TLSMinimumVersionProbe.judge(Self.seen([.tls12: Self.no]), strict).verdict == .pass)
    let odd = Parameters(["minimum": .string("2.0")])
    #expect(TLSMinimumVersionProbe.judge(Self.seen(), odd).verdict == .unknown)
  }

  @Test func factsNameWhatIsAccepted() {
    let finding = TLSMinimumVersionProbe.judge(Self.seen(), Parameters())
    #expect(finding.facts == ["accepted": "1.2 1.3", "weak-suite": "none"])
    let weak = TLSMinimumVersionProbe.judge(
      Self.seen(weak: .accepted(.tls12, suite: 0x000A)), Parameters())
    #expect(weak.facts["weak-suite"] == "RSA_WITH_3DES_EDE_CBC_SHA")
  }

  static func run(_ server: HelloServer) async throws -> Finding {
    let running = try await server.start()
    return await TLSMinimumVersionProbe(parameters: Parameters()).run(
      in: .local(https: running.port))
  }

  @Test func seesOldVersionsThatNoLibraryOffers() async throws {
    for version in [ProtocolVersion.ssl3, .tls10, .tls11] {
      let finding = try await Self.run(.accepting([version, .tls12, .tls13]))
      #expect(finding.verdict == .fail)
      #expect(finding.message == "\(version.name) accepted")
      #expect(finding.facts["accepted"] == "\(version.number) 1.2 1.3")
    }
  }

  @Test func passesAServerThatRefusesByAlertOrByClosing() async throws {
    for refusal in [HelloServer.alert(70), HelloServer.alert(40), HelloServer.alert(80), []] {
      let finding = try await Self.run(.accepting([.tls12, .tls13], otherwise: refusal))
      #expect(finding.verdict == .pass, "\(finding.summary)")
      #expect(finding.reproduce?.contains("openssl s_client -connect 127.0.0.1:") == true)
    }
  }

  @Test func seesWeakSuites() async throws {
    for suite: UInt16 in [0x0002, 0xC018, 0x0003, 0x0009, 0x000A, 0xC011] {
      let finding = try await Self.run(
        .accepting([.tls12, .tls13], suites: [0xC02F, 0x1301, suite]))
      #expect(finding.verdict == .fail)
      #expect(finding.facts["weak-suite"] == CipherSuites.name(suite))
    }
  }

  @Test func isNotFooledByAServerThatAnswersNowAndThen() async throws {
    let count = Counter()
    let finding = try await Self.run(
      HelloServer { offer in
        if offer.version >= .tls12 {
          return HelloServer.accepting([.tls12, .tls13]).answer(offer)
        }
        count.increment()
        return count.value % 2 == 0 ? HelloServer.alert(80) : []
      })
    #expect(finding.verdict == .unknown, "\(finding.summary)")
  }

  @Test func passesRealServersOfTwoLibrariesVersions() async throws {
    let authority = try TestAuthority()
    for (least, most, accepted) in [
      (TLSVersion.tlsv12, TLSVersion.tlsv13, "1.2 1.3"), (.tlsv13, .tlsv13, "1.3"),
      (.tlsv12, .tlsv12, "1.2"),
    ] {
      let context = try authority.server {
        $0.minimumTLSVersion = least
        $0.maximumTLSVersion = most
      }
      let server = try await ScriptedServer.start(.close, tls: context)
      let finding = await TLSMinimumVersionProbe(parameters: Parameters()).run(
        in: .local(https: server.port))
      #expect(finding.verdict == .pass, "\(finding.summary)")
      #expect(finding.facts["accepted"] == accepted)
    }
  }

  @Test func failsARealServerWithTLS10() async throws {
    let context = try TestAuthority().server { $0.minimumTLSVersion = .tlsv1 }
    let server = try await ScriptedServer.start(.close, tls: context)
    let finding = await TLSMinimumVersionProbe(parameters: Parameters()).run(
      in: .local(https: server.port))
    #expect(finding.verdict == .fail)
    #expect(finding.message == "TLS 1.0, TLS 1.1 accepted")
  }

  @Test func unknownWhereNoTLSIsSpoken() async throws {
    let server = try await ScriptedServer.http { _ in "HTTP/1.1 400 Bad Request\r\n\r\n" }
    let finding = await TLSMinimumVersionProbe(parameters: Parameters()).run(
      in: .local(https: server.port))
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("no TLS record"))
  }
}
