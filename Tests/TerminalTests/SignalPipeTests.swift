import Foundation
import Glibc
import Testing

@testable import Terminal

@Suite struct SignalPipeTests {
  /// Whether the kernel throws Ctrl-C away instead of handing it to this process (proc(5)).
  private func ignoresInterrupt() throws -> Bool {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") })
    let mask = try #require(UInt64(line.dropFirst("SigIgn:".count).drop { $0 == "\t" }, radix: 16))
    return mask & 1 << UInt64(SIGINT - 1) != 0
  }

  @Test("Ctrl-C is another program's as long as that one has the terminal")
  func interruptsAreNotNotedWhileLent() throws {
    let signals = try SignalPipe()
    #expect(try !ignoresInterrupt())
    signals.lend()
    #expect(try ignoresInterrupt())
    signals.takeBack()
    #expect(try !ignoresInterrupt())
  }
}
