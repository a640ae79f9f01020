import Checklist
import Foundation
import Testing

@testable import Probes

/// All hostile servers at once, asked by every network probe at once: each look ends in time and
/// in bounded memory, none is green for what it could not see, and nobody else has to wait.
@Suite struct HostileCrowdTests {
  struct Hostility: Sendable {
    var name: String
    var script: ScriptedServer.Script
    var speaksTLS = false
  }

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static let block = [UInt8](repeating: 0x78, count: 65_536)

  static let crowd: [Hostility] = [
    .init(name: "never answers", script: .silence),
    .init(name: "never answers in TLS", script: .silence, speaksTLS: true),
    .init(name: "a byte a second", script: .drip([UInt8](repeating: 0x53, count: 60))),
    .init(
      name: "a byte a second in TLS", script: .drip(bytes("HTTP/1.1 200 OK\r\nA: b\r\n\r\n")),
      speaksTLS: true),
    .init(
      name: "header fields without end",
      script: .endless(bytes("HTTP/1.1 200 OK\r\n"), bytes("A: b\r\n")), speaksTLS: true),
    .init(
      name: "one field without end", script: .endless(bytes("HTTP/1.1 200 OK\r\nA: "), block),
      speaksTLS: true),
    .init(
      name: "a redirect loop",
      script: .answer(bytes("HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n")), speaksTLS: true),
    .init(
      name: "ten gigabytes of body",
      script: .endless(
        bytes("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10737418240\r\n\r\n"),
        block), speaksTLS: true),
    .init(
      name: "a gzip bomb",
      script: .endless(
        bytes(
          "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n"
            + "\u{1F}"), block), speaksTLS: true),
    .init(
      name: "garbage", script: .endless([], (0..<4_096).map { UInt8(truncatingIfNeeded: $0 * 7) })),
    .init(name: "garbage as TLS records", script: .endless([], [0x16, 3, 3, 0, 4, 9, 9, 9, 9])),
    .init(name: "TLS warnings", script: .endless([], [0x15, 3, 3, 0, 2, 1, 112])),
    .init(
      name: "an ssh greeting without end", script: .endless(bytes("SSH-2.0-x\r\n"), block)),
    .init(
      name: "an endless ssh packet",
      script: .endless(bytes("SSH-2.0-x\r\n") + [0, 0, 0x80, 0, 4, 20], [0])),
    .init(name: "lines without end", script: .endless([], bytes("hello\r\n"))),
    .init(name: "a reset", script: .reset),
  ]

  /// What can honestly be said of a server that completes TLS, or sends a whole head.
  static func mayPass(_ hostility: Hostility, _ id: String) -> Bool {
    guard hostility.speaksTLS else { return false }
    let isOfTLS = id.hasPrefix("tls.")
    let hasHead = ["ten gigabytes of body", "a gzip bomb"].contains(hostility.name)
    return isOfTLS || (hasHead && ["cors.origins", "headers.banner", "http"].contains(id))
  }

  @Test func everyProbeEndsAndNobodyWaits() async throws {
    let authority = try TestAuthority.shared.get()
    let good = try await ScriptedServer.start(.close, tls: authority.server())
    let watch = MemoryWatch()
    let clock = ContinuousClock()
    let probes = networkProbes.filter { $0.manual.id != "ports.not-public" }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for hostility in Self.crowd {
        let server = try await ScriptedServer.start(
          hostility.script, tls: hostility.speaksTLS ? authority.server() : nil)
        for probe in probes {
          group.addTask {
            let start = clock.now
            let finding = await probe.init(parameters: Parameters()).run(
              in: .local(
                https: server.port, http: server.port, caFile: authority.file,
                timeout: .seconds(4),
                services: [22: server.port, 5432: server.port, 6379: server.port]))
            let id = probe.manual.id
            #expect(
              finding.verdict != .pass || Self.mayPass(hostility, id),
              "\(id), \(hostility.name): \(finding.summary)")
            #expect(clock.now - start < .seconds(30), "\(id), \(hostility.name)")
            #expect(finding.transcript.utf8.count <= 65_536)
            #expect(finding.verdict == .pass || finding.hint?.isEmpty == false)
            withExtendedLifetime(server) {}
          }
        }
      }
      group.addTask {
        let start = clock.now
        let finding = await TLSCertificateProbe(parameters: Parameters()).run(
          in: .local(https: good.port, caFile: authority.file))
        #expect(finding.verdict == .pass, "\(finding.summary)")
        #expect(clock.now - start < .seconds(15), "somebody else was held up")
      }
      try await group.waitForAll()
    }
    #expect(watch.growth() < 256, "memory grew by \(watch.growth()) MiB")
  }
}

/// How much more memory the process holds than at first.
struct MemoryWatch {
  private let before = Self.resident()

  /// In MiB; 0 where the system does not tell.
  func growth() -> Int { max(0, Self.resident() - before) }

  private static func resident() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) / 1_024
  }
}
