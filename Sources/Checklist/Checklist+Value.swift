extension Checklist {
  /// The whole checklist as a value, so that a record can carry it and be judged years later.
  public var value: JSONValue {
    .object(
      [
        "checklist": .string(id), "title": .string(title), "version": .integer(version),
        "purpose": .string(purpose.rawValue),
        "findings-valid-for": .string(findingsValidFor.description),
        "domains": .array(domains.map(\.value)),
      ]
      .adding("every", every.map { .string($0.description) })
      .adding("introduction", introduction.map(JSONValue.string))
      .adding("rules", filled(rules.map(\.value)))
      .adding("occasions", filled(occasions.map(\.value)))
      .adding("conditions", filled(conditions.map(\.value)))
      .adding("priorities", filled(priorities.map(\.value)))
      .adding("ticks", filled(ticks.map(\.value)))
      .adding("causes", filled(causes.map(JSONValue.string)))
      .adding("faq", filled(faq.map(\.value)))
      .adding("base", base?.value)
      .adding("deviations", filled(deviations.map(\.value))))
  }
}

/// A list, or nothing where it is empty: what a checklist does not use leaves its bytes alone.
private func filled(_ elements: [JSONValue]) -> JSONValue? {
  elements.isEmpty ? nil : .array(elements)
}

extension Domain {
  fileprivate var value: JSONValue {
    .object([
      "title": .string(title), "short": .string(short), "controls": .array(controls.map(\.value)),
    ])
  }
}

extension Control {
  fileprivate var value: JSONValue {
    .object(
      [
        "number": .string(number), "slug": .string(slug), "title": .string(title),
        "severity": .string(severity.rawValue), "four-eyes": .bool(fourEyes),
        "signers": .strings(signers), "references": .strings(references),
        "points": .array(points.map(\.value)),
      ]
      .adding("duty", duty.map(JSONValue.string)).adding("why", text(why))
      .adding("fix", text(fix)).adding("look", text(look))
      .adding("when", when.map(JSONValue.string))
      .adding("mode", (mode?.rawValue).map(JSONValue.string))
      .adding("causes", filled(causes.map(JSONValue.string)))
      .adding("steps", filled(steps.map(\.value)))
      .adding("faq", filled(faq.map(\.value))))
  }

  private func text(_ words: String) -> JSONValue? { words.isEmpty ? nil : .string(words) }
}

extension Point {
  /// The point as a value; its digest is what a sign-off relies on.
  public var value: JSONValue {
    .object(
      [
        "id": .string(id), "text": .string(text), "how": .string(how.rawValue),
        "bound-to": .string(boundTo.rawValue),
      ]
      .adding("valid-for", validFor.map { .string($0.description) })
      .adding("probes", probes.isEmpty ? nil : .array(probes.map(\.value)))
      .adding("evidence", evidence.map(JSONValue.string))
      .adding("when", when.map(JSONValue.string))
      .adding("question", question.map(JSONValue.string))
      .adding("duty", duty.map(JSONValue.string)))
  }
}

extension ProbeReference {
  fileprivate var value: JSONValue {
    .object(parameters.merging(["id": .string(id)]) { _, id in id })
  }
}

extension [String: JSONValue] {
  /// With one more member, unless it is nil.
  public func adding(_ name: String, _ member: JSONValue?) -> [String: JSONValue] {
    guard let member else { return self }
    return merging([name: member]) { _, new in new }
  }
}
