import Glibc

/// What `poll` has found.
struct Readiness {
  var isInputReady = false
  var isTimeout = false
  /// The terminal is gone.
  var hasHungUp = false

  /// Sleeps until a descriptor can be read, or for the time; nil is for ever.
  static func wait(
    _ input: CInt, _ mailbox: CInt, _ signals: CInt, timeout: Duration?
  ) -> Readiness {
    var entries = [input, mailbox, signals].map { descriptor in
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    }
    let count = poll(&entries, nfds_t(entries.count), milliseconds(timeout))
    guard count > 0 else { return Readiness(isTimeout: count == 0) }
    let found = Int32(entries[0].revents)
    return Readiness(
      isInputReady: found & POLLIN != 0,
      hasHungUp: found & (POLLHUP | POLLERR | POLLNVAL) != 0)
  }

  private static func milliseconds(_ timeout: Duration?) -> CInt {
    guard let timeout else { return -1 }
    let (seconds, attoseconds) = timeout.components
    let whole = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return CInt(clamping: max(0, whole))
  }
}

/// When the next tick is due.
struct TickClock {
  private var interval: Duration?
  private var due: ContinuousClock.Instant?

  /// Starts, stops or changes the ticking.
  mutating func set(_ interval: Duration?) {
    guard interval != self.interval else { return }
    self.interval = interval
    due = interval.map { .now + $0 }
  }

  var remaining: Duration? {
    due.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
  }

  /// True once for every interval that has passed; late ticks are not made up for.
  mutating func hasRung() -> Bool {
    guard let interval, let due, ContinuousClock.now >= due else { return false }
    self.due = .now + interval
    return true
  }
}
