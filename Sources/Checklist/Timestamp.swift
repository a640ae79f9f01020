/// A moment in UTC, in whole seconds, written as RFC 3339 with `Z` and nothing else.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
  public let seconds: Int

  /// The moment that many seconds after 1970-01-01T00:00:00Z.
  public init(seconds: Int) { self.seconds = seconds }

  /// Reads `2026-11-21T02:16:09Z`; nil for offsets, fractions, lower case or impossible dates.
  public init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let day = CalendarDate(ascii: bytes[0..<10]),
      let hour = decimal(bytes[11..<13]), let minute = decimal(bytes[14..<16]),
      let second = decimal(bytes[17..<19]), hour < 24, minute < 60, second < 60
    else { return nil }
    seconds = day.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second
  }

  /// `2026-11-21T02:16:09Z`.
  public var rfc3339: String {
    let time = secondsOfDay
    return "\(date)T\(padded(time / 3_600)):\(padded(time / 60 % 60)):\(padded(time % 60))Z"
  }

  /// `2026-11-21 02:16`, for people; UTC is said beside it.
  public var short: String {
    let time = secondsOfDay
    return "\(date) \(padded(time / 3_600)):\(padded(time / 60 % 60))"
  }

  /// The day in UTC on which this moment lies.
  public var date: CalendarDate {
    CalendarDate(daysSinceEpoch: (seconds - secondsOfDay) / 86_400)
  }

  private var secondsOfDay: Int { ((seconds % 86_400) + 86_400) % 86_400 }

  /// The earlier moment comes first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

  /// The moment a period later.
  public static func + (start: Timestamp, period: Period) -> Timestamp {
    Timestamp(seconds: start.seconds + period.seconds)
  }
}

/// A two-digit number with a leading zero.
func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// The number that ASCII digits spell, or nil where anything else stands among them.
func decimal(_ digits: some Sequence<UInt8>) -> Int? {
  var number = 0
  for digit in digits {
    guard (0x30...0x39).contains(digit) else { return nil }
    number = number * 10 + Int(digit - 0x30)
  }
  return number
}
