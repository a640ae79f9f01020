/// A length of time as a checklist writes it: `90s`, `15m`, `26h`, `30d`.
public struct Period: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The length in seconds; never negative.
  public let seconds: Int

  /// A period of that many seconds.
  public init(seconds: Int) { self.seconds = max(0, seconds) }

  /// Reads a whole number with one unit of `s m h d`; nil otherwise, and above 100 years.
  public init?(_ text: String) {
    guard let unit = text.utf8.last, text.utf8.count > 1, text.utf8.count <= 10,
      let factor = Self.units.first(where: { $0.sign == unit })?.seconds,
      let number = decimal(text.utf8.dropLast()), number <= 3_155_760_000 / factor
    else { return nil }
    seconds = number * factor
  }

  /// That many days.
  public static func days(_ count: Int) -> Period { Period(seconds: count * 86_400) }

  /// That many hours.
  public static func hours(_ count: Int) -> Period { Period(seconds: count * 3_600) }

  /// The shortest exact spelling, such as `30d` or `26h`; it reads back to the same period.
  public var description: String {
    let unit = Self.units.first { seconds != 0 && seconds % $0.seconds == 0 } ?? Self.units[3]
    return "\(seconds / unit.seconds)\(Character(Unicode.Scalar(unit.sign)))"
  }

  /// The shorter period comes first.
  public static func < (left: Period, right: Period) -> Bool { left.seconds < right.seconds }

  private static let units: [(sign: UInt8, seconds: Int)] = [
    (UInt8(ascii: "d"), 86_400), (UInt8(ascii: "h"), 3_600),
    (UInt8(ascii: "m"), 60), (UInt8(ascii: "s"), 1),
  ]
}
