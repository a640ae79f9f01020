/// What a browser would send along with a form: hidden fields and cookies.
struct LoginForm: Hashable, Sendable {
  /// Hidden fields with the values that the page gave them, such as an anti-forgery token.
  var hidden: [Field] = []
  /// `name=value` of each cookie that the page set.
  var cookies: [String] = []

  struct Field: Hashable, Sendable {
    var name: String
    var value: String
  }

  init() {}

  /// The form on a page, as far as it concerns a browser without scripts.
  init(_ page: HTTPResponse) {
    hidden = Self.hiddenFields(in: page.text)
    cookies = page.values("Set-Cookie").prefix(20).compactMap { field in
      let pair = field.prefix { $0 != ";" }.trimmingSpaces
      return pair.contains("=") && pair.utf8.count <= 4_096 ? pair : nil
    }
  }

  /// The fields as `application/x-www-form-urlencoded`, the hidden ones first.
  func encoded(_ fields: [Field]) -> String {
    (hidden.filter { field in !fields.contains { $0.name == field.name } } + fields)
      .map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
  }

  /// Values of `input type=hidden`, at most 20.
  static func hiddenFields(in page: String) -> [Field] {
    var fields: [Field] = []
    var rest = page[...]
    while fields.count < 20, let start = rest.firstRange(of: /<input/.ignoresCase()) {
      let after = rest[start.upperBound...]
      guard let end = after.firstIndex(of: ">") else { break }
      let attributes = attributes(in: after[..<end])
      if attributes["type"]?.lowercased() == "hidden", let name = attributes["name"] {
        fields.append(Field(name: name, value: attributes["value"] ?? ""))
      }
      rest = after[end...]
    }
    return fields
  }

  private static func attributes(in tag: Substring) -> [String: String] {
    var found: [String: String] = [:]
    var rest = tag.prefix(4_096)[...]
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
      rest = rest[rest.index(after: equals)...]
      let value: Substring
      if let quote = rest.first, quote == "\"" || quote == "'" {
        rest = rest.dropFirst()
        value = rest.prefix { $0 != quote }
        rest = rest[value.endIndex...].dropFirst()
      } else {
        value = rest.prefix { !$0.isWhitespace }
        rest = rest[value.endIndex...]
      }
      found[name.lowercased()] = String(value).replacing("&amp;", with: "&")
        .replacing("&#x2B;", with: "+").replacing("&#43;", with: "+")
        .replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
    }
    return found
  }

  /// Percent-encoded for a form (WHATWG URL, application/x-www-form-urlencoded).
  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || [0x2A, 0x2D, 0x2E, 0x5F].contains(byte)
      if isPlain { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
