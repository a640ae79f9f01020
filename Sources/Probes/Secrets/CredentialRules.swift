/// Passwords in URLs and headers, and signed tokens.
enum CredentialRules {
  static let all: [SecretRule] = [
    SecretRule(
      id: "url.credentials", title: "URL with a password", certainty: .certain,
      anchors: [schemeEnd], inBinary: false
    ) { view, start in
      userInfo(view, start).flatMap { $0.isLocal ? nil : $0.password }
    },
    SecretRule(
      id: "url.local-credentials", title: "URL with a password for a local or sample host",
      certainty: .suspect, anchors: [schemeEnd], inBinary: false
    ) { view, start in
      userInfo(view, start).flatMap { $0.isLocal ? $0.password : nil }
    },
    SecretRule(
      id: "jwt", title: "signed JSON web token", certainty: .certain,
      anchors: [
        "eyJh", "eyJ0", "eyJr", "eyJj", "eyJl", "eyJq", "eyJ4", "eyJ6", "eyJi", "eyJw", "eyJ1",
        "eyAi", "ewog",
      ].map { .init($0) }, find: webToken),
    SecretRule(
      id: "http.basic-authorization", title: "password in an Authorization header",
      certainty: .certain, anchors: [.init("basic ", at: 2, folded: true)], inBinary: false
    ) { view, start in encodedPair(view, from: start + 6) },
    SecretRule(
      id: "docker.registry-password", title: "registry password in a Docker configuration",
      certainty: .certain, anchors: [.init("\"auth\":", at: 3)], inBinary: false
    ) { view, start in
      let quote = view.end(of: ByteSet(" \t\r\n"), from: start + 7, limit: 16)
      guard view[quote] == UInt8(ascii: "\"") else { return nil }
      return encodedPair(view, from: quote + 1)
    },
  ]

  private static let schemeEnd = SecretRule.Anchor("://", before: .smallsAndDigits)

  private static let outside = ByteSet(" \t\r\n\"'`/?#\\|,<>{}[]()^;")

  private static func userInfo(
    _ view: ByteView, _ start: Int
  ) -> (password: Range<Int>, isLocal: Bool)? {
    guard ByteSet.smallsAndDigits.contains(view[start - 1]) else { return nil }
    let begin = start + 3
    var colon: Int?
    var at: Int?
    var end = begin
    while end < view.count, end - begin < 512, !outside.contains(view[end]), view[end] > 0x20 {
      if view[end] == UInt8(ascii: ":"), colon == nil { colon = end }
      if view[end] == UInt8(ascii: "@") { at = end }
      end += 1
    }
    guard let colon, let at, colon < at, at + 1 < end else { return nil }
    let password = view.bytes(colon + 1..<at)
    guard password.count >= 3, password.first != UInt8(ascii: "$"),
      password.first != UInt8(ascii: "%") || password.last != UInt8(ascii: "%"),
      !password.allSatisfy({ $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: ".") }),
      !Placeholder.isValue(password)
    else { return nil }
    let isSample =
      isLocal(view.text(at + 1..<end).lowercased())
      || isSpelledOut(view.text(begin..<end))
    return (colon + 1..<at, isSample)
  }

  /// Whether all parts are bare words, as in `twilio://AccountSid:AuthToken@FromPhoneNo`: names
  /// of what is to be filled in rather than a password for a host.
  private static func isSpelledOut(_ userInfoAndHost: String) -> Bool {
    userInfoAndHost.utf8.allSatisfy {
      ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7a || $0 == UInt8(ascii: ":")
        || $0 == UInt8(ascii: "@")
    }
  }

  private static func isLocal(_ authority: String) -> Bool {
    let host = authority.split(separator: ":").first.map(String.init) ?? authority
    return host == "localhost" || host == "0.0.0.0" || host.hasPrefix("127.")
      || host == "host" || host == "hostname" || host.hasPrefix("host.docker")
      || host.hasPrefix("example.") || host.contains(".example")
      || host.hasSuffix(".test") || host.hasSuffix(".invalid") || host.hasSuffix(".localhost")
  }

  private static func webToken(_ view: ByteView, _ start: Int) -> Range<Int>? {
    guard !ByteSet.base64URL.contains(view[start - 1]) else { return nil }
    let header = view.end(of: .base64URL, from: start)
    let payload = view.end(of: .base64URL, from: header + 1, limit: 16_384)
    let signature = view.end(of: .base64URL, from: payload + 1)
    let dot = UInt8(ascii: ".")
    guard view[header] == dot, view[payload] == dot, signature - payload > 20,
      payload - header > 8
    else { return nil }
    let claims = String(decoding: Base64.decode(view.bytes(header + 1..<payload)), as: UTF8.self)
    let words = String(decoding: Base64.decode(view.bytes(start..<header)), as: UTF8.self)
    guard words.first == "{", words.contains("\"alg\""), claims.first == "{",
      !claims.replacing(" ", with: "").contains("\"sub\":\"1234567890\""),
      !Placeholder.isToken(view.bytes(payload + 1..<signature))
    else { return nil }
    return start..<signature
  }

  /// `user:password` in base 64.
  private static func encodedPair(_ view: ByteView, from start: Int) -> Range<Int>? {
    let end = view.end(of: .base64, from: start, limit: 512)
    guard end - start >= 8 else { return nil }
    let pair = Base64.decode(view.bytes(start..<end))
    guard let colon = pair.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      pair.allSatisfy({ (0x20..<0x7F).contains($0) }), pair.count - colon > 4
    else { return nil }
    let isPlaceholder = pair[(colon + 1)...].withUnsafeBufferPointer(Placeholder.isValue)
    return isPlaceholder ? nil : start..<end
  }
}
