internal import Checklist
internal import Foundation

/// Reads one line of a list of allowed signers.
struct AllowedSignersLine {
  /// Nil for an empty line and for a comment.
  let line: AllowedSigners.Line?

  init(_ bytes: ArraySlice<UInt8>, number: Int) throws(SSHKeyFault) {
    guard bytes.count <= 64 << 10, let text = String(validating: bytes, as: UTF8.self) else {
      throw SSHKeyFault("it is longer than 64 KiB or not UTF-8")
    }
    guard text.unicodeScalars.allSatisfy({ $0 == "\t" || $0.value >= 0x20 && $0.value != 0x7f })
    else { throw SSHKeyFault("it has control characters, such as the CR of other systems") }
    var words = try Self.words(text)
    guard let principals = words.first, !principals.hasPrefix("#") else {
      line = nil
      return
    }
    words.removeFirst()
    guard !principals.contains("\""), principals.utf8.count <= 1_000,
      principals.split(separator: ",", omittingEmptySubsequences: false)
        .allSatisfy({ !$0.isEmpty && $0 != "!" })
    else { throw SSHKeyFault("its principals are no list of patterns") }
    var options = Options()
    if let word = words.first, !Self.isKeyType(word) {
      options = try Options(word)
      words.removeFirst()
    }
    guard words.count >= 2 else { throw SSHKeyFault("it lacks a key") }
    line = AllowedSigners.Line(
      number: number, principals: PatternList(principals),
      key: try SSHPublicKey(line: "\(words[0]) \(words[1])"),
      namespaces: options.namespaces.map(PatternList.init), after: options.after,
      before: options.before)
  }

  private static func isKeyType(_ word: String) -> Bool {
    ["ssh-", "ecdsa-", "sk-", "rsa-"].contains { word.hasPrefix($0) }
  }

  /// The words, where spaces between double quotes do not end one.
  private static func words(_ text: String) throws(SSHKeyFault) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in text {
      if (character == " " || character == "\t") && !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      // A comment may hold what it likes.
      if character == "\"" && words.count < 3 { isQuoted.toggle() }
      if word.isEmpty && words.isEmpty && character == "#" { return [] }
      word.append(character)
    }
    guard !isQuoted else { throw SSHKeyFault("a quote does not end") }
    return word.isEmpty ? words : words + [word]
  }

  /// What stands between the principals and the key.
  private struct Options {
    var namespaces: String?
    var after: Timestamp?
    var before: Timestamp?

    init() {}

    init(_ text: String) throws(SSHKeyFault) {
      for option in Self.parts(text) {
        let halves = option.split(separator: "=", maxSplits: 1).map(String.init)
        let name = halves.first?.lowercased() ?? ""
        switch (name, halves.count) {
        case ("namespaces", 2) where namespaces == nil:
          namespaces = try Self.unquoted(halves[1])
        case ("valid-after", 2) where after == nil: after = try Self.time(halves[1], name)
        case ("valid-before", 2) where before == nil: before = try Self.time(halves[1], name)
        case ("namespaces", 2), ("valid-after", 2), ("valid-before", 2):
          throw SSHKeyFault("it says \(name) twice")
        case ("cert-authority", 1):
          throw SSHKeyFault("certificates are not judged: list the plain key of each person")
        default: throw SSHKeyFault("it has the unknown option \(option.prefix(60))")
        }
      }
      if let after, let before, before <= after {
        throw SSHKeyFault("its valid-before is not later than its valid-after")
      }
    }

    private static func parts(_ text: String) -> [String] {
      var parts = [""]
      var isQuoted = false
      for character in text {
        if character == "\"" { isQuoted.toggle() }
        if character == "," && !isQuoted {
          parts.append("")
        } else {
          parts[parts.count - 1].append(character)
        }
      }
      return parts
    }

    private static func unquoted(_ text: String) throws(SSHKeyFault) -> String {
      let inner = text.dropFirst().dropLast()
      guard text.count > 2, text.hasPrefix("\""), text.hasSuffix("\""),
        !inner.contains("\""), !inner.contains("\\")
      else { throw SSHKeyFault("the value \(text.prefix(60)) has to be in double quotes") }
      return String(inner)
    }

    /// `YYYYMMDDZ`, `YYYYMMDDHHMMZ` or `YYYYMMDDHHMMSSZ`.
    private static func time(_ text: String, _ name: String) throws(SSHKeyFault) -> Timestamp {
      let value = try unquoted(text)
      guard value.hasSuffix("Z") else {
        throw SSHKeyFault(
          "its \(name) has no Z, so that it would mean another moment in every time zone")
      }
      let digits = Array(value.dropLast()) + Array("000000")
      guard [9, 13, 15].contains(value.count) else { throw SSHKeyFault("its \(name) is no time") }
      func part(_ range: Range<Int>) -> String { String(digits[range]) }
      let written =
        "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):"
        + "\(part(12..<14))Z"
      guard let time = Timestamp(rfc3339: written) else {
        throw SSHKeyFault("its \(name) is no time")
      }
      return time
    }
  }
}
