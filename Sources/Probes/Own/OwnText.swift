internal import Checklist

/// What a program, a server or a file said, as it may be kept and shown.
enum OwnText {
  /// So much is kept; more says little to whoever reads it.
  static let limit = 16 << 10
  private static let valueLimit = 80
  private static let scanner = SecretScanner()

  /// The beginning of what was written, without control characters; nothing of what holds a
  /// secret, and nothing of what is no text.
  ///
  /// - Parameter secrets: values that were handed on, and must not come back.
  static func kept(_ bytes: [UInt8], secrets: [String] = []) -> String {
    guard !bytes.isEmpty else { return "" }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      return "[\(bytes.count) bytes that are no text]\n"
    }
    if let title = bytes.withUnsafeBytes(scanner.scan).first?.title {
      return "[\(bytes.count) bytes, not kept: \(title)]\n"
    }
    // The end of the last character may be cut off.
    var text = String(decoding: bytes.prefix(limit), as: UTF8.self)
    for secret in secrets where secret.count >= 4 {
      text = text.replacing(secret, with: Redaction.mark)
    }
    let cut = bytes.count > limit ? "\n[\(bytes.count) bytes in all]\n" : ""
    return harmless(text) + cut
  }

  /// One value in one line.
  static func shown(_ value: ToolJSON) -> String {
    switch value {
    case .null: "null"
    case .bool(let truth): "\(truth)"
    case .number(let spelling): String(spelling.prefix(valueLimit))
    case .string(let text): quoted(text)
    case .array(let elements): "a list of \(elements.count)"
    case .object(let members): "an object of \(members.count)"
    }
  }

  /// One expected value in one line.
  static func shown(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): quoted(text)
    case .integer(let number): "\(number)"
    case .bool(let truth): "\(truth)"
    case .null, .array, .object: "something else"
    }
  }

  private static func quoted(_ text: String) -> String {
    if Array(text.utf8).withUnsafeBytes(scanner.scan).first != nil { return Redaction.mark }
    let short = text.unicodeScalars.count > valueLimit
    return "\"\(harmless(String(text.prefix(valueLimit))))\(short ? "…" : "")\""
  }

  /// Without control characters other than ends of lines and tabs.
  static func harmless(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isPlain = scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
      result.append(isPlain || scalar == "\n" || scalar == "\t" ? scalar : "\u{FFFD}")
    }
    return String(result)
  }
}
