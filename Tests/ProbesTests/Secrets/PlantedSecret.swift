import Testing

@testable import Probes

/// Secrets made up at run time, so that none stands in the sources; every rule has one.
struct PlantedSecret: Sendable, CustomTestStringConvertible {
  var rule: String
  /// As it stands in a file, with what the rule needs around it.
  var text: String
  /// The secret alone, which must not show up in any finding.
  var secret: String

  var testDescription: String { rule }

  init(_ rule: String, _ before: String, _ secret: String, _ after: String = "") {
    self.rule = rule
    self.secret = secret
    text = before + secret + after
  }

  static let small = "abcdefghijklmnopqrstuvwxyz"
  static let capital = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  static let digit = "0123456789"
  static let hex = digit + "abcdef"
  static let alphanumeric = capital + small + digit

  /// Random-looking and always the same.
  static func random(_ count: Int, _ alphabet: String = alphanumeric, seed: UInt64 = 1) -> String {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(count)
    let characters = Array(alphabet)
    return String(
      (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return characters[Int((state >> 33) % UInt64(characters.count))]
      })
  }

  /// A body of thirty characters and its checksum.
  static func checked(_ prefix: String, seed: UInt64 = 1) -> String {
    let body = random(30, seed: seed)
    var number = TokenChecksum.crc32(Array(body.utf8))
    let alphabet = Array(digit + capital + small)
    var sum: [Character] = []
    for _ in 0..<6 {
      sum.insert(alphabet[Int(number % 62)], at: 0)
      number /= 62
    }
    return prefix + body + String(sum)
  }

  static func base64(_ text: String) -> String { base64(Array(text.utf8)) }

  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array(capital + small + digit + "+/")
    var output = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        output.append(
          place <= group.count ? alphabet[word >> (18 - 6 * place) & 63] : "=")
      }
    }
    return output
  }

  /// DER enough for a rule: a sequence, then noise.
  static let privateKey: String = {
    let noise = (0..<120).map { UInt8(truncatingIfNeeded: ($0 * 7_919) >> 3 ^ $0 * 31) }
    return base64([0x30, 0x82, 0x01, 0x22, 0x02, 0x01, 0x00] + noise)
  }()

  static func armoured(_ kind: String, _ body: String = privateKey, header: String = "") -> String {
    "-----BEGIN \(kind)-----\n\(header)\(body.prefix(64))\n\(body.dropFirst(64))\n-----END \(kind)-----\n"
  }

  static let webToken =
    base64(#"{"alg":"HS256","typ":"JWT"}"#).filter { $0 != "=" } + "."
    + base64(#"{"sub":"user-4711","admin":true}"#).filter { $0 != "=" } + "." + random(43)

  static let all: [PlantedSecret] = forge + cloud + service + keys + named + runs
}
