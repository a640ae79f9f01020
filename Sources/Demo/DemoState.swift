internal import Synchronization

/// The faults that are still there and the failed logins; shared by all connections of the server.
final class DemoState: Sendable {
  private let faults: Mutex<Set<DemoFault>>
  private let failures = Mutex<[String: Int]>([:])

  init(_ faults: Set<DemoFault>) { self.faults = Mutex(faults) }

  var remaining: Set<DemoFault> { faults.withLock { $0 } }

  func has(_ fault: DemoFault) -> Bool { faults.withLock { $0.contains(fault) } }

  func remove(_ fault: DemoFault) { faults.withLock { _ = $0.remove(fault) } }

  /// Counts a failed login of an account; whoever makes up very many accounts starts anew.
  func failures(of account: String) -> Int {
    failures.withLock { counts in
      if counts.count >= 1_000 { counts = [:] }
      counts[account, default: 0] += 1
      return counts[account] ?? 0
    }
  }
}
