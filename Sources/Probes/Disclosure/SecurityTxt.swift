internal import Checklist

/// A security.txt file (RFC 9116), read line by line.
struct SecurityTxt: Hashable, Sendable {
  struct Field: Hashable, Sendable {
    /// In lower case.
    var name: String
    var value: String
  }

  var fields: [Field] = []
  /// What the format forbids.
  var faults: [String] = []
  var isSigned = false
  /// Whether the last line has an end, as every line should (section 4).
  var hasLastEnd = true

  init(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      faults = ["the file is not UTF-8"]
      return
    }
    // The format is Net-Unicode (section 4), which begins with no mark.
    if text.unicodeScalars.first == "\u{FEFF}" {
      faults.append("a byte order mark stands before the text")
    }
    hasLastEnd = text.utf8.last == 0x0A
    // A line ends with LF, perhaps after CR; nothing else ends one.
    var lines = text.drop { $0 == "\u{FEFF}" }.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n"
    }
    if lines.first == "-----BEGIN PGP SIGNED MESSAGE-----" { unwrap(&lines) }
    for line in lines { read(line) }
  }

  /// The values of a field of that name.
  func values(_ name: String) -> [String] {
    fields.filter { $0.name == name.lowercased() }.map(\.value)
  }

  /// The signed part alone (RFC 9116 section 2.3, RFC 9580 section 7); the signature is not checked.
  private mutating func unwrap(_ lines: inout [Substring]) {
    isSigned = true
    let body = lines.drop { !$0.isEmpty }.dropFirst()
    guard let end = body.firstIndex(of: "-----BEGIN PGP SIGNATURE-----") else {
      faults.append("the PGP signature is missing")
      lines = Array(body)
      return
    }
    lines = body[..<end].map { $0.hasPrefix("- ") ? $0.dropFirst(2) : $0 }
  }

  private mutating func read(_ line: Substring) {
    let text = line.trimmingSpaces
    if text.isEmpty || text.hasPrefix("#") { return }
    guard let colon = line.firstIndex(of: ":") else {
      faults.append("a line is no field: \(text.prefix(60))")
      return
    }
    let name = line[..<colon]
    guard !name.isEmpty,
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    else {
      faults.append("a field name is invalid: \(name.prefix(60))")
      return
    }
    let rest = line[line.index(after: colon)...]
    let value = rest.trimmingSpaces
    if value.isEmpty {
      faults.append("\(name) is empty")
    } else if !rest.hasPrefix(" ") {
      faults.append("no space follows \(name):")
    }
    if value.lowercased().hasPrefix("http://") { faults.append("\(name) is a URL without TLS") }
    fields.append(Field(name: name.lowercased(), value: value))
  }
}
