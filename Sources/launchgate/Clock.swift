internal import Checklist
internal import Foundation

/// The one place that reads the clock.
enum Clock {
  /// Now, in whole seconds.
  static var now: Timestamp { Timestamp(seconds: Int(Date().timeIntervalSince1970)) }
}
