extension Checklist {
  /// The checklist's own texts at a place, or nil where there is no such place.
  ///
  /// Places are `18.2` (a point: text, evidence, question, periods, probe parameters), `18` (a
  /// control's title), `18/why` and the other texts of a control, `/introduction`, `/causes`,
  /// `/faq`, and `/rules/ID`, `/occasions/ID`, `/conditions/ID`, `/priorities/ID`, `/ticks/ID`.
  public func texts(at place: String) -> [String]? {
    if let point = point(place) { return point.texts }
    let parts = place.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.first == "" { return ownTexts(Array(parts.dropFirst())) }
    guard let control = controls.first(where: { $0.number == parts[0] }) else { return nil }
    switch parts.count {
    case 1: return [control.title]
    case 2: return control.texts(parts[1])
    default: return nil
    }
  }

  private func ownTexts(_ parts: [String]) -> [String]? {
    let texts: [String]?
    switch (parts.first, parts.count) {
    case ("introduction", 1): texts = introduction.map { [$0] }
    case ("causes", 1): texts = causes
    case ("faq", 1): texts = faq.flatMap(\.texts)
    case ("rules", 2): texts = rules.first { $0.id == parts[1] }.map { [$0.text] }
    case ("occasions", 2): texts = occasions.first { $0.id == parts[1] }?.texts
    case ("conditions", 2):
      texts = condition(parts[1]).map { [$0.question] + [$0.evidence].compactMap(\.self) }
    case ("priorities", 2): texts = priorities.first { $0.id == parts[1] }.map { [$0.text] }
    case ("ticks", 2): texts = ticks.first { $0.id == parts[1] }.map { [$0.text] }
    default: texts = nil
    }
    return texts.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension Control {
  fileprivate func texts(_ key: String) -> [String]? {
    let texts: [String?]
    switch key {
    case "why": texts = [why]
    case "fix": texts = [fix]
    case "look": texts = [look]
    case "duty": texts = [duty]
    case "mode": texts = [mode?.rawValue]
    case "causes": texts = causes
    case "steps": texts = steps.flatMap { [$0.action, $0.look, $0.command] }
    case "faq": texts = faq.flatMap(\.texts)
    default: texts = []
    }
    let filled = texts.compactMap(\.self).filter { !$0.isEmpty }
    return filled.isEmpty ? nil : filled
  }
}

extension Point {
  /// What it says to a reader: words, period and the parameters of its probes.
  fileprivate var texts: [String] {
    [text, evidence, question, duty, validFor?.description].compactMap(\.self)
      + probes.flatMap { $0.parameters.values.flatMap(\.texts) }
  }
}

extension Occasion {
  fileprivate var texts: [String] { [text] + [every?.description].compactMap(\.self) }
}

extension Answered {
  fileprivate var texts: [String] { [question, answer] }
}

extension JSONValue {
  fileprivate var texts: [String] {
    switch self {
    case .string(let text): [text]
    case .integer(let number): [String(number)]
    case .array(let elements): elements.flatMap(\.texts)
    case .object(let members): members.values.flatMap(\.texts)
    case .bool, .null: []
    }
  }
}
