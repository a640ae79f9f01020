internal import Foundation
internal import Synchronization

/// Jobs in the order in which they came; whoever waits for one sleeps until there is one.
final class JobQueue: Sendable {
  private struct State {
    var jobs: [UnownedJob] = []
    /// Where the first job stands; what is before it has been taken.
    var head = 0
    /// How many wait in `take`.
    var waiting = 0
    /// How many jobs were ever taken.
    var taken = 0

    mutating func first() -> UnownedJob? {
      guard head < jobs.count else { return nil }
      defer {
        taken += 1
        head += 1
        if head == jobs.count { (jobs, head) = ([], 0) }
      }
      return jobs[head]
    }
  }

  private let condition = NSCondition()
  private let state = Mutex(State())

  /// Adds a job at the end.
  ///
  /// - Returns: whether somebody waits who can take it.
  @discardableResult
  func add(_ job: UnownedJob) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    let isAwaited = state.withLock { state in
      state.jobs.append(job)
      return state.waiting >= state.jobs.count - state.head
    }
    condition.signal()
    return isAwaited
  }

  /// Takes the first job, and waits where there is none.
  func take() -> UnownedJob {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let job = state.withLock({ $0.first() }) { return job }
      state.withLock { $0.waiting += 1 }
      condition.wait()
      state.withLock { $0.waiting -= 1 }
    }
  }

  /// Takes the first job; nil where there is none.
  func takeNow() -> UnownedJob? {
    condition.lock()
    defer { condition.unlock() }
    return state.withLock { $0.first() }
  }

  /// How many jobs were ever taken; nil where none waits or somebody is about to take it.
  var stalled: Int? {
    condition.lock()
    defer { condition.unlock() }
    return state.withLock { $0.jobs.count - $0.head > $0.waiting ? $0.taken : nil }
  }
}
