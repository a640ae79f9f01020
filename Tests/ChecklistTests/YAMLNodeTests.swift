import Testing

@testable import Checklist

@Suite struct YAMLNodeTests {
  @Test func fillsInAliasesAndMergeKeys() throws {
    let text = """
      x: &base { mem_limit: 1g, user: a }
      services:
        web:
          <<: *base
          user: b
      ---
      kind: Pod
      """
    let documents = try YAMLNode.documents(text)
    #expect(documents.count == 2)
    let web = try #require(documents[0].at("services", "web"))
    #expect(web["mem_limit"]?.text == "1g")
    #expect(web["user"]?.text == "b", "a merged key never replaces one that is there")
    #expect(web.line == 3)
    #expect(documents[1]["kind"]?.text == "Pod")
  }

  @Test(arguments: [
    ("true", true), ("yes", true), ("On", true), ("'true'", false), ("false", false), ("[]", false),
  ])
  func knowsTruth(_ text: String, _ isTrue: Bool) throws {
    #expect(try YAMLNode.documents("a: \(text)").first?["a"]?.isTrue == isTrue)
  }

  @Test func refusesABombOfAliases() {
    // Ten times ten times ten … : 10 to the power of 9 texts, in 40 lines.
    var text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 4).joined(separator: ",")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let start = ContinuousClock.now
    #expect(throws: YAMLNode.Fault.self) { try YAMLNode.documents(text) }
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test func refusesABombInAKey() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...9 { text += "a\(level): &a\(level) [\("*a\(level - 1), *a\(level - 1)")]\n" }
    text += "? *a9\n: 1\n"
    let start = ContinuousClock.now
    #expect(throws: YAMLNode.Fault.self) { try YAMLNode.documents(text) }
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test func refusesDepthSizeAndNumber() {
    for text in [
      String(repeating: "[", count: 100_000), String(repeating: "a:\n ", count: 3_000),
      (0..<200).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
      String(repeating: "x", count: (1 << 20) + 1), String(repeating: "---\n", count: 3_000),
      "a: 1\na: 2\n", "a: *b\n", "? [a]\n: b\n", "<<: x\n", "\t- a", "a: b: c", "{",
    ] {
      #expect(throws: YAMLNode.Fault.self, "\(text.prefix(20))") { try YAMLNode.documents(text) }
    }
    #expect(throws: Never.self) { try YAMLNode.documents("") }
  }
}
