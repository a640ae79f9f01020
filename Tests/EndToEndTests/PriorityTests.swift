import Foundation
import Glibc
import TestSupport
import Testing

/// A key is answered while probes use every processor: what works beside the screen gives way to it.
@Suite struct PriorityTests {
  @Test func whatWorksBesideTheScreenGivesWayToIt() throws {
    let gate = try GateWindow(Sandbox())
    try gate.startRepository()
    try gate.runAll()
    let usual = Int(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0))
    let found = try niceness(gate)
    #expect(found["terminal"] == [usual], "\(found)")
    // One that has had nothing to do since keeps what it had.
    #expect(found["worker", default: []].contains(max(usual, 10)), "\(found)")
    try gate.quit()
  }

  /// The niceness of the threads, by their names: the nineteenth field of proc(5)'s stat.
  private func niceness(_ gate: GateWindow) throws -> [String: [Int]] {
    let folder = "/proc/\(try gate.process)/task"
    var found: [String: [Int]] = [:]
    for thread in try FileManager.default.contentsOfDirectory(atPath: folder) {
      guard let line = try? String(contentsOfFile: "\(folder)/\(thread)/stat", encoding: .utf8),
        let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")")
      else { continue }
      // The third field is the first one after the name.
      let fields = line[close...].dropFirst(2).split(separator: " ")
      let name = String(line[line.index(after: open)..<close])
      if let niceness = Int(fields[16]) { found[name, default: []].append(niceness) }
    }
    return found
  }
}
