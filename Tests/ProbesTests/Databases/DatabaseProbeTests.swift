import Checklist
import Foundation
import Glibc
import Testing

@testable import Probes

@Suite struct DatabaseProbeTests {
  static func redis(_ answer: [UInt8]) -> DialogueStep<RedisPingDialogue.Answer> {
    var dialogue = RedisPingDialogue()
    return dialogue.read(answer)
  }

  static func verdict(_ text: String, _ network: Vantage.Network) -> Finding.Verdict {
    switch redis(Array(text.utf8)) {
    case .done(let answer):
      RedisAuthenticationProbe.judge(.success(answer), network: network).verdict
    case .failed(let failure):
      RedisAuthenticationProbe.judge(.failure(failure), network: network).verdict
    case .wait, .send: .unknown
    }
  }

  @Test(arguments: [
    ("+PONG\r\n", Finding.Verdict.fail, Finding.Verdict.fail),
    ("-NOAUTH Authentication required.\r\n", .pass, .fail),
    ("-DENIED Redis is running in protected mode\r\n", .review, .fail),
    ("-ERR max number of clients reached\r\n", .unknown, .unknown),
    ("-LOADING Redis is loading the dataset in memory\r\n", .unknown, .unknown),
    ("HTTP/1.1 400 Bad Request\r\n", .unknown, .unknown), ("+PONGO\r\n", .unknown, .unknown),
    ("-NOAUTHENTICATION\r\n", .unknown, .unknown), ("-NOAUTH", .unknown, .unknown),
    ("\r\n", .unknown, .unknown), ("-\r\n", .unknown, .unknown),
  ])
  func judgesPING(_ answer: String, _ near: Finding.Verdict, _ internet: Finding.Verdict) {
    #expect(Self.verdict(answer, .privateNetwork) == near)
    #expect(Self.verdict(answer, .internet) == internet)
  }

  static let accepted = HelloAnswer.accepted(.tls13, suite: 0x1301)

  static let postgres: [(PostgresTLSProbe.Observation, Finding.Verdict, Finding.Verdict)] = [
    (.init(modern: .success(.refused)), .fail, .review),
    (
      .init(modern: .success(.offered(accepted)), outdated: .success(.offered(.alert(70)))),
      .pass, .pass
    ),
    (
      .init(
        modern: .success(.offered(.alert(70))),
        older: .success(.offered(.accepted(.tls12, suite: 0xC02F))),
        outdated: .success(.offered(.silent))), .pass, .pass
    ),
    (
      .init(
        modern: .success(.offered(accepted)),
        outdated: .success(.offered(.accepted(.tls11, suite: 0xC013)))), .fail, .fail
    ),
    (.init(modern: .success(.offered(accepted)), outdated: .failure(.closed)), .unknown, .unknown),
    (.init(modern: .success(.offered(accepted))), .unknown, .unknown),
    (
      .init(
        modern: .success(.offered(.alert(70))),
        older: .success(.offered(.accepted(.tls10, suite: 0xC013)))), .fail, .fail
    ),
    (
      .init(modern: .success(.offered(.alert(70))), older: .success(.offered(.alert(40)))),
      .unknown, .unknown
    ),
    (.init(modern: .success(.offered(.alert(70))), older: .failure(.closed)), .unknown, .unknown),
    (.init(modern: .failure(.refused)), .unknown, .unknown),
  ]

  @Test(arguments: postgres.indices) func judgesTheOffer(_ index: Int) {
    let (seen, remote, near) = Self.postgres[index]
    #expect(PostgresTLSProbe.judge(seen, network: .internet).verdict == remote)
    #expect(PostgresTLSProbe.judge(seen, network: .loopback).verdict == near)
  }

  @Test func anOfferIsBelievedOnlyWithAServerHello() throws {
    for (answer, isBelieved) in [
      (HelloServer.serverHello(.tls12, 0xC02F), true), (Array("garbage".utf8), false),
      (HelloServer.alert(40), false),
    ] {
      var dialogue = PostgresTLSDialogue(.tls12, host: testHost)
      guard case .send = dialogue.read([UInt8(ascii: "S")]) else {
        Issue.record("no hello is sent")
        return
      }
      guard case .done(.offered(let answer)) = dialogue.read(answer) else {
        Issue.record("no answer")
        continue
      }
      #expect(answer.isAcceptance == isBelieved)
    }
    for odd in ["E", "SS", "HTTP/1.1 400\r\n", "N\0"] {
      var dialogue = PostgresTLSDialogue(.tls13, host: testHost)
      guard case .failed = dialogue.read(Array(odd.utf8)) else {
        Issue.record("\(odd) is taken for an answer")
        continue
      }
    }
  }

  @Test(.enabled(if: Tools.arePresent("redis-server"), "needs redis-server"))
  func aRealRedisWithAndWithoutAPassword() async throws {
    for (options, verdict) in [([], Finding.Verdict.fail), (["--requirepass", "x"], .pass)] {
      let folder = try TemporaryFolder()
      let port = try await ScriptedServer.start(.close).port
      let pid = try await Tools.serve(
        "redis-server",
        ["--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--dir", folder.path] + options)
      defer { kill(pid, SIGKILL) }
      let context = ProbeContext.local(services: [6379: port])
      var finding = Finding.unknown("not asked", hint: "")
      for _ in 0..<100 where finding.verdict == .unknown {
        try await Task.sleep(for: .milliseconds(50))
        finding = await RedisAuthenticationProbe(parameters: Parameters()).run(in: context)
      }
      #expect(finding.verdict == verdict, "\(finding.summary)")
      #expect(finding.vantage.network == .loopback)
    }
  }

  @Test func theVantageIsThatOfTheService() async throws {
    // The database is on this machine, though the target is elsewhere.
    let server = try await ScriptedServer.start(.answer(Array("-NOAUTH x\r\n".utf8)))
    let context = ProbeContext(
      target: Target(
        url: "https://\(testHost)",
        resolve: ["\(testHost):443": "203.0.113.9", "db.test": "127.0.0.1:\(server.port)"]),
      authorised: [testHost, "db.test"], hostName: "tester", now: .real, active: true)
    let probe = RedisAuthenticationProbe(parameters: Parameters(["host": .string("db.test")]))
    let finding = await probe.run(in: context)
    #expect(finding.vantage == Vantage(host: "tester", network: .loopback))
    #expect(finding.verdict == .pass, "\(finding.summary)")
  }

  @Test(arguments: ["db.test/x", "user@db.test", "db.test:1", "", "a b", "-x"])
  func anOddHostIsNotContacted(_ host: String) async throws {
    let server = try await ScriptedServer.start(.close)
    for probe in [PostgresTLSProbe.self, RedisAuthenticationProbe.self] as [any Probe.Type] {
      let finding = await probe.init(parameters: Parameters(["host": .string(host)])).run(
        in: .local(services: [5432: server.port, 6379: server.port]))
      #expect(finding.verdict == .unknown)
    }
    #expect(server.connections == 0)
  }

  @Test func aHostThatIsNotAuthorisedIsNotContacted() async throws {
    let server = try await ScriptedServer.start(.close)
    var context = ProbeContext.local()
    context.target?.resolve["db.test"] = "127.0.0.1:\(server.port)"
    for probe in [
      PostgresTLSProbe.self, RedisAuthenticationProbe.self, SSHServerAlgorithmsProbe.self,
      SSHAuthenticationMethodsProbe.self,
    ] as [any Probe.Type] {
      let finding = await probe.init(parameters: Parameters(["host": .string("db.test")])).run(
        in: context)
      #expect(finding.message.contains("not among the authorised targets"), "\(finding.summary)")
    }
    #expect(server.connections == 0)
  }
}
