import Checklist
import Testing

@testable import Probes

/// Ways into JSON documents, and what their values are compared with.
@Suite struct JSONPathTests {
  private let document = #"""
    {"a": {"b c": [1, {"d": "x"}], "it's": 2, "e\"f": 3}, "list": [[], [0, 1]], "": 4, "ö": 5,
     "length": 6, "null": null, "big": 9007199254740993, "half": 0.5, "tiny": 1e-400, "huge": 1e400,
     "long": 5.00000000000000000001, "minus": -3, "one": 1.0, "zero": 0e5, "text": "äöü"}
    """#

  private func value(_ path: String) throws -> ToolJSON? {
    try JSONPath(path).value(in: ToolJSON(Array(document.utf8)))
  }

  @Test func leadsToOneValue() throws {
    #expect(try value("$.a['b c'][0]") == .number("1"))
    #expect(try value("$.a[\"b c\"][1].d") == .string("x"))
    #expect(try value("$['a']['it\\'s']") == .number("2"))
    #expect(try value("$.a['e\"f']") == .number("3"))
    #expect(try value("$['']") == .number("4"))
    #expect(try value("$.ö") == .number("5"))
    #expect(try value("$.length") == .number("6"))
    #expect(try value("$.list[1].length()") == .number("2"))
    #expect(try value("$.list[0].length()") == .number("0"))
    #expect(try value("$.text.length()") == .number("3"))
    #expect(try value("$.length()") == .number("15"))
    #expect(try value("$.null") == .null)
    #expect(try value("$")?.object != nil)
  }

  @Test(arguments: [
    "$.x", "$.a.x", "$.list[2]", "$.list.a", "$.a[0]", "$.null.a", "$.null.length()",
    "$.a['b c'][0][0]", "$.half.length()", "$.a.b",
  ])
  func leadsNowhere(_ path: String) throws {
    #expect(try value(path) == nil)
  }

  @Test(arguments: [
    "", "a", ".a", "$a", "$.", "$..a", "$.*", "$[*]", "$[-1]", "$[", "$[0", "$['a'", "$['a", "$[a]",
    "$['a\\n']", "$.length().a", "$.length(", "$ .a", "$.a b", "$[1:2]", "$[?(@.a)]",
    "$[99999999999]",
    "$" + String(repeating: ".a", count: 600),
  ])
  func refuses(_ path: String) {
    #expect(throws: JSONPath.Fault.self) { try JSONPath(path) }
  }

  @Test(arguments: [
    ("minus", "at-most", -3, Finding.Verdict.pass), ("minus", "at-most", -4, .fail),
    ("half", "at-most", 0, .fail), ("half", "at-least", 1, .fail), ("half", "at-least", 0, .pass),
    ("one", "equals", 1, .pass), ("half", "equals", 0, .fail), ("zero", "equals", 0, .pass),
    ("big", "at-least", 1, .unknown), ("tiny", "at-most", 0, .unknown),
    ("huge", "at-least", 1, .unknown), ("long", "at-most", 5, .unknown),
    ("null", "at-most", 5, .unknown), ("null", "equals", 0, .fail), ("text", "equals", 0, .fail),
    ("text", "at-least", 0, .unknown), ("list", "equals", 2, .unknown),
  ])
  func compares(_ name: String, _ how: String, _ number: Int, _ verdict: Finding.Verdict) throws {
    let content = try ContentExpectation(["json": .string("$.\(name)"), how: .integer(number)])
    let parts = content.judge(Array(document.utf8), what: "it", deadline: .now + .seconds(9))
    #expect(parts.map(\.verdict) == [verdict], "\(parts)")
  }

  @Test func anyBytesAreJudgedWithoutACrash() throws {
    var random = SystemRandomNumberGenerator()
    let content = try ContentExpectation([
      "json": .string("$.a['b c'][0]"), "equals": .integer(1), "pattern": .string("b.*c"),
      "without": .string("q{3}"),
    ])
    let good = Array(document.utf8)
    #expect(
      content.judge(good, what: "it", deadline: .now + .seconds(9)).allSatisfy {
        $0.verdict == .pass
      })
    for _ in 0..<3_000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes = Array(bytes.prefix(max(place, 1)))
        }
      }
      for part in content.judge(bytes, what: "it", deadline: .now + .seconds(9))
      where part.name == "equals" && part.verdict == .pass {
        // What passes is what another look at the same bytes finds too.
        #expect(try JSONPath("$.a['b c'][0]").value(in: ToolJSON(bytes)) == .number("1"))
      }
    }
    for _ in 0..<3_000 {
      let letters = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        "$.[]'\"\\ab0(){}|*+?^-".randomElement(using: &random) ?? "$"
      }
      _ = try? JSONPath("$" + String(letters))
      _ = try? LinearPattern(String(letters))
    }
  }
}
