/// A port of a container that is published on its host, as Compose writes it.
struct PublishedPort: Equatable, Sendable {
  /// Empty where all addresses of the host are meant.
  var address: String
  /// On the host; empty where any free one is taken.
  var published: ClosedRange<Int>?
  var target: ClosedRange<Int>?
  /// As it was written, for people.
  var spelled: String

  // Databases, caches, brokers and the consoles that come with them.
  static let databases: Set<Int> = [
    5432, 5433, 6432, 3306, 33060, 1433, 1521, 6379, 6380, 26379, 11211, 27017, 27018, 27019,
    9200, 9300, 5601, 5984, 9042, 7000, 7474, 7687, 8086, 8123, 26257, 28015, 2379, 2380, 5672,
    15672, 9092, 2181, 5555, 9181,
  ]

  /// Reads `[address:][published:]target[/protocol]`; nil where it is none of that.
  init?(short text: String) {
    spelled = text
    let body = text.split(separator: "/", maxSplits: 1).first.map(String.init) ?? ""
    // An address of version 6 stands in brackets, and holds colons of its own.
    if body.hasPrefix("[") {
      guard let end = body.firstIndex(of: "]") else { return nil }
      address = String(body[body.index(after: body.startIndex)..<end])
      let rest = body[body.index(after: end)...].drop { $0 == ":" }
      guard let ports = Self.ports(rest.split(separator: ":", omittingEmptySubsequences: false))
      else { return nil }
      (published, target) = ports
      return
    }
    let parts = body.split(separator: ":", omittingEmptySubsequences: false)
    address = parts.count == 3 ? String(parts[0]) : ""
    guard parts.count <= 3, let ports = Self.ports(parts.suffix(2)) else { return nil }
    (published, target) = ports
  }

  /// The parts of the long form; nil where the target is no port.
  init?(address: String, published: String?, target: String) {
    guard let port = Self.range(target[...]) else { return nil }
    self.address = address
    self.target = port
    self.published = published.flatMap { Self.range($0[...]) }
    spelled = [address, published ?? "", target].joined(separator: ":")
  }

  /// Whether others than the host itself can reach it.
  var isOnAllAddresses: Bool {
    // A name or an address of one interface is somebody's decision; nothing of it is seen here.
    ["", "0.0.0.0", "::", "*"].contains(address)
  }

  /// Whether only the host itself can reach it.
  var isLoopback: Bool {
    address.hasPrefix("127.") || address == "::1" || address == "localhost"
  }

  /// Whether a database is behind it, by the port inside or outside of the container.
  var isDatabase: Bool {
    [published, target].compactMap { $0 }.contains { range in
      Self.databases.contains(where: range.contains)
    }
  }

  private static func ports(
    _ parts: some Collection<Substring>
  ) -> (ClosedRange<Int>?, ClosedRange<Int>?)? {
    let parts = Array(parts)
    guard let last = parts.last, parts.count <= 2, let target = range(last) else { return nil }
    guard parts.count == 2, !parts[0].isEmpty else { return (nil, target) }
    guard let published = range(parts[0]) else { return nil }
    return (published, target)
  }

  private static func range(_ text: Substring) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
      (0...65_535).contains(first), first <= last, last <= 65_535
    else { return nil }
    return first...last
  }
}
