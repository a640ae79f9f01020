import Checklist
import Testing

@testable import Evidence

@Suite("Canonical JSON")
struct CanonicalJSONTests {
  private func canonical(_ value: JSONValue) -> String {
    String(decoding: CanonicalJSON.bytes(value), as: UTF8.self)
  }

  @Test(
    "strings are escaped as RFC 8785 section 3.2.2.2 says",
    arguments: [
      // The RFC's own example, without its U+007F.
      (
        "\u{20ac}$\u{f}\u{a}A'\u{42}\u{22}\u{5c}\u{5c}\u{22}/", #""€$\u000f\nA'B\"\\\\\"/""#
      ),
      ("", #""""#), ("\u{0}\u{1}\u{1f}", #""\u0000\u0001\u001f""#),
      ("\u{8}\u{9}\u{a}\u{c}\u{d}\u{b}", #""\b\t\n\f\r\u000b""#),
      ("\u{80}\u{2028}\u{fb33}\u{1f600}", "\"\u{80}\u{2028}\u{fb33}\u{1f600}\""),
      ("e\u{301}", "\"e\u{301}\""), ("</script>", "\"</script>\""),
    ])
  func escapes(text: String, spelling: String) {
    #expect(Array(canonical(.string(text)).utf8) == Array(spelling.utf8))
  }

  @Test("members stand in the order of their keys' code units, at every level")
  func ordering() {
    let value: JSONValue = .object([
      "b": .integer(1), "a": .object(["z": .null, "A": .bool(true)]), "": .string("x"),
      "aa": .array([.bool(false), .object([:]), .array([])]), "a-b": .integer(2), "_": .integer(0),
      "10": .integer(10), "1": .integer(-1),
    ])
    #expect(
      canonical(value)
        == #"{"":"x","1":-1,"10":10,"_":0,"a":{"A":true,"z":null},"a-b":2,"aa":[false,{},[]],"b":1}"#
    )
  }

  @Test(
    "integers are written plainly up to 2^53 - 1",
    arguments: [
      (0, "0"), (-1, "-1"), (9_007_199_254_740_991, "9007199254740991"),
      (-9_007_199_254_740_991, "-9007199254740991"),
    ])
  func integers(number: Int, spelling: String) {
    #expect(canonical(.integer(number)) == spelling)
    #expect(CanonicalJSON.refusal(of: .integer(number)) == nil)
  }

  @Test(
    "what has no canonical form here is refused",
    arguments: [
      JSONValue.integer(9_007_199_254_740_992), .integer(-9_007_199_254_740_992), .integer(.min),
      .integer(.max), .string("a\u{7f}"), .object(["\u{e9}": .null]), .object(["a\u{7f}": .null]),
      .object(["a\n": .null]), .array([.object(["x": .string("\u{7f}")])]),
    ])
  func refused(value: JSONValue) {
    #expect(CanonicalJSON.refusal(of: value) != nil)
  }

  @Test("64 levels are written and 65 are refused")
  func depth() {
    var value = JSONValue.null
    for _ in 1..<64 { value = .array([value]) }
    #expect(CanonicalJSON.refusal(of: value) == nil)
    #expect(CanonicalJSON.refusal(of: .array([value])) != nil)
  }

  @Test("every value that may be written reads back through the strict reader")
  func readsBack() throws {
    var generator = SeededGenerator(8785)
    for _ in 0..<2_000 {
      let value = Self.random(depth: 4, using: &generator)
      let bytes = CanonicalJSON.bytes(value)
      var reader = CanonicalReader(bytes[...])
      let back = try reader.value()
      #expect(reader.isAtEnd)
      #expect(CanonicalJSON.bytes(back) == bytes)
      #expect(back == value)
    }
  }

  static func random(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2:
      let largest = Limits.largestInteger
      return .integer(Int.random(in: -largest...largest, using: &generator))
    case 3: return .string(text(using: &generator))
    case 4:
      return .array(
        (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
          random(depth: depth - 1, using: &generator)
        })
    default:
      let names = (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
        String((0..<3).map { _ in "aAb-_1~ \"\\".randomElement(using: &generator) ?? "a" })
      }
      return .object(
        Dictionary(
          names.map { ($0, random(depth: depth - 1, using: &generator)) },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  private static func text(using generator: inout SeededGenerator) -> String {
    let scalars: [ClosedRange<UInt32>] = [0...0x1f, 0x20...0x7e, 0x80...0xd7ff, 0x1f600...0x1f64f]
    var text = ""
    for _ in 0..<Int.random(in: 0..<8, using: &generator) {
      let range = scalars.randomElement(using: &generator) ?? 0x20...0x7e
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
