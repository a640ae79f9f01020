internal import Foundation
internal import Synchronization
internal import Terminal
@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) internal import _Concurrency

/// The threads on which tasks run.
///
/// libdispatch, the usual one, wakes the process once a second as long as it lives, to see whether
/// its threads are blocked. These threads sleep until there is work, and somebody looks whether
/// they are blocked only while a job waits: then there is one thread more until none waits.
final class WorkerPool: TaskExecutor, SchedulingExecutor {
  private struct State {
    /// Threads that stay, and those that end where no job waits.
    var lasting = 0
    var passing = 0
    /// Whether an alarm will look after the jobs that wait.
    var isWatched = false
  }

  /// How long no job may be taken before the threads count as blocked.
  private static let patience = Duration.milliseconds(50)
  /// How far it gives way, as `nice` counts: a tenth of what a usual thread gets where both want to run.
  private static let niceness: CInt = 10

  private let queue = JobQueue()
  private let alarms: AlarmClock
  private let state = Mutex(State())
  private let lasting: Int
  private let most: Int
  /// Whether the threads give way to others.
  private let givesWay = Atomic(false)

  /// A pool without threads: they start when there is work.
  ///
  /// - Parameters:
  ///   - threads: how many stay, and run where none of them is blocked.
  ///   - most: how many there are at most where others are blocked.
  /// - Throws: `TerminalError.system` where no descriptor is left.
  init(threads: Int, most: Int = 64) throws(TerminalError) {
    alarms = try AlarmClock()
    lasting = threads
    self.most = most
  }

  /// How many threads there are now.
  var threads: Int { state.withLock { $0.lasting + $0.passing } }

  func enqueue(_ job: consuming ExecutorJob) { add(UnownedJob(job)) }

  func enqueue<C: _Concurrency.Clock>(
    _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
  ) {
    let job = UnownedJob(job)
    // Both clocks of the standard library measure in `Duration`; another one's is taken as no delay.
    alarms.add(after: delay as? Duration ?? .zero) { [self] in add(job) }
  }

  private func add(_ job: UnownedJob) {
    guard !queue.add(job) else { return }
    let isNew = state.withLock { state in
      guard state.lasting < lasting else { return false }
      state.lasting += 1
      return true
    }
    guard !isNew else { return start { [self] in while true { run(queue.take()) } } }
    let isWatched = state.withLock { state in
      defer { state.isWatched = true }
      return state.isWatched
    }
    if !isWatched { watch(queue.stalled) }
  }

  /// Lets its threads, and the programs that they start, give way to other threads from their next job on.
  ///
  /// For good: without privileges no thread gets its priority back. The main thread and the
  /// terminal's keep theirs.
  func giveWay() { givesWay.store(true, ordering: .relaxed) }

  private func run(_ job: UnownedJob) {
    if givesWay.load(ordering: .relaxed) { lowerPriority() }
    job.runSynchronously(on: asUnownedTaskExecutor())
  }

  private func start(_ body: @escaping @Sendable () -> Void) {
    Thread.start(named: "worker", body)
  }

  private func lowerPriority() {
    // Zero is the calling thread: under Linux each has its own niceness.
    let process = __priority_which_t(PRIO_PROCESS.rawValue)
    if getpriority(process, 0) < Self.niceness { setpriority(process, 0, Self.niceness) }
  }

  /// Looks again later, as long as jobs wait: where none was taken meanwhile, one thread more starts.
  private func watch(_ before: Int?) {
    alarms.add(after: Self.patience) { [self] in
      let (now, isBlocked) = state.withLock { state in
        guard let now = queue.stalled else {
          state.isWatched = false
          return (nil, false) as (Int?, Bool)
        }
        guard now == before, state.lasting + state.passing < most else { return (now, false) }
        state.passing += 1
        return (now, true)
      }
      guard let now else { return }
      if isBlocked { start { [self] in help() } }
      // The one more takes one job; where nobody takes another, it is blocked as well.
      watch(isBlocked ? now + 1 : now)
    }
  }

  /// Runs jobs until none waits.
  private func help() {
    while let job = queue.takeNow() { run(job) }
    state.withLock { $0.passing -= 1 }
  }
}
