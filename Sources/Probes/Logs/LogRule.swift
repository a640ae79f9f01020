import Checklist

/// What does not belong into a log.
enum LogRule: String, Sendable, CaseIterable {
  case secrets
  case tokens
  case cards
  case emails

  /// What a line holds that this rule forbids, as a title for people; nil where it is clean.
  ///
  /// The secrets of the repository's rules are looked for over the whole sample, not here.
  func found(in line: Substring, _ bytes: UnsafeBufferPointer<UInt8>) -> (Finding.Verdict, String)?
  {
    switch self {
    case .secrets: password(line)
    case .tokens: token(line)
    case .cards: CardNumber.isIn(bytes) ? (.fail, "number of a payment card") : nil
    case .emails: Self.hasMail(bytes) ? (.fail, "e-mail address") : nil
    }
  }

  private func password(_ line: Substring) -> (Finding.Verdict, String)? {
    for match in line.matches(
      of: #/(?i)\b(?:password|passwd|pwd|passphrase)["']?\s*[=:]\s*["']?([^\s"',&;}]{4,64})/#
        .wordBoundaryKind(.simple))
    where !Self.isMasked(match.output.1) { return (.review, "value behind `password`") }
    return nil
  }

  private func token(_ line: Substring) -> (Finding.Verdict, String)? {
    if let match = line.firstMatch(
      of: #/(?i)\bbearer\s+([A-Za-z0-9._~+\/\-]{16,}=*)/#.wordBoundaryKind(.simple)),
      !Self.isMasked(match.output.1)
    {
      return (.fail, "bearer token")
    }
    for match in line.matches(
      of:
        #/(?i)[?&](?:access_token|id_token|refresh_token|token|api_?key|secret|password|session_?id)=([^&\s"']{8,})/#
    )
    where !Self.isMasked(match.output.1) { return (.fail, "token in the query of a URL") }
    return nil
  }

  private static let localPart = ByteSet(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-")

  /// Whether there is something like `name@host.top` in a line.
  private static func hasMail(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let view = ByteView(base: base, count: bytes.count)
    return bytes.indices.contains { position in
      guard bytes[position] == UInt8(ascii: "@"), localPart.contains(view[position - 1]) else {
        return false
      }
      let end = view.end(of: .dotted, from: position + 1, limit: 255)
      let labels = view.text(position + 1..<end).split(separator: ".")
      guard labels.count >= 2, let top = labels.last else { return false }
      return top.utf8.prefix { ByteSet.letters.contains($0) }.count >= 2
    }
  }

  private static func isMasked(_ value: Substring) -> Bool {
    let value = value.lowercased()
    return value.contains("***") || value.contains("redacted") || value.contains("filtered")
      || value.contains("[") || value.contains("<") || value.contains("…")
      || Array(value.utf8).withUnsafeBufferPointer(Placeholder.isValue)
  }
}
