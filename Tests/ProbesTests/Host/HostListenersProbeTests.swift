import Checklist
import Foundation
import Glibc
import Testing

@testable import Probes

@Suite struct HostListenersProbeTests {
  private static let head =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"

  private static func line(_ address: String, _ state: String = "0A", inode: Int = 1) -> String {
    "   0: \(address) 00000000:0000 \(state) 00000000:00000000 00:00000000 00000000   0   0 \(inode) 1\n"
  }

  private func judge(
    tcp: [String] = [], tcp6: [String] = [], udp: [String] = [],
    _ values: [String: JSONValue] = [:]
  ) throws -> Finding {
    let copy = try MachineCopy([
      "/proc/net/tcp": Self.head + tcp.joined(), "/proc/net/tcp6": Self.head + tcp6.joined(),
      "/proc/net/udp": Self.head + udp.joined(), "/proc/net/udp6": Self.head,
    ])
    return HostListenersProbe(parameters: Parameters(values)).look(at: copy.machine())
  }

  // 5432 is 1538, 22 is 0016, 443 is 01BB, 6379 is 18EB, 8000 is 1F40.
  @Test(arguments: [
    [], [line("0100007F:1538")], [line("0F00000A:1538")], [line("00000000:0016")],
    [line("00000000:01BB"), line("00000000:0050")], [line("00000000:1538", "01")],
    [line("3500007F:18EB")],
  ])
  func passes(_ lines: [String]) throws {
    let finding = try judge(tcp: lines)
    #expect(finding.verdict == .pass, "\(finding.summary)")
  }

  @Test func passesOnLoopbackAndUniqueLocalAddressesOfIPv6() throws {
    let finding = try judge(tcp6: [
      Self.line("00000000000000000000000001000000:1538"),
      Self.line("000000FD000000000000000001000000:1538"),
      Self.line("0000000000000000FFFF00000100007F:1538"),
    ])
    #expect(finding.verdict == .pass, "\(finding.summary)")
  }

  @Test(arguments: [
    ("00000000:1538", "tcp 0.0.0.0:5432"), ("00000000:18EB", "tcp 0.0.0.0:6379"),
    ("0571CB08:1538", "tcp 8.203.113.5:5432"),
  ])
  func failsOnADatabaseForAll(_ address: String, _ name: String) throws {
    let finding = try judge(tcp: [Self.line(address)])
    #expect(finding.verdict == .fail)
    #expect(finding.message.hasPrefix(name), "\(finding.summary)")
    #expect(finding.facts["listeners"] == name)
  }

  @Test func failsOverIPv6() throws {
    for address in [
      "00000000000000000000000000000000", "B80D0120000000000000000001000000",
      "0000000000000000FFFF00000571CB08",
    ] {
      let finding = try judge(tcp6: [Self.line("\(address):1538")])
      #expect(finding.verdict == .fail, "\(address) \(finding.summary)")
    }
  }

  @Test func asksAboutAnythingElse() throws {
    #expect(try judge(tcp: [Self.line("00000000:1F40")]).verdict == .review)
    #expect(try judge(udp: [Self.line("00000000:0202", "07")]).verdict == .review)
    let only: [String: JSONValue] = ["checks": .strings(["private-ports"])]
    #expect(try judge(tcp: [Self.line("00000000:1F40")], only).verdict == .pass)
    let allowed: [String: JSONValue] = ["allowed": .array([.integer(8000)])]
    #expect(try judge(tcp: [Self.line("00000000:1F40")], allowed).verdict == .pass)
    #expect(try judge(tcp: [Self.line("00000000:0016")], allowed).verdict == .review)
  }

  @Test(arguments: [
    "junk\n", "   0: 00000000:XXXX 00000000:0000 0A 0:0 0:0 0 0 0 1 1\n",
    "   0: 0000:1538 00000000:0000 0A 0:0 0:0 0 0 0 1 1\n",
  ])
  func unknownWhereATableMakesNoSense(_ line: String) throws {
    #expect(try judge(tcp: [line]).verdict == .unknown)
  }

  @Test func unknownWithoutATable() throws {
    let probe = HostListenersProbe(parameters: Parameters())
    #expect(probe.look(at: try MachineCopy().machine()).verdict == .unknown)
  }

  @Test("sees a socket that listens now, and not the same one on loopback")
  func real() throws {
    for (host, isPublic) in [("0.0.0.0", true), ("127.0.0.1", false)] {
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(listener) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      inet_pton(AF_INET, host, &address.sin_addr)
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let port = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw -> Int in
          guard bind(listener, raw, length) == 0, listen(listener, 1) == 0 else { return 0 }
          getsockname(listener, raw, &length)
          return Int(
            raw.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
              UInt16(bigEndian: $0.pointee.sin_port)
            })
        }
      }
      let probe = HostListenersProbe(
        parameters: Parameters([
          "private": .array([.integer(port)]), "checks": .strings(["private-ports"]),
        ]))
      let finding = probe.look(at: .real)
      #expect(finding.verdict == (isPublic ? .fail : .pass), "\(finding.summary)")
    }
  }
}
