import Checklist
import Foundation
import Glibc
import Testing

@testable import Probes

@Suite struct HostServicesAsRootProbeTests {
  private let probe = HostServicesAsRootProbe(parameters: Parameters())

  private func socket(_ port: Int, _ inode: Int) throws -> ListeningSocket {
    ListeningSocket(
      transport: .tcp, address: try #require(IPAddress("0.0.0.0")), port: port, user: 0,
      inode: inode)
  }

  @Test func asksAboutThoseOfRootAlone() throws {
    let holders: [Int: [SocketHolder]] = [
      1: [SocketHolder(name: "shop", user: 0)],
      2: [SocketHolder(name: "nginx", user: 0), SocketHolder(name: "nginx", user: 33)],
      3: [SocketHolder(name: "sshd", user: 0)], 4: [SocketHolder(name: "postgres", user: 101)],
    ]
    let sockets = try (1...4).map { try socket($0, $0) }
    let finding = probe.judge(sockets, holders: holders)
    #expect(finding.verdict == .review)
    #expect(finding.facts["as-root"] == "shop tcp 1")
    let others = try (2...4).map { try socket($0, $0) }
    #expect(probe.judge(others, holders: holders).verdict == .pass)
  }

  @Test func unknownWhereNobodyIsSeenToHoldASocket() throws {
    #expect(probe.judge([try socket(80, 9)], holders: [:]).verdict == .unknown)
  }

  @Test func unknownWithoutRoot() {
    let finding = probe.look(at: .real, isRoot: false)
    #expect(finding.verdict == .unknown && finding.hint?.contains("sudo") == true)
  }

  @Test func findsTheHoldersOfItsOwnSockets() throws {
    let own = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(own) }
    let name = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(own)")
    let inode = try #require(Int(name.filter(\.isNumber)))
    let holder = try #require(Machine.real.socketHolders()[inode]?.first)
    #expect(holder.user == Int(geteuid()))
  }
}
