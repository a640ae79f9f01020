internal import Checklist

extension SecurityTxt {
  /// How the file stands against RFC 9116 when it was fetched from that URL.
  func details(at url: TargetURL, now: Timestamp) -> [Finding.Detail] {
    faults.map { .init(.fail, $0) } + [contact, expiry(now)] + languages + canonical(url)
      + (hasLastEnd ? [] : [.init(.review, "the last line has no end")])
  }

  /// Section 2.5.3: at least one, each a URI.
  private var contact: Finding.Detail {
    let contacts = values("Contact")
    guard !contacts.isEmpty else { return .init(.fail, "Contact is missing") }
    guard let wrong = contacts.first(where: { !Self.isContact($0) }) else {
      return .init(.pass, "Contact: \(contacts.joined(separator: ", "))")
    }
    return .init(.fail, "Contact is no https:, mailto: or tel: URI: \(wrong.prefix(80))")
  }

  /// Section 2.5.5: exactly one, in the future; less than a year ahead is recommended.
  private func expiry(_ now: Timestamp) -> Finding.Detail {
    let values = values("Expires")
    guard let text = values.first else { return .init(.fail, "Expires is missing") }
    guard values.count == 1 else { return .init(.fail, "Expires stands \(values.count) times") }
    guard let end = Self.dateTime(text) else {
      return .init(.fail, "Expires is no RFC 3339 date-time: \(text.prefix(40))")
    }
    if end <= now { return .init(.fail, "expired on \(end.date)") }
    let isFar = end > now + .days(366)
    return .init(.pass, "Expires \(end.date)" + (isFar ? ", more than a year ahead" : ""))
  }

  /// Section 2.5.8: at most once.
  private var languages: [Finding.Detail] {
    values("Preferred-Languages").count > 1
      ? [.init(.fail, "Preferred-Languages stands more than once")] : []
  }

  /// Section 2.5.2: if there is any, one of them is where the file was found.
  private func canonical(_ url: TargetURL) -> [Finding.Detail] {
    let values = values("Canonical")
    guard !values.isEmpty else { return [] }
    return values.contains { TargetURL($0) == url }
      ? [.init(.pass, "Canonical names this URL")]
      : [.init(.fail, "Canonical does not name \(url)")]
  }

  private static func isContact(_ value: String) -> Bool {
    guard value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
    let lower = value.lowercased()
    if lower.hasPrefix("https://") { return TargetURL(value) != nil }
    if lower.hasPrefix("mailto:") { return value.dropFirst(7).contains("@") }
    return lower.hasPrefix("tel:") && value.count > 4
  }

  /// RFC 3339 with any offset; `Timestamp` itself reads only `Z`.
  static func dateTime(_ text: String) -> Timestamp? {
    let upper = text.uppercased()
    guard upper.utf8.count <= 40, upper.utf8.count >= 20 else { return nil }
    var tail = upper.dropFirst(19)
    if tail.hasPrefix(".") {
      let digits = tail.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty else { return nil }
      tail = tail.dropFirst(digits.count + 1)
    }
    guard let base = Timestamp(rfc3339: "\(upper.prefix(19))Z") else { return nil }
    if tail == "Z" { return base }
    let offset = tail.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard tail.utf8.count == 6, "+-".contains(tail.prefix(1)), offset.count == 2,
      let hours = twoDigits(offset[0]), let minutes = twoDigits(offset[1]), hours < 24, minutes < 60
    else { return nil }
    let shift = hours * 3_600 + minutes * 60
    return Timestamp(seconds: base.seconds + (tail.hasPrefix("+") ? -shift : shift))
  }

  private static func twoDigits(_ text: Substring) -> Int? {
    text.utf8.count == 2 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}
