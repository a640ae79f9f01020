internal import Checklist

/// How old the package lists of security suites are, by their own signed dates.
struct PackageLists: Equatable, Sendable {
  struct Suite: Equatable, Sendable {
    var name: String
    var date: Timestamp?
    var end: Timestamp?
  }

  var suites: [Suite] = []

  init(_ machine: Machine) {
    let folder = "/var/lib/apt/lists"
    for name in machine.list(folder) ?? [] {
      guard name.hasSuffix("_InRelease") || name.hasSuffix("_Release"), name.contains("security")
      else { continue }
      guard let text = machine.text("\(folder)/\(name)") else {
        suites.append(Suite(name: name))
        continue
      }
      suites.append(
        Suite(name: name, date: Self.date("Date", text), end: Self.date("Valid-Until", text)))
    }
  }

  /// `Date: Sat, 21 Nov 2026 20:09:54 UTC`.
  static func date(_ field: String, _ text: String) -> Timestamp? {
    guard
      let line = text.split(whereSeparator: \.isNewline).first(where: {
        $0.hasPrefix("\(field): ")
      }),
      let match = line.firstMatch(
        of:
          #/: [A-Z][a-z]{2}, ([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{1,2}):([0-9]{2}):([0-9]{2}) (UTC|GMT|\+0000)/#
      ),
      let month = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
      ]
      .firstIndex(of: String(match.2))
    else { return nil }
    func two(_ text: Substring) -> String { text.count == 1 ? "0\(text)" : String(text) }
    let number = month + 1
    return Timestamp(
      rfc3339: "\(match.3)-\(number < 10 ? "0" : "")\(number)-\(two(match.1))"
        + "T\(two(match.4)):\(match.5):\(match.6)Z")
  }

  /// Unknown where no list of a security suite is as fresh as it has to be.
  func detail(_ within: Period, _ now: Timestamp) -> Finding.Detail {
    guard !suites.isEmpty else {
      return .init(
        .unknown, "there is no list of a security suite: is one configured, and updated?")
    }
    for suite in suites {
      guard let date = suite.date else {
        return .init(.unknown, "\(suite.name) has no date that can be read")
      }
      guard date <= now + .days(1) else {
        return .init(.unknown, "the package list is dated \(date.rfc3339), ahead of now")
      }
      if date + within < now {
        return .init(.unknown, "the package lists are of \(date.short), older than \(within)")
      }
      if let end = suite.end, end < now {
        return .init(.unknown, "the package lists were valid until \(end.short)")
      }
    }
    return .init(.pass, "the lists of \(suites.count) security suites are recent")
  }
}

extension Machine {
  /// Names of processes that map an OpenSSL library whose file was replaced; needs root.
  func processesWithDeletedLibraries() -> [String] {
    let ids = (list("/proc") ?? []).filter { $0.allSatisfy(\.isNumber) }.prefix(32_768)
    let stale = ids.compactMap { id -> String? in
      guard let maps = text("/proc/\(id)/maps"),
        maps.split(separator: "\n").contains(where: { line in
          line.hasSuffix(" (deleted)") && (line.contains("/libssl") || line.contains("/libcrypto"))
        })
      else { return nil }
      return text("/proc/\(id)/comm").map { String($0[...].trimmed) } ?? id
    }
    return Set(stale).sorted()
  }
}
