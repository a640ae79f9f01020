internal import Synchronization

/// How many requests a probe may send in all, and how fast: nobody's service is to be harmed.
///
/// Every request of an active probe takes from one budget, whichever task sends it.
final class RequestBudget: Sendable {
  /// The most that any active probe sends.
  static let most = 40
  /// The least time between two requests.
  static let interval = Duration.milliseconds(100)

  /// How many requests are allowed.
  let count: Int
  private let interval: Duration
  private let state: Mutex<(sent: Int, next: ContinuousClock.Instant)>

  /// A budget of that many requests, never more than `most`, at least that far apart.
  init(_ count: Int, interval: Duration = RequestBudget.interval) {
    self.count = min(count, Self.most)
    self.interval = max(interval, Self.interval)
    state = Mutex((0, .now))
  }

  /// How many requests were let through.
  var sent: Int { state.withLock(\.sent) }

  /// Counts the time between requests from now: the last one has ended.
  func rest() { state.withLock { $0.next = max($0.next, .now + interval) } }

  /// Waits for its turn; false where the budget is spent or the task was cancelled.
  func take() async -> Bool {
    let turn = state.withLock { state -> ContinuousClock.Instant? in
      guard state.sent < count else { return nil }
      state.sent += 1
      let turn = max(state.next, .now)
      state.next = turn + interval
      return turn
    }
    guard let turn else { return false }
    return (try? await Task.sleep(until: turn, clock: .continuous)) != nil
  }
}
