/// A day of the proleptic Gregorian calendar, written `2026-11-21` (RFC 3339 full-date).
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public let daysSinceEpoch: Int

  /// The day that many days after 1970-01-01.
  public init(daysSinceEpoch: Int) { self.daysSinceEpoch = daysSinceEpoch }

  /// Reads `2026-11-21`; nil for any other spelling and for days that no calendar has.
  public init?(_ text: String) {
    self.init(ascii: Array(text.utf8)[...])
  }

  /// Reads the ten bytes of the written form.
  init?(ascii bytes: ArraySlice<UInt8>) {
    let start = bytes.startIndex
    guard bytes.count == 10, bytes[start + 4] == UInt8(ascii: "-"),
      bytes[start + 7] == UInt8(ascii: "-"), let year = decimal(bytes[start..<start + 4]),
      let month = decimal(bytes[start + 5..<start + 7]),
      let day = decimal(bytes[start + 8..<start + 10]), year >= 1970
    else { return nil }
    self.init(daysSinceEpoch: Self.days(year: year, month: month, day: day))
    // A day that no calendar has is another one in the civil calendar.
    guard civil == (year, month, day) else { return nil }
  }

  /// Year, month and day of the civil calendar.
  public var civil: (year: Int, month: Int, day: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// `2026-11-21`.
  public var description: String {
    let (year, month, day) = civil
    let digits = String(year)
    let leading = String(repeating: "0", count: max(0, 4 - digits.count))
    return "\(leading)\(digits)-\(padded(month))-\(padded(day))"
  }

  /// Midnight UTC at which this day begins.
  public var start: Timestamp { Timestamp(seconds: daysSinceEpoch * 86_400) }

  /// The earlier day comes first.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }

  // Howard Hinnant's days_from_civil: exact for the whole proleptic calendar.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
