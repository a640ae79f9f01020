import Foundation
import Testing

@testable import Probes

@Suite struct ToolJSONTests {
  @Test(arguments: [
    ("{}", ToolJSON.object([:])), (" [ ] \n", .array([])), ("null", .null),
    ("[true,false]", .array([.bool(true), .bool(false)])), ("-1.5e+3", .number("-1.5e+3")),
    (
      #"{"a":{"b":[1,"x"]}}"#, .object(["a": .object(["b": .array([.number("1"), .string("x")])])])
    ),
    (#""\u00e9\n\ud83d\ude00\/""#, .string("é\n😀/")), ("\u{FEFF}[]", .array([])),
  ])
  func reads(_ text: String, _ value: ToolJSON) throws {
    #expect(try ToolJSON(Array(text.utf8)) == value)
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{} {}", "[1 2]", "01", "+1", ".5",
    "1.",
    "NaN", "tru", "'a'", "\"a", "\"\\x\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\u{1}\"",
    "{a:1}",
    "[\"a\" : 1]", "npm warn config\n{}", "\"\\u+123\"",
  ])
  func refuses(_ text: String) {
    #expect(throws: ToolJSON.Fault.self) { try ToolJSON(Array(text.utf8)) }
  }

  @Test func refusesDepthAndWhatIsNoText() {
    let deep = Array(String(repeating: "[", count: 1_000_000).utf8)
    #expect(throws: ToolJSON.Fault.self) { try ToolJSON(deep) }
    #expect(throws: ToolJSON.Fault.self) { try ToolJSON([0x22, 0xFF, 0x22]) }
    #expect(throws: ToolJSON.Fault.self) { try ToolJSON([0xFF, 0xFE, 0x7B, 0, 0x7D, 0]) }
  }

  @Test func readsAsFoundationDoes() throws {
    let texts = [#"{"a":[1,2,{"b":null}],"c":"\t\"x"}"#, "[0,-0,1e9]", #"{"":""}"#]
    for text in texts {
      let ours = try ToolJSON(Array(text.utf8))
      let theirs = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(ours.object?.count == (theirs as? [String: Any])?.count)
      #expect(ours.array?.count == (theirs as? [Any])?.count)
    }
  }
}
