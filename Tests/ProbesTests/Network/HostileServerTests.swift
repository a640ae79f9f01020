import Checklist
import Testing

@testable import Probes

/// Whatever a server does, a probe ends in time, in bounded memory and never green.
@Suite struct HostileServerTests {
  static let scripts: [(String, ScriptedServer.Script)] = [
    ("silence", .silence), ("reset", .reset), ("close", .close),
    ("garbage", .answer(Array("\u{1}\u{2}\u{3} garbage \u{0}\r\n\r\n".utf8))),
    ("half a record", .answer([0x16, 3, 3, 0x10])),
    ("empty records", .endless([], [0x16, 3, 3, 0, 0])),
    ("records of garbage", .endless([], [0x16, 3, 3, 0, 4, 9, 9, 9, 9])),
    ("warnings without end", .endless([], [0x15, 3, 3, 0, 2, 1, 112])),
    ("a byte a second", .drip([UInt8](repeating: 0x16, count: 60))),
    ("a ServerHello without end", .endless([0x16, 3, 3, 0x40, 0, 2, 0, 0x3F, 0xFF], [0])),
  ]

  @Test(
    arguments: networkProbes.map { $0.manual.id }.filter { $0 != "ports.not-public" },
    scripts.indices)
  func unknownOnAnyHostileServer(_ id: String, _ index: Int) async throws {
    let (name, script) = Self.scripts[index]
    let server = try await ScriptedServer.start(script)
    let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters())
    let context = ProbeContext.local(
      https: server.port, http: server.port, timeout: .seconds(6),
      services: [22: server.port, 5432: server.port, 6379: server.port])
    let clock = ContinuousClock()
    let start = clock.now
    let finding = await probe.run(in: context)
    #expect(finding.verdict == .unknown, "\(name): \(finding.summary)")
    #expect(finding.hint?.isEmpty == false)
    #expect(clock.now - start < .seconds(60))
    #expect(try await server.wasContacted(), "\(name): \(finding.summary)")
  }

  static let answers: [(String, ScriptedServer.Script)] = [
    ("silence", .silence), ("close", .close),
    ("header fields without end", .endless(bytes("HTTP/1.1 200 OK\r\n"), bytes("A: b\r\n"))),
    ("one field without end", .endless(bytes("HTTP/1.1 200 OK\r\nA: "), bytes(filler))),
    ("informational answers", .endless([], bytes("HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"))),
    ("a loop", .answer(bytes("HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n"))),
    ("no status", .answer(bytes("HTTP/1.1\r\n\r\n"))),
    ("an old protocol", .answer(bytes("ICY 200 OK\r\n\r\n"))),
    ("half a head", .answer(bytes("HTTP/1.1 200 OK\r\nStrict-Transport-Sec"))),
    ("a byte a second", .drip(bytes("HTTP/1.1 200 OK\r\nServer: slow\r\nA: b\r\n\r\n"))),
    ("an error", .answer(bytes("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"))),
  ]

  static let filler = String(repeating: "x", count: 4_096)

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(
    arguments: [
      "cookies.flags", "cors.origins", "disclosure.security-txt", "headers.banner",
      "headers.security", "http",
    ], answers.indices)
  func unknownOnAnyHostileAnswer(_ id: String, _ index: Int) async throws {
    let (name, script) = Self.answers[index]
    let authority = try TestAuthority.shared.get()
    let server = try await ScriptedServer.start(script, tls: authority.server())
    let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters())
    let finding = await probe.run(
      in: .local(https: server.port, caFile: authority.file, timeout: .seconds(6)))
    #expect(finding.verdict == .unknown, "\(name): \(finding.summary)")
    #expect(finding.hint?.isEmpty == false)
    #expect(finding.transcript.utf8.count <= 65_536)
    #expect(try await server.wasContacted(), "\(name): \(finding.summary)")
  }

  @Test(arguments: [2, 3, 4, 6, 7, 8, 9])
  func redirectsAreUnknownOnHostilePlainAnswers(_ index: Int) async throws {
    let server = try await ScriptedServer.start(Self.answers[index].1)
    let finding = await HTTPRedirectsToHTTPSProbe(parameters: Parameters()).run(
      in: .local(http: server.port, timeout: .seconds(6)))
    #expect(finding.verdict == .unknown, "\(Self.answers[index].0): \(finding.summary)")
  }

  @Test func aHugeSecurityTxtIsNotSwallowed() async throws {
    let head = Self.bytes("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n")
    let authority = try TestAuthority.shared.get()
    let server = try await ScriptedServer.start(
      .endless(head, Self.bytes("Contact: mailto:a@b.example\n")), tls: authority.server())
    let finding = await DisclosureSecurityTxtProbe(parameters: Parameters()).run(
      in: .local(https: server.port, caFile: authority.file))
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("larger than allowed"))
  }

  @Test func aCompressedBodyIsNeverUnpacked() async throws {
    let authority = try TestAuthority.shared.get()
    let server = try await ScriptedServer.http(tls: authority.server()) { _ in
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        + "Content-Length: 4\r\n\r\n\u{1F}zip"
    }
    let finding = await DisclosureSecurityTxtProbe(parameters: Parameters()).run(
      in: .local(https: server.port, caFile: authority.file))
    #expect(finding.verdict == .fail)
    #expect(finding.coverage["bytes"] == 4)
  }

  @Test func aCancelledProbeReturnsAtOnce() async throws {
    let server = try await ScriptedServer.start(.silence)
    let context = ProbeContext.local(https: server.port, timeout: .seconds(30))
    let clock = ContinuousClock()
    let start = clock.now
    let task = Task { await TLSCertificateProbe(parameters: Parameters()).run(in: context) }
    try await Task.sleep(for: .milliseconds(200))
    task.cancel()
    #expect(await task.value.verdict == .unknown)
    #expect(clock.now - start < .seconds(20))
  }
}
