internal import Foundation
internal import Terminal
@_spi(ExperimentalCustomExecutors) internal import _Concurrency

/// Executors that never wake the process while there is nothing to do.
enum QuietExecutors: ExecutorFactory {
  private static let main = MainQueue()
  private static let workers = Result { () throws(TerminalError) in
    try WorkerPool(threads: max(2, ProcessInfo.processInfo.activeProcessorCount))
  }

  static var mainExecutor: any MainExecutor { main }
  static var defaultExecutor: any TaskExecutor {
    (try? workers.get()) ?? PlatformExecutorFactory.defaultExecutor
  }

  /// Lets everything that is not the screen give way to it: a key is answered while probes use every processor.
  static func giveWayToScreen() { try? workers.get().giveWay() }

  /// Makes them those of the whole process, before its first task, and runs that task.
  ///
  /// Does not return: `work` has to end by `exit`. The main thread runs what is meant for it.
  static func run(_ work: sending @escaping () async -> Never) -> Never {
    _createExecutors(factory: QuietExecutors.self)
    Task.detached { await work() }
    main.runForever()
  }
}
