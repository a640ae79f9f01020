/// An absolute `http` or `https` URL (RFC 3986), reduced to what is needed to ask for it.
///
/// The reader is strict: what it does not understand is no URL. Both the configuration and the
/// `Location` of a hostile server pass through here.
struct TargetURL: Hashable, Sendable {
  enum Scheme: String, Sendable {
    case http
    case https

    var defaultPort: Int { self == .https ? 443 : 80 }
  }

  var scheme: Scheme
  /// Lower case, without brackets and without a final dot.
  var host: String
  var port: Int
  /// Path and query; begins with a slash.
  var path: String

  init(scheme: Scheme, host: String, port: Int? = nil, path: String = "/") {
    self.scheme = scheme
    self.host = host
    self.port = port ?? scheme.defaultPort
    self.path = path
  }

  init?(_ text: String) {
    guard text.utf8.count <= 8_192, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }),
      let colon = text.firstIndex(of: ":"),
      let scheme = Scheme(rawValue: text[..<colon].lowercased())
    else { return nil }
    let rest = text[text.index(after: colon)...]
    guard rest.hasPrefix("//") else { return nil }
    let afterSlashes = rest.dropFirst(2)
    let end = afterSlashes.firstIndex { "/?#".contains($0) } ?? afterSlashes.endIndex
    guard let (host, port) = Self.hostAndPort(afterSlashes[..<end]) else { return nil }
    self.init(scheme: scheme, host: host, port: port, path: Self.path(afterSlashes[end...]))
  }

  /// Where a reference found at this URL points (RFC 3986 section 5); nil for other schemes.
  func resolving(_ reference: String) -> TargetURL? {
    if reference.hasPrefix("//") { return TargetURL("\(scheme.rawValue):\(reference)") }
    let head = reference.prefix { !"/?#".contains($0) }
    if head.contains(":") { return TargetURL(reference) }
    return TargetURL("\(origin)\(absolutePath(of: reference))")
  }

  /// `https://shop.example`, with the port where it is not the scheme's own.
  var origin: String { "\(scheme.rawValue)://\(authority)" }

  /// What the Host header field says (RFC 9110 section 7.2).
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == scheme.defaultPort ? name : "\(name):\(port)"
  }

  /// The same place, asked for another path.
  func at(_ path: String) -> TargetURL {
    var copy = self
    copy.path = path.hasPrefix("/") ? path : "/\(path)"
    return copy
  }

  private func absolutePath(of reference: String) -> String {
    let base = String(path.prefix { $0 != "?" })
    if reference.hasPrefix("/") { return reference }
    if reference.hasPrefix("?") { return base + reference }
    if reference.isEmpty || reference.hasPrefix("#") { return path }
    let folder = base[...(base.lastIndex(of: "/") ?? base.startIndex)]
    return Self.withoutDots(folder + reference)
  }

  private static func withoutDots(_ path: String) -> String {
    let query = path.drop { $0 != "?" && $0 != "#" }
    var kept: [Substring] = []
    let segments = path.dropLast(query.count).split(
      separator: "/", omittingEmptySubsequences: false)
    for segment in segments.dropFirst() {
      if segment == ".." { _ = kept.popLast() } else if segment != "." { kept.append(segment) }
    }
    if segments.last == ".." || segments.last == "." { kept.append("") }
    return "/" + kept.joined(separator: "/") + query
  }

  private static func path(_ text: Substring) -> String {
    let path = text.prefix { $0 != "#" }
    return path.hasPrefix("/") ? String(path) : "/\(path)"
  }

  private static func hostAndPort(_ authority: Substring) -> (String, Int?)? {
    guard let (name, port) = splitPort(authority) else { return nil }
    if name.hasPrefix("[") {
      let inner = String(name.dropFirst().dropLast()).lowercased()
      return IPAddress(inner).map { _ in (inner, port) }
    }
    var host = name.lowercased()
    if host.hasSuffix(".") { host.removeLast() }
    guard !host.isEmpty, host.utf8.count <= 253, !host.hasPrefix("-"), !host.hasPrefix("."),
      !name.contains(".."), host.utf8.allSatisfy({ isNameByte($0) })
    else { return nil }
    return (host, port)
  }

  private static func splitPort(_ authority: Substring) -> (Substring, Int?)? {
    var name = authority
    var digits: Substring?
    if let bracket = authority.lastIndex(of: "]") {
      guard authority.hasPrefix("[") else { return nil }
      name = authority[...bracket]
      let rest = authority[authority.index(after: bracket)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      digits = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = authority.firstIndex(of: ":") {
      name = authority[..<colon]
      digits = authority[authority.index(after: colon)...]
    }
    guard let digits, !digits.isEmpty else { return (name, nil) }
    guard let port = portNumber(digits) else { return nil }
    return (name, port)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
      || byte == 0x5F
  }
}

extension TargetURL: CustomStringConvertible {
  /// The whole URL; a query stays as it is, so redact it before it is stored.
  var description: String { origin + path }
}

/// The port that decimal digits spell, or nil.
func portNumber(_ digits: Substring) -> Int? {
  guard digits.utf8.count <= 5, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
    let port = Int(digits), (1...65_535).contains(port)
  else { return nil }
  return port
}
