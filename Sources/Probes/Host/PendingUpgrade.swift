internal import Checklist

/// A package that apt would install or replace.
struct PendingUpgrade: Equatable, Sendable {
  var name: String
  var version: String
  /// The suites that offer it.
  var origin: String

  /// Debian, Ubuntu and Raspbian call these suites so; `Debian-Security` is a label.
  var isSecurity: Bool {
    let lower = origin.lowercased()
    return lower.contains("-security") || lower.contains("/security")
  }

  /// Reads `apt-get -s`; nil where a line about an installation is not as apt writes it.
  static func read(_ text: String) -> [PendingUpgrade]? {
    var upgrades: [PendingUpgrade] = []
    for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("Inst ") {
      guard
        let match = line.firstMatch(of: #/^Inst (\S+)(?: \[[^\]]*\])? \((\S+) ([^()]*)\)/#)
      else { return nil }
      upgrades.append(
        .init(name: String(match.1), version: String(match.2), origin: String(match.3)))
    }
    return upgrades
  }
}
