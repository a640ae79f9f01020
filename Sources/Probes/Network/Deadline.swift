internal import NIOCore
internal import NIOPosix

/// The moment at which all waits of a probe end.
struct Deadline: Sendable {
  private let end: ContinuousClock.Instant

  /// The deadline after that time from now.
  init(after time: Duration) { end = .now + time }

  /// The earlier of this deadline and that time from now.
  func within(_ time: Duration) -> Deadline {
    let other = Deadline(after: time)
    return other.end < end ? other : self
  }

  /// What is left, at least a millisecond.
  var remaining: TimeAmount {
    let left = end - .now
    let (seconds, attoseconds) = left.components
    return .milliseconds(max(1, seconds * 1_000 + attoseconds / 1_000_000_000_000_000))
  }

  var hasPassed: Bool { end <= .now }

  /// The outcome of work that completes a promise; fails with `timedOut` at the deadline.
  ///
  /// The deadline is a timer of the event loop: no thread waits, and a cancelled task returns.
  func limit<Outcome: Sendable>(
    on group: MultiThreadedEventLoopGroup = .singleton,
    _ start: @Sendable (any EventLoop, EventLoopPromise<Outcome>) -> Void
  ) async throws -> Outcome {
    let loop = group.next()
    let promise = loop.makePromise(of: Outcome.self)
    let timer = loop.scheduleTask(in: remaining) { promise.fail(NetworkFailure.timedOut) }
    start(loop, promise)
    promise.futureResult.whenComplete { _ in timer.cancel() }
    return try await withTaskCancellationHandler {
      try await promise.futureResult.get()
    } onCancel: {
      promise.fail(NetworkFailure.timedOut)
    }
  }
}
