internal import Foundation
internal import Terminal

/// Does things when their time has come; one thread that sleeps until then.
///
/// What is asked for comes through a mailbox, so that only that thread knows the list. It lives as
/// long as the process.
final class AlarmClock: Sendable {
  private struct Alarm: Sendable {
    var due: ContinuousClock.Instant
    var body: @Sendable () -> Void
  }

  private let mailbox: Mailbox<Alarm>

  /// Starts the thread.
  ///
  /// - Throws: `TerminalError.system` where no descriptor is left.
  init() throws(TerminalError) {
    let mailbox = try Mailbox<Alarm>()
    self.mailbox = mailbox
    Thread.start(named: "alarms") {
      var alarms: [Alarm] = []
      while true { Self.ring(&alarms, mailbox) }
    }
  }

  /// Has the body called after so long, on the thread of the clock: it must not block.
  func add(after delay: Duration, _ body: @escaping @Sendable () -> Void) {
    mailbox.send(Alarm(due: .now + max(delay, .zero), body: body))
  }

  /// Calls what is due, and sleeps until the next is due or one is added.
  private static func ring(_ alarms: inout [Alarm], _ mailbox: Mailbox<Alarm>) {
    for alarm in mailbox.drain() {
      alarms.insert(alarm, at: alarms.firstIndex { alarm.due < $0.due } ?? alarms.endIndex)
    }
    let now = ContinuousClock.now
    let due = alarms.prefix { $0.due <= now }
    alarms.removeFirst(due.count)
    for alarm in due { alarm.body() }
    var descriptor = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
    poll(&descriptor, 1, alarms.first.map { milliseconds(until: $0.due) } ?? -1)
  }

  private static func milliseconds(until due: ContinuousClock.Instant) -> CInt {
    let rest = max((due - ContinuousClock.now) / .milliseconds(1), 0)
    // Rounded up, so that it does not wake up just before. A day is a wait like any other.
    return CInt(min(rest.rounded(.up), 86_400_000))
  }
}
