/// The hosts outside of which nothing is ever contacted.
struct AuthorisedHosts: Sendable {
  private let entries: Set<String>

  /// Entries are names or addresses, each with an optional port: `shop.example:443`, `[::1]:443`.
  init(_ entries: [String]) {
    self.entries = Set(entries.map { Self.normal($0) })
  }

  /// Whether that port of that host may be contacted.
  func allows(_ host: String, port: Int) -> Bool {
    allowsEveryPort(of: host) || entries.contains("\(Self.bracketed(host)):\(port)")
  }

  /// Whether the host stands there without a port.
  func allowsEveryPort(of host: String) -> Bool { entries.contains(Self.bracketed(host)) }

  private static func normal(_ entry: String) -> String {
    let lower = entry.lowercased()
    return IPAddress(lower) == nil ? lower : bracketed(lower)
  }

  private static func bracketed(_ host: String) -> String {
    host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host.lowercased()
  }
}
