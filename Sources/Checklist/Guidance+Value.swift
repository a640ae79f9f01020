extension Rule {
  var value: JSONValue { .object(["id": .string(id), "text": .string(text)]) }
}

extension Occasion {
  var value: JSONValue {
    .object(
      ["id": .string(id), "text": .string(text)]
        .adding("controls", controls.isEmpty ? nil : .strings(controls))
        .adding("every", every.map { .string($0.description) })
        .adding("enforced", isEnforced ? .bool(true) : nil))
  }
}

extension Condition {
  var value: JSONValue {
    .object(
      ["id": .string(id), "question": .string(question)]
        .adding("evidence", evidence.map(JSONValue.string))
        .adding("valid-for", validFor.map { .string($0.description) }))
  }
}

extension Excerpt {
  var value: JSONValue {
    .object(["id": .string(id), "text": .string(text), "points": .strings(points)])
  }
}

extension Step {
  var value: JSONValue {
    .object(
      ["do": .string(action)]
        .adding("look", look.map(JSONValue.string))
        .adding("run", command.map(JSONValue.string)))
  }
}

extension Answered {
  var value: JSONValue {
    .object(["question": .string(question), "answer": .string(answer)])
  }
}

extension Base {
  var value: JSONValue {
    .object(["checklist": .string(checklist), "version": .integer(version)])
  }
}

extension Deviation {
  var value: JSONValue {
    .object(
      ["place": .string(place), "kind": .string(kind.rawValue)]
        .adding("old", old.map(JSONValue.string)).adding("new", new.map(JSONValue.string))
        .adding("reason", reason.map(JSONValue.string)))
  }
}
