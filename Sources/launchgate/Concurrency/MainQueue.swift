@_spi(ExperimentalCustomExecutors) internal import _Concurrency

/// The executor of the main thread.
final class MainQueue: MainExecutor {
  private let queue = JobQueue()

  func enqueue(_ job: consuming ExecutorJob) { queue.add(UnownedJob(job)) }

  /// Runs jobs for ever; the process ends by `exit`.
  func runForever() -> Never {
    while true { queue.take().runSynchronously(on: asUnownedSerialExecutor()) }
  }

  func run() { runForever() }

  /// Nothing: the main thread is needed as long as the process lives.
  func stop() {}

  var isMainExecutor: Bool { true }

  func checkIsolated() {}
}
