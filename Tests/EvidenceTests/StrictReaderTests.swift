import Checklist
import Testing

@testable import Evidence

@Suite("Strict reader: spellings")
struct StrictSpellingTests {
  private func refusal(_ bytes: [UInt8]) -> String? {
    var reader = CanonicalReader(bytes[...])
    do {
      _ = try reader.value()
      return reader.isAtEnd ? nil : "goes on"
    } catch {
      return error.reason
    }
  }

  @Test(
    "a value in any other spelling than the canonical one is refused",
    arguments: [
      (#"{"a":1,"a":2}"#, "twice"), (#"{"b":1,"a":2}"#, "out of order"),
      (#"{"aa":1,"a":2}"#, "out of order"), (#"{ "a":1}"#, "no text"),
      (#"{"a" :1}"#, "colon"), (#"{"a": 1}"#, "canonical form"), (#"{"a":1 }"#, "does not end"),
      ("[1, 2]", "canonical form"), ("[1 ]", "does not end"), (" 1", "canonical form"),
      ("1 ", "goes on"), ("1\n", "goes on"), ("1.0", "not an integer"), ("1.5", "not an integer"),
      ("1e2", "not an integer"), ("1E2", "not an integer"), ("-0", "spelling"),
      ("01", "spelling"), ("-01", "spelling"), ("00", "spelling"), ("+1", "canonical form"),
      ("-", "canonical form"), ("9007199254740992", "2^53"), ("-9007199254740992", "2^53"),
      ("99999999999999999999999999", "2^53"), ("{\"\u{e9}\":1}", "ASCII"),
      ("{\"\\n\":1}", "ASCII"), ("\"\u{7f}\"", "U+007F"), ("{\"\u{7f}\":1}", "U+007F"),
      (#""\/""#, "escape"), (#""\u0041""#, "escape"), (#""\u000a""#, "escape"),
      (#""\u0008""#, "escape"), (#""\u001F""#, "escape"), (#""\u0020""#, "escape"),
      (#""\u007f""#, "escape"), (#""\u00e9""#, "escape"), (#""\ud800""#, "escape"),
      (#""\ud83d\ude00""#, "escape"), (#""\udc00""#, "escape"), (#""\x""#, "escape"),
      (#""\u00""#, "escape"), (#""\u001"#, "escape"), (#""a"#, "does not end"),
      (#""\"#, "does not end"), ("\"\n\"", "control"), ("\"\t\"", "control"), ("\"\0\"", "control"),
      ("[1,]", "canonical form"), (#"{"a":1,}"#, "no text"), ("[", "canonical form"),
      ("{", "no text"), ("[1", "does not end"), (#"{"a":1"#, "does not end"), ("", "canonical"),
      ("nul", "not a value"), ("True", "canonical form"), ("NaN", "canonical form"),
      ("'a'", "canonical form"), ("\u{feff}1", "canonical form"), ("[1]]", "goes on"),
      ("// x\n1", "canonical form"), ("{1:2}", "no text"), ("undefined", "canonical form"),
    ])
  func refused(spelling: String, reason: String) {
    let found = refusal(Array(spelling.utf8))
    #expect(found?.contains(reason) ?? false, "\(spelling): \(found ?? "accepted")")
  }

  @Test(
    "bytes that are not UTF-8 are refused",
    arguments: [
      [0xff], [0xc3], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80],
      [0xe2, 0x82], [0xf8, 0x88, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func notUTF8(bytes: [UInt8]) {
    #expect(refusal([0x22] + bytes + [0x22])?.contains("UTF-8") ?? false)
  }

  @Test("64 levels are read, 65 are refused, and a hundred thousand do not crash")
  func depth() {
    func nested(_ levels: Int, _ open: String, _ close: String) -> [UInt8] {
      Array(
        (String(repeating: open, count: levels - 1) + "1"
          + String(repeating: close, count: levels - 1)).utf8)
    }
    #expect(refusal(nested(64, "[", "]")) == nil)
    #expect(refusal(nested(65, "[", "]"))?.contains("64 levels") ?? false)
    #expect(refusal(nested(64, "{\"a\":", "}")) == nil)
    #expect(refusal(nested(65, "{\"a\":", "}"))?.contains("64 levels") ?? false)
    #expect(refusal(nested(100_000, "[", "]")) != nil)
  }
}

@Suite("Strict reader: files")
struct StrictFileTests {
  private let whole: String

  init() throws { whole = String(decoding: try Samples.everyType().rendered, as: UTF8.self) }

  private func damage(_ text: String) -> EvidenceDamage? { Self.damage(Array(text.utf8)) }

  private static func damage(_ bytes: [UInt8]) -> EvidenceDamage? {
    do {
      _ = try EvidenceReader.read(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test("what was written is read, with and without its last newline")
  func reads() throws {
    #expect(try EvidenceReader.read(Array(whole.utf8)).rendered == Array(whole.utf8))
    #expect(try EvidenceReader.read(Array(whole.utf8.dropLast())).rendered == Array(whole.utf8))
  }

  @Test("every other frame around the records is refused")
  func frames() {
    let frames: [(String, String)] = [
      ("", "empty"), ("\n", "no launchgate"), ("]", "no launchgate"), ("[]\n", "no launchgate"),
      ("\u{feff}" + whole, "no launchgate"), (" " + whole, "no launchgate"),
      (whole + "\n", "does not end"), (whole + "x", "does not end"), (whole + "]\n", "comma"),
      (String(whole.dropLast(2)), "does not end"), (String(whole.dropLast(2)) + "] \n", "end"),
      (whole.replacing("\"version\":1", with: "\"version\":2"), "version"),
      (whole.replacing("\"version\":1}", with: "\"version\":1,\"x\":1}"), "version"),
      (whole.replacing("launchgate-evidence", with: "other"), "no launchgate"),
      (whole.replacing("\n,", with: "\n ,"), "comma"),
      (whole.replacing("\n,", with: "\n"), "comma"),
      (whole.replacing("\n,", with: ",\n"), "another version"),
      (whole.replacing("\n,", with: "\n\n,"), "comma"),
      (whole.replacing("\n]", with: "\n,]"), "end"),
    ]
    for (text, reason) in frames {
      let found = damage(text)?.description ?? "accepted"
      #expect(found.contains(reason), "\(text.prefix(60).debugDescription): \(found)")
    }
  }

  @Test("carriage returns are refused with the way out")
  func carriageReturns() {
    let found = damage(whole.replacing("\n", with: "\r\n"))
    #expect(found?.line == 1)
    #expect(found?.hint?.contains("-text") ?? false)
  }

  @Test("conflict markers are refused with the way out")
  func conflict() {
    let found = damage(whole.replacing("}\n,", with: "}\n<<<<<<< HEAD\n,", maxReplacements: 1))
    #expect(found?.line == 2)
    #expect(found?.hint?.contains("repair") ?? false)
  }

  @Test("every other frame around one record is refused, with its line")
  func lines() throws {
    let line = try #require(try Samples.everyType().lines.first)
    for (change, reason) in [
      (line.replacing("{\"id\":", with: "{ \"id\":"), "id"),
      (line.replacing("\"signatures\":[]}", with: "\"signatures\":[]} "), "after its end"),
      (line.replacing("\"signatures\":[]}", with: "\"signatures\":[],\"x\":1}"), "goes on"),
      (line.replacing("\"signatures\":[]}", with: "\"signatures\":[ ]}"), "canonical"),
      (line.replacing(",\"signatures\":[]}", with: "}"), "no signatures"),
      (line.replacing("[]}", with: "{}}"), "list"), (line.replacing("[]}", with: "[1]}"), "object"),
      (line.replacing("[]}", with: "[{\"key\":\"a\"}]}"), "lacks sshsig"),
      (line.replacing("[]}", with: #"[{"key":"a","sshsig":"b","x":1}]}"#), "unknown member x"),
      (
        line.replacing("[]}", with: #"[{"key":"b","sshsig":"x"},{"key":"a","sshsig":"x"}]}"#),
        "order"
      ),
      (
        line.replacing("[]}", with: #"[{"key":"a","sshsig":"x"},{"key":"a","sshsig":"y"}]}"#),
        "once"
      ),
      (line.replacing("sha256:", with: "sha256:0", maxReplacements: 1), "digest"),
      (line.replacing("4.2.0", with: "4.2.1"), "digest"), (line + line, "after its end"),
    ] {
      let found = damage(whole.replacing(line, with: change))
      #expect(found?.reason.contains(reason) ?? false, "\(found?.description ?? "accepted")")
      #expect(found?.line == 2)
    }
  }

  @Test("a record of a byte more than 1 MiB is refused, one of exactly 1 MiB is read")
  func recordSize() throws {
    let evidence = try Samples.everyType()
    func sign(_ length: Int) throws -> Entry {
      try evidence.draft(
        .assign(
          Assign(duty: String(repeating: "x", count: length), id: "b", name: "B", email: "")),
        by: Samples.alice, at: Samples.time(60))
    }
    let overhead = try sign(1).bytes.count - 1
    let largest = try sign(Limits.recordBytes - overhead)
    #expect(largest.bytes.count == Limits.recordBytes)
    #expect(throws: RecordFault.self) { try sign(Limits.recordBytes - overhead + 1) }
    let file = try evidence.union(Evidence(evidence.entries + [largest])).rendered
    #expect(Self.damage(file) == nil)
    var tooLarge = largest.bytes
    let text = try #require(tooLarge.indices.first { tooLarge[$0...].starts(with: "xxxx".utf8) })
    tooLarge.insert(UInt8(ascii: "x"), at: text)
    let line = Array(",{\"id\":\"\(Digest(of: tooLarge))\",\"record\":".utf8) + tooLarge
    let over = Array(file.dropLast(2)) + line + Array(",\"signatures\":[]}\n]\n".utf8)
    #expect(Self.damage(over)?.reason.contains("1048576") ?? false)
  }

  @Test("a file over the limit is refused before it is looked into")
  func fileSize() {
    let bytes = [UInt8](repeating: 0x20, count: Limits.fileBytes + 1)
    #expect(Self.damage(bytes)?.reason.contains("larger than") ?? false)
  }
}
