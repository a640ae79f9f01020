import Checklist

/// The settings of journald that decide how long entries stay.
struct JournalSettings: Equatable, Sendable {
  private var values: [String: String] = [:]

  /// Merges the files in the order of systemd; nil where there is no journald.
  init?(_ machine: Machine) {
    let folders = ["/usr/lib/systemd", "/run/systemd", "/etc/systemd"]
    let main = folders.map { "\($0)/journald.conf" }.last { machine.exists($0) }
    guard machine.exists("/run/systemd/journal") || main != nil else { return nil }
    // Of drop-ins with one name the later folder counts; all go by name.
    var drops: [String: String] = [:]
    for folder in folders {
      for name in machine.list("\(folder)/journald.conf.d") ?? [] where name.hasSuffix(".conf") {
        drops[name] = "\(folder)/journald.conf.d/\(name)"
      }
    }
    let files = [main].compactMap { $0 } + drops.sorted { $0.key < $1.key }.map(\.value)
    for file in files {
      for line in (machine.text(file) ?? "").split(whereSeparator: \.isNewline) {
        let parts = line.split(separator: "=", maxSplits: 1).map { String($0.trimmed) }
        if parts.count == 2, !parts[0].hasPrefix("#"), !parts[0].hasPrefix(";") {
          values[parts[0]] = parts[1]
        }
      }
    }
    hasFolder = machine.exists("/var/log/journal")
  }

  private var hasFolder = false

  /// Whether entries are lost with a restart.
  var isVolatile: Bool {
    switch values["Storage"]?.lowercased() ?? "auto" {
    case "volatile", "none": true
    case "persistent": false
    default: !hasFolder
    }
  }

  /// Seconds after which entries go; nil where only their size counts.
  var retention: Int? {
    guard let text = values["MaxRetentionSec"], let seconds = Self.seconds(text), seconds > 0 else {
      return nil
    }
    return seconds
  }

  /// A time span of systemd.time(7), such as `90day` or `1month 2w`; months have 30.44 days.
  static func seconds(_ text: String) -> Int? {
    var total = 0
    var rest = text[...].trimmed
    while !rest.isEmpty {
      guard let match = rest.prefixMatch(of: #/([0-9]{1,9})\s*([A-Za-z]*)\s*/#),
        let number = Int(match.1), let unit = unit(String(match.2))
      else { return nil }
      // Hundreds of years are as good as for ever, and more than fits is no time span.
      total += number * unit
      guard total < Int(1 << 60) else { return nil }
      rest = rest[match.range.upperBound...]
    }
    return total
  }

  private static func unit(_ name: String) -> Int? {
    switch name {
    case "", "s", "sec", "second", "seconds": 1
    case "m", "min", "minute", "minutes": 60
    case "h", "hr", "hour", "hours": 3_600
    case "d", "day", "days": 86_400
    case "w", "week", "weeks": 604_800
    case "M", "month", "months": 2_630_016
    case "y", "year", "years": 31_557_600
    default: nil
    }
  }
}
