/// What holds in a server or location, inherited settings included.
struct NginxLocation: Equatable, Sendable {
  var name: String
  /// In bytes, 1 MiB unless set; 0 means any size, nil that it is not understood.
  var bodyLimit: Int? = 1 << 20
  /// Header fields for the application by name in lower case.
  var forwarded: [String: String] = [:]
  /// To where requests are passed on; not inherited.
  var upstream: String?

  /// What holds in a block of this one.
  func within(_ block: NginxBlock) -> NginxLocation {
    var inner = self
    inner.upstream = nil
    if let size = block.last("client_max_body_size") { inner.bodyLimit = Self.bytes(size) }
    let fields = block.directives.filter { $0.first == "proxy_set_header" && $0.count == 3 }
    // One of its own, and none is inherited.
    if !fields.isEmpty {
      inner.forwarded = Dictionary(fields.map { ($0[1].lowercased(), $0[2]) }) { $1 }
    }
    inner.upstream = block.last("proxy_pass")?.first
    return inner
  }

  /// `10m`, `512k`, `1g`, or bytes.
  static func bytes(_ words: [String]) -> Int? {
    guard words.count == 1,
      let match = words[0].lowercased().wholeMatch(of: #/([0-9]{1,15})([kmg]?)/#),
      let number = Int(match.1)
    else { return nil }
    let shift = ["": 0, "k": 10, "m": 20, "g": 30][String(match.2)] ?? 0
    return number > Int.max >> shift ? nil : number << shift
  }

  /// The host of `http://host:8000/path`, `host:8000` or `unix:/path`.
  static func host(_ address: String) -> String {
    var rest = address[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    if rest.hasPrefix("unix:") { return "unix" }
    if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
      return String(rest[rest.index(after: rest.startIndex)..<end])
    }
    return String(rest.prefix { $0 != ":" && $0 != "/" })
  }
}
