import Foundation
import Testing

@testable import Probes

/// Patterns that a checklist of one's own may hold.
@Suite(.timeLimit(.minutes(2))) struct LinearPatternTests {
  private func line(_ pattern: String, _ text: String) throws -> Int? {
    let answer = try #require(
      try LinearPattern(pattern).firstLine(in: text, deadline: .now + .seconds(60)))
    if case .line(let line) = answer { return line }
    return nil
  }

  @Test(arguments: [
    ("a", "bab", 1), ("^b$", "a\nb\nc", 2), ("^$", "a\n\nb", 2), ("$", "", 1), ("x", "", nil),
    ("a|bc|d", "xbc", 1), ("^(a|b)+$", "abba", 1), ("^(a|b)+$", "abca", nil),
    ("^a{2,3}$", "a", nil), ("^a{2,3}$", "aaa", 1), ("^a{2,3}$", "aaaa", nil), ("^a{2}$", "aa", 1),
    ("^a{2,}$", "aaaaa", 1), ("^a{0}$", "a", nil), ("^a?b$", "b", 1), ("a.c", "a\nc", nil),
    ("a.c", "aöc", 1), ("[^a-c]", "abc", nil), ("[]a]", "]", 1), ("[a-]", "-", 1),
    ("[\\d_]+x", "12_x", 1), ("\\bfoo\\b", "a foo.", 1), ("\\bfoo\\b", "afoo", nil),
    ("\\.", "a", nil), ("v(20|22)\\.\\d+", "node v22.11", 1), ("(?i)ERROR", "an Error", 1),
    ("(?i)[^a]", "aA", nil), ("(?:ab)*c", "ababc", 1), ("^ok\\s*$", "ok \t\r\n", 1),
    ("ü$", "grün\nMenü", 2), ("()", "x", 1), ("(a*)*b", "aaab", 1), ("(a*)*b", "aaac", nil),
    ("^a$", "a\r\nb", 1), ("\\w\\W\\S\\D", "a -x", 1),
  ])
  func matches(_ pattern: String, _ text: String, _ expected: Int?) throws {
    #expect(try line(pattern, text) == expected)
  }

  @Test(arguments: [
    "", "(", ")", "a)", "[", "[z-a]", "*", "a**", "a{", "a{2", "a{3,2}", "a{9999}", "\\", "\\q",
    "\\1", "(?=a)", "(?<n>a)", "[[:alpha:]]", "((((a{1000}){1000}){1000}){1000})",
    "((((){1000}){1000}){1000}){1000}x{1000}{1000}", "(a{1000}){3}",
    String(repeating: "(", count: 60) + "a" + String(repeating: ")", count: 60),
    String(repeating: "a", count: 1_001),
  ])
  func refuses(_ pattern: String) {
    #expect(throws: LinearPattern.Fault.self) { try LinearPattern(pattern) }
  }

  @Test func emptyGroupsCostNothing() throws {
    let pattern = "((((){1000}){1000}){1000}){1000}"
    #expect(try line(pattern, "x") == 1)
  }

  @Test func takesTimeInProportionToTheText() throws {
    for pattern in ["(a+)+$", "(a|aa)+b", "(a?){40}a{40}b", "(.*)*(.*)*x"] {
      let start = ContinuousClock.now
      let text = String(repeating: "a", count: 20_000) + "!"
      #expect(try line(pattern, text) == nil)
      #expect(ContinuousClock.now - start < .seconds(30), "\(pattern)")
    }
  }

  @Test func givesUpAtItsDeadline() throws {
    let text = String(repeating: "a", count: 1 << 20)
    let start = ContinuousClock.now
    let answer = try LinearPattern("(a?){200}b").firstLine(
      in: text, deadline: .now + .milliseconds(50))
    #expect(answer == nil)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  /// Against NSRegularExpression, on patterns of what both know.
  @Test func agreesWithAnotherEngine() throws {
    var random = SystemRandomNumberGenerator()
    let atoms = ["a", "b", "[ab]", "[^a]", ".", "(a|b)", "(ab|)", "\\w", "^", "$", "\\b"]
    let ends = ["", "", "", "*", "+", "?", "{1,2}"]
    var compared = 0
    for _ in 0..<3_000 {
      let pattern = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        let atom = atoms.randomElement(using: &random) ?? "a"
        let isEdge = ["^", "$", "\\b"].contains(atom)
        return atom + (isEdge ? "" : ends.randomElement(using: &random) ?? "")
      }.joined()
      let text = String(
        (0..<Int.random(in: 0...7, using: &random)).map { _ in
          "abc\n".randomElement(using: &random) ?? "a"
        })
      guard
        let other = try? NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines])
      else { continue }
      let range = NSRange(location: 0, length: text.utf16.count)
      // At the very end after a last newline, ICU sees no line begin.
      if text.hasSuffix("\n") { continue }
      let expected = other.firstMatch(in: text, range: range) != nil
      #expect(
        (try line(pattern, text) != nil) == expected, "\(pattern) in \(text.debugDescription)")
      compared += 1
    }
    #expect(compared > 1_000)
  }
}
