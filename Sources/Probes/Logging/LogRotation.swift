internal import Glibc

/// What logrotate does with some logs.
struct LogRotation: Equatable, Sendable {
  /// As they are written, patterns included.
  var files: [String]
  /// Between two rotations; nil where size alone decides.
  var interval: Int?
  var rotations: Int
  var maximumAge: Int?

  /// How many days a line stays readable at least; nil where that cannot be told.
  var days: Int? {
    guard let interval else { return nil }
    let (kept, isTooMany) = interval.multipliedReportingOverflow(by: rotations)
    return min(maximumAge ?? .max, isTooMany ? .max : kept)
  }

  /// Whether a log is among its files.
  func covers(_ log: String) -> Bool { files.contains { fnmatch($0, log, 0) == 0 } }

  /// Settings that hold until something else is said.
  private struct Settings {
    var interval: Int? = 7
    var rotations = 0
    var maximumAge: Int?
    var isBySize = false
  }

  /// Reads `/etc/logrotate.conf` with all that it includes.
  static func read(_ machine: Machine) -> (rotations: [LogRotation], gaps: [String]) {
    var reader = Reader(machine: machine)
    if machine.exists("/etc/logrotate.conf") { reader.read("/etc/logrotate.conf", depth: 0) }
    return (reader.rotations, reader.gaps)
  }

  private struct Reader {
    let machine: Machine
    var global = Settings()
    var rotations: [LogRotation] = []
    var gaps: [String] = []
    /// Files that may still be read: those that include each other would never end.
    private var left = 1000

    init(machine: Machine) { self.machine = machine }

    mutating func read(_ path: String, depth: Int) {
      guard left >= 0 else { return }
      left -= 1
      guard left >= 0 else {
        gaps.append("the files of logrotate include each other too often")
        return
      }
      guard depth <= 4, rotations.count < 1000, let text = machine.text(path) else {
        gaps.append("\(path) cannot be read")
        return
      }
      var files: [String] = []
      var local: Settings?
      var isScript = false
      for line in text.split(whereSeparator: \.isNewline) {
        let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else { continue }
        if isScript {
          isScript = first != "endscript"
        } else if ["postrotate", "prerotate", "firstaction", "lastaction", "preremove"].contains(
          first)
        {
          isScript = true
        } else if first == "}" {
          if let settings = local { add(files, settings) }
          (files, local) = ([], nil)
        } else if var settings = local {
          Self.set(words, &settings)
          local = settings
        } else if first == "include", words.count == 2 {
          include(words[1], depth)
        } else if first.hasPrefix("/") || first.hasPrefix("\"")
          || words.last?.hasSuffix("{") == true
        {
          let names = words.map { $0.filter { $0 != "\"" && $0 != "{" } }.filter { !$0.isEmpty }
          files += names
          if words.last?.hasSuffix("{") == true { local = global }
        } else {
          Self.set(words, &global)
        }
      }
      if local != nil || !files.isEmpty { gaps.append("\(path): a block has no end") }
    }

    private mutating func include(_ path: String, _ depth: Int) {
      if let names = machine.list(path) {
        for name in names
        where !name.hasPrefix(".") && !name.hasSuffix("~") && !name.contains(".dpkg-") {
          read("\(path)/\(name)", depth: depth + 1)
        }
      } else {
        read(path, depth: depth + 1)
      }
    }

    private mutating func add(_ files: [String], _ settings: Settings) {
      rotations.append(
        LogRotation(
          files: files, interval: settings.isBySize ? nil : settings.interval,
          rotations: settings.rotations, maximumAge: settings.maximumAge))
    }

    private static func set(_ words: [String], _ settings: inout Settings) {
      let number = words.count > 1 ? Int(words[1]) : nil
      switch words[0] {
      case "hourly": settings.interval = 0
      case "daily": settings.interval = 1
      case "weekly": settings.interval = 7
      case "monthly": settings.interval = 28
      case "yearly": settings.interval = 365
      case "rotate": settings.rotations = number ?? 0
      case "maxage": settings.maximumAge = number
      // minsize waits longer, so it takes nothing away; these two do not wait for the day.
      case "size", "maxsize": settings.isBySize = true
      default: break
      }
    }
  }
}
