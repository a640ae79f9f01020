internal import Evidence

/// What a person accepts of failed findings, as it is given on the command line.
struct AcceptedFaults {
  /// One for each fault that is named, in order.
  private(set) var acceptances: [Decision.Acceptance] = []

  /// Reads `FACT=rotated`, `FACT=not-rotated` and `all=...`; each has to be a fault that was seen.
  init(
    _ words: [String], of faults: [String: Set<String>], _ decision: Decision.Answer, _ note: String
  ) throws {
    guard !words.isEmpty else { return }
    guard decision == .met else {
      throw Problem(
        "faults are accepted with --decision met", hint: "give --decision met",
        code: Status.usage)
    }
    guard note.contains(where: { !$0.isWhitespace }) else {
      throw Problem(
        "there is no reason", hint: "say why it is accepted: --note TEXT", code: Status.usage)
    }
    let known = faults.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    guard !known.isEmpty else {
      throw Problem(
        "no fault of these points can be accepted by name",
        hint: "run launchgate probe first; a risk is accepted with --decision risk-accepted",
        code: Status.usage)
    }
    for word in words {
      let (fact, isRotated) = try Self.read(word)
      let facts = fact == "all" ? known.sorted() : [fact]
      guard facts.allSatisfy(known.contains) else {
        throw Problem(
          "there is no fault \(fact)", hint: "there is \(known.sorted().joined(separator: ", "))",
          code: Status.usage)
      }
      acceptances += facts.map { .init(fact: $0, isRotated: isRotated) }
    }
    guard Set(acceptances.map(\.fact)).count == acceptances.count else {
      throw Problem("a fault is named twice", hint: "name each once", code: Status.usage)
    }
  }

  private static func read(_ word: String) throws -> (fact: String, isRotated: Bool) {
    guard let sign = word.lastIndex(of: "=") else { throw unreadable(word) }
    switch word[word.index(after: sign)...] {
    case "rotated": return (String(word[..<sign]), true)
    case "not-rotated": return (String(word[..<sign]), false)
    default: throw unreadable(word)
    }
  }

  private static func unreadable(_ word: String) -> Problem {
    Problem(
      "--accept \(word) does not say whether it was replaced",
      hint: "give FACT=rotated or FACT=not-rotated", code: Status.usage)
  }
}
