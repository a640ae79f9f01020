internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// Facts of the launch as a command line answers them: `containers=no`.
struct FactAnswers {
  /// One decision for each fact, in the order in which they were given.
  let drafts: [DecisionDraft]
  private let checklist: Checklist

  /// - Throws: a usage problem for what is no fact of the checklist, no answer, or given twice.
  init(_ texts: [String], of checklist: Checklist) throws {
    self.checklist = checklist
    let known = checklist.askedConditions
    var drafts: [DecisionDraft] = []
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let answer = Self.answers[parts[1]] else {
        throw Problem(
          "\(text) is no answer to a fact", hint: "give --fact NAME=yes or --fact NAME=no",
          code: Status.usage)
      }
      guard let condition = known.first(where: { $0.id == parts[0] }) else {
        let names = known.map(\.id).joined(separator: ", ")
        throw Problem(
          "the checklist asks for no fact \(parts[0])",
          hint: names.isEmpty ? "it asks for none" : "it asks for: \(names)", code: Status.usage)
      }
      guard !drafts.contains(where: { $0.point == condition.point.id }) else {
        throw Problem("the fact \(condition.id) is answered twice", code: Status.usage)
      }
      drafts.append(
        DecisionDraft(
          point: condition.point.id, answer: answer, note: "",
          pointDigest: Digest(of: condition.point.value)))
    }
    self.drafts = drafts
  }

  /// `containers no, oauth yes`.
  var words: String {
    drafts.map { draft in
      "\(draft.point.dropFirst(Condition.prefix.count)) \(draft.answer == .met ? "yes" : "no")"
    }
    .joined(separator: ", ")
  }

  /// Wants the number of each critical control of which a no takes points out.
  ///
  /// - Throws: a usage problem that names what is missing.
  func wantConfirmed(by confirmations: [String]) throws {
    let wanted = ReviewPage.confirmations(drafts, checklist)
    let missing = wanted.filter { !confirmations.contains($0.number) }
    guard missing.isEmpty else {
      let titles = missing.map { "\($0.number) \($0.title)" }.joined(separator: ", ")
      throw Problem(
        "a no takes points out of critical controls: \(titles)",
        hint: "read them again, then add: "
          + missing.map { "--confirm \($0.number)" }.joined(separator: " "), code: Status.usage)
    }
  }

  private static let answers: [String: Decision.Answer] = [
    "yes": .met, "no": .notApplicable, "met": .met, "not-applicable": .notApplicable,
  ]
}
