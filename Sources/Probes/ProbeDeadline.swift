internal import Checklist
internal import Synchronization

/// Runs a probe and gives up on it when its time is over, even where it does not heed
/// cancellation: one probe that hangs must not hold up the run.
func withDeadline(
  _ timeout: Duration, _ look: @escaping @Sendable () async -> Finding
) async -> Finding {
  let answer = FirstAnswer()
  return await withTaskCancellationHandler {
    await withCheckedContinuation { continuation in
      answer.wait(continuation)
      let work = Task { answer.give(await look()) }
      let clock = Task {
        // A probe that ends by itself says more than "too long", so that it gets a little more.
        try? await Task.sleep(for: timeout + .seconds(1))
        if Task.isCancelled { return }
        answer.give(
          .unknown(
            "it did not finish within \(timeout.components.seconds) seconds",
            hint: "give it more time: launchgate probe --timeout"))
      }
      answer.onAnswer {
        work.cancel()
        clock.cancel()
      }
    }
  } onCancel: {
    answer.give(.unknown("the run was stopped", hint: "run it again"))
  }
}

/// The first of several answers; later ones are dropped.
private final class FirstAnswer: Sendable {
  private struct State {
    var continuation: CheckedContinuation<Finding, Never>?
    var finding: Finding?
    var clean: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  func wait(_ continuation: CheckedContinuation<Finding, Never>) {
    let ready = state.withLock { state -> Finding? in
      if state.finding == nil { state.continuation = continuation }
      return state.finding
    }
    if let ready { continuation.resume(returning: ready) }
  }

  func onAnswer(_ clean: @escaping @Sendable () -> Void) {
    let isAnswered = state.withLock { state in
      state.clean = clean
      return state.finding != nil
    }
    if isAnswered { clean() }
  }

  func give(_ finding: Finding) {
    let (waiting, clean) = state.withLock { state in
      guard state.finding == nil else {
        return (nil as CheckedContinuation<Finding, Never>?, nil as (@Sendable () -> Void)?)
      }
      state.finding = finding
      defer { state.continuation = nil }
      return (state.continuation, state.clean)
    }
    waiting?.resume(returning: finding)
    clean?()
  }
}
