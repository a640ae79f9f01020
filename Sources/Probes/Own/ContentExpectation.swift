internal import Checklist

/// What a checklist of one's own expects of a text: of an output, a body or a file.
struct ContentExpectation: Sendable {
  private let pattern: LinearPattern?
  private let without: LinearPattern?
  private let json: JSONPath?
  private let comparisons: [JSONComparison]

  static let parameters: [ProbeManual.Parameter] = [
    .init("pattern", .text, "a regular expression that has to match somewhere in the text"),
    .init("without", .text, "a regular expression that must not match anywhere in the text"),
    .init("json", .text, "a path such as $.a['b'][0] into the text as JSON; .length() counts"),
    .init("equals", .value, "what the value at `json` has to be"),
    .init("at-least", .integer, "the least number that the value at `json` may be"),
    .init("at-most", .integer, "the greatest number that the value at `json` may be"),
  ]

  static let words = """
    A text that is not UTF-8, no JSON where a path leads into it, or without a value there, is \
    unknown, as is a pattern that took too long.
    """

  /// Whether anything is expected of the text.
  var isEmpty: Bool { pattern == nil && without == nil && json == nil }

  /// Reads what is expected.
  ///
  /// - Throws: what is wrong with a parameter, or between several.
  init(_ values: [String: JSONValue]) throws(ParameterFault) {
    pattern = try Self.pattern("pattern", values)
    without = try Self.pattern("without", values)
    comparisons = try JSONComparison.all(in: values)
    guard let path = values["json"]?.string else {
      json = nil
      guard let first = comparisons.first else { return }
      throw ParameterFault(
        parameter: first.parameter, reason: "needs json: which value is meant",
        suggestion: "json: $.path.to.it")
    }
    do { json = try JSONPath(path) } catch {
      throw ParameterFault(
        parameter: "json", reason: error.reason, suggestion: "such as $.metadata.total")
    }
    guard !comparisons.isEmpty else {
      throw ParameterFault(
        parameter: "json", reason: "has to be compared with something",
        suggestion: "equals, at-least or at-most")
    }
  }

  private static func pattern(
    _ name: String, _ values: [String: JSONValue]
  ) throws(ParameterFault) -> LinearPattern? {
    guard let text = values[name]?.string else { return nil }
    do { return try LinearPattern(text) } catch {
      throw ParameterFault(parameter: name, reason: error.reason)
    }
  }

  /// How the text stands to what is expected of it, part by part.
  func judge(_ bytes: [UInt8], what: String, deadline: ContinuousClock.Instant) -> [OwnPart] {
    guard !isEmpty else { return [] }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      return [OwnPart("text", .unknown, "\(what) is no text in UTF-8")]
    }
    var parts: [OwnPart] = []
    if let pattern {
      parts.append(
        Self.part("pattern", pattern.firstLine(in: text, deadline: deadline), what) { line in
          line.map { "line \($0) of \(what) matches the pattern" }
            ?? "nothing in \(what) matches the pattern"
        } isGood: {
          $0 != nil
        })
    }
    if let without {
      parts.append(
        Self.part("without", without.firstLine(in: text, deadline: deadline), what) { line in
          line.map { "line \($0) of \(what) matches what must not be there" }
            ?? "nothing in \(what) matches what must not be there"
        } isGood: {
          $0 == nil
        })
    }
    if let json { parts += judge(json, bytes, what) }
    return parts
  }

  private static func part(
    _ name: String, _ answer: LinearPattern.Answer?, _ what: String,
    _ words: (Int?) -> String, isGood: (Int?) -> Bool
  ) -> OwnPart {
    guard let answer else {
      return OwnPart(name, .unknown, "\(what) is too long for the pattern in that time")
    }
    var line: Int?
    if case .line(let number) = answer { line = number }
    return OwnPart(name, isGood(line) ? .pass : .fail, words(line))
  }

  private func judge(_ path: JSONPath, _ bytes: [UInt8], _ what: String) -> [OwnPart] {
    let document: ToolJSON
    do { document = try ToolJSON(bytes) } catch {
      return [
        OwnPart(
          "json", .unknown, "\(what) is no JSON: \(error.reason) at byte \(error.offset)")
      ]
    }
    guard let value = path.value(in: document) else {
      return [OwnPart("json", .unknown, "\(what) has no \(path.text)")]
    }
    return comparisons.map { $0.judge(value, at: path.text) }
  }
}

/// One expectation, and how it stands.
struct OwnPart: Equatable, Sendable {
  /// The parameter; it names the fact too.
  var name: String
  var verdict: Finding.Verdict
  var text: String

  init(_ name: String, _ verdict: Finding.Verdict, _ text: String) {
    self.name = name
    self.verdict = verdict
    self.text = text
  }

  var detail: Finding.Detail { .init(verdict, text) }

  /// What a sign-off relies on: how each expectation stands, without what varies from run to run.
  static func facts(_ parts: [OwnPart]) -> [String: String] {
    Dictionary(parts.map { ($0.name, $0.verdict.rawValue) }, uniquingKeysWith: { $0 + " " + $1 })
  }
}
