internal import Checklist
internal import Foundation

/// The one place that reads the clock.
enum Clock {
  /// Now, in whole seconds.
  static var now: Timestamp { Timestamp(seconds: Int(Date().timeIntervalSince1970)) }

  /// Seconds by which the day of the user's zone is ahead of that of UTC, now.
  static var zone: Int { TimeZone.current.secondsFromGMT(for: Date()) }

  /// The day on the user's calendar: what was done today may be signed today, east of Greenwich too.
  static var today: CalendarDate { Timestamp(seconds: now.seconds + zone).date }
}
