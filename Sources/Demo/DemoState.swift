internal import Synchronization

/// The faults that are still there; shared by all connections of the server.
final class DemoState: Sendable {
  private let faults: Mutex<Set<DemoFault>>

  init(_ faults: Set<DemoFault>) { self.faults = Mutex(faults) }

  var remaining: Set<DemoFault> { faults.withLock { $0 } }

  func has(_ fault: DemoFault) -> Bool { faults.withLock { $0.contains(fault) } }

  func remove(_ fault: DemoFault) { faults.withLock { _ = $0.remove(fault) } }
}
