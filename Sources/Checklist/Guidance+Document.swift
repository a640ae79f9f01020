/// The keys of a checklist that help people without adding a point, beside its conditions.
extension DocumentReader {
  static let guidanceKeys = [
    "introduction", "rules", "occasions", "conditions", "priorities", "ticks", "causes", "faq",
  ]

  /// Fills in those keys.
  func guidance(_ members: Members, into checklist: inout Checklist) {
    checklist.introduction = members.text("introduction")
    checklist.rules = list(members, "rules", rule)
    checklist.occasions = list(members, "occasions", occasion)
    checklist.conditions = list(members, "conditions", condition)
    checklist.priorities = list(members, "priorities") { excerpt($0, "priority") }
    checklist.ticks = list(members, "ticks") { excerpt($0, "tick") }
    checklist.causes = members.texts("causes")
    checklist.faq = list(members, "faq", answered)
  }

  /// The elements of an optional list, each read by that function.
  func list<Element>(
    _ members: Members, _ key: String, _ read: (DocumentNode) -> Element?
  ) -> [Element] {
    members[key].map { sequence($0, key).compactMap(read) } ?? []
  }

  /// One step of `steps:`.
  func step(_ node: DocumentNode) -> Step? {
    guard let members = mapping(node, "a step", keys: ["do", "look", "run"]),
      let action = members.requiredText("do")
    else { return nil }
    return Step(action: action, look: members.text("look"), command: members.text("run"))
  }

  /// One element of `faq:`.
  func answered(_ node: DocumentNode) -> Answered? {
    guard let members = mapping(node, "a question", keys: ["question", "answer"]),
      let question = members.requiredText("question"), let answer = members.requiredText("answer")
    else { return nil }
    return Answered(question: question, answer: answer)
  }

  private func rule(_ node: DocumentNode) -> Rule? {
    guard let members = mapping(node, "a rule", keys: ["id", "text"]),
      let id = name(members, of: "rule"), let text = members.requiredText("text")
    else { return nil }
    return Rule(id: id, text: text)
  }

  private func occasion(_ node: DocumentNode) -> Occasion? {
    let keys = ["id", "text", "controls", "every", "enforced"]
    guard let members = mapping(node, "an occasion", keys: keys),
      let id = name(members, of: "occasion"), let text = members.requiredText("text")
    else { return nil }
    let every = members["every"].flatMap { period($0, "every") }
    let isEnforced = members["enforced"].flatMap { flag($0, "enforced") } ?? false
    if let enforced = members["enforced"], isEnforced, members["every"] == nil {
      refuse(enforced, "the occasion \(id) cannot be enforced without every")
    }
    return Occasion(
      id: id, text: text, controls: mentions(members, "controls", .control), every: every,
      isEnforced: isEnforced)
  }

  private func condition(_ node: DocumentNode) -> Condition? {
    let keys = ["id", "question", "evidence", "valid-for"]
    guard let members = mapping(node, "a condition", keys: keys),
      let id = name(members, of: "condition"), let question = members.requiredText("question")
    else { return nil }
    return Condition(
      id: id, question: question, evidence: members.text("evidence"),
      validFor: members["valid-for"].flatMap { period($0, "valid-for") })
  }

  private func excerpt(_ node: DocumentNode, _ what: String) -> Excerpt? {
    guard let members = mapping(node, "a \(what)", keys: ["id", "text", "points"]),
      let id = name(members, of: what), let text = members.requiredText("text"),
      let points = members.required("points")
    else { return nil }
    let ids = mentions(members, "points", .point)
    if ids.isEmpty { refuse(points, "a \(what) needs a point") }
    return Excerpt(id: id, text: text, points: ids)
  }

  private func name(_ members: Members, of kind: String) -> String? {
    guard let node = members.required("id"), let id = once(node, "id", kind) else { return nil }
    note(node, at: "/\(kind)/\(id)")
    return id
  }
}
