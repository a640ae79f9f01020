import Foundation
import Glibc
import TestSupport
import Testing

/// A screen on which nothing happens costs nothing: no thread of the program is woken.
///
/// Counted is how often the kernel put each thread to sleep, which it does as often as it wakes
/// it; a machine with other work counts the same.
@Suite struct IdleTests {
  @Test func nothingWakesWhileNothingHappens() throws {
    let gate = try GateWindow(Sandbox())
    try gate.startRepository()
    try gate.window.press("v")
    try gate.window.shows("INCOMPLETE")
    try gate.back()
    #expect(try wakes(gate, within: 10) == 0)
    try gate.quit()
  }

  @Test func nothingWakesAfterProbesHaveRun() throws {
    let gate = try GateWindow(Sandbox())
    try gate.startRepository()
    try gate.runAll()
    #expect(try wakes(gate, within: 10) == 0)
    try gate.quit()
  }

  @Test func nothingWakesInTheExampleWithItsServer() throws {
    let gate = try GateWindow(Sandbox())
    try gate.startDemo()
    #expect(try wakes(gate, within: 10) == 0)
    try gate.quit()
  }

  /// How often threads were woken within so many seconds, once what has just been done is over.
  private func wakes(_ gate: GateWindow, within seconds: UInt32) throws -> Int {
    // What was scheduled for the case that a probe hangs rings once more, and is done then.
    let deadline = ContinuousClock.now + .seconds(60)
    var before = try sleeps(gate)
    var quietSince = ContinuousClock.now
    while ContinuousClock.now < deadline, ContinuousClock.now - quietSince < .seconds(3) {
      usleep(200_000)
      let now = try sleeps(gate)
      if now != before { (before, quietSince) = (now, .now) }
    }
    sleep(seconds)
    return try sleeps(gate).reduce(0) { $0 + $1.value - before[$1.key, default: 0] }
  }

  /// How often each thread of the program went to sleep.
  private func sleeps(_ gate: GateWindow) throws -> [String: Int] {
    let process = try gate.process
    let folder = "/proc/\(process)/task"
    var counts: [String: Int] = [:]
    for thread in try FileManager.default.contentsOfDirectory(atPath: folder) {
      // A thread may end meanwhile.
      guard let status = try? String(contentsOfFile: "\(folder)/\(thread)/status", encoding: .utf8),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("voluntary_") }),
        let count = line.split(whereSeparator: \.isWhitespace).last.flatMap({ Int($0) })
      else { continue }
      counts[thread] = count
    }
    return counts
  }
}
