public import Checklist

extension ProbeRegistry {
  /// Which values of a probe's parameter ask for more, or nil where that cannot be told.
  public static func strictness(_ probe: String, _ parameter: String) -> Strictness? {
    self.probe(probe)?.manual.parameters.first { $0.name == parameter }?.strictness
  }

  /// Faults of a checklist's probe references: unknown probes, parameters and types.
  public static func faults(
    in document: ChecklistDocument, among manuals: [ProbeManual] = all.map { $0.manual }
  ) -> [DocumentFault] {
    (document.checklist?.points ?? []).flatMap { point in
      var seen: Set<String> = []
      return point.probes.flatMap { reference in
        var found = faults(of: reference, point, document, manuals)
        if !seen.insert(reference.id).inserted {
          found.append(
            document.fault(
              at: "\(point.id)/probes/\(reference.id)",
              "the point \(point.id) uses the probe \(reference.id) twice"))
        }
        return found
      }
    }
  }

  private static func faults(
    of reference: ProbeReference, _ point: Point, _ document: ChecklistDocument,
    _ manuals: [ProbeManual]
  ) -> [DocumentFault] {
    let place = "\(point.id)/probes/\(reference.id)"
    guard let manual = manuals.first(where: { $0.id == reference.id }) else {
      return [
        document.fault(
          at: place, "there is no probe \(reference.id)",
          suggestion: DocumentFault.didYouMean(reference.id, among: manuals.map(\.id))
            ?? "see launchgate probes list")
      ]
    }
    let missing = manual.parameters.filter {
      $0.isRequired && reference.parameters[$0.name] == nil
    }.map {
      document.fault(
        at: place, "\(manual.id) needs the parameter \($0.name)",
        suggestion: "\($0.name): \($0.meaning)")
    }
    let wrong = reference.parameters.sorted { $0.key < $1.key }.compactMap { name, value in
      fault(of: name, value, manual, at: "\(place)/\(name)", in: document)
    }
    // What is of the wrong kind cannot be judged further.
    guard missing.isEmpty, wrong.isEmpty else { return missing + wrong }
    // What a placeholder stands for is judged when the probe runs.
    guard !reference.parameters.values.contains(where: { $0.string?.contains("${") ?? false })
    else { return [] }
    return manual.refuse(reference.parameters).map { fault in
      document.fault(
        at: fault.parameter.map { "\(place)/\($0)" } ?? place,
        "\(fault.parameter.map { "\($0) of " } ?? "")\(manual.id) \(fault.reason)",
        suggestion: fault.suggestion)
    }
  }

  private static func fault(
    of name: String, _ value: JSONValue, _ manual: ProbeManual, at place: String,
    in document: ChecklistDocument
  ) -> DocumentFault? {
    guard let known = manual.parameters.first(where: { $0.name == name }) else {
      return document.fault(
        at: place, "\(manual.id) has no parameter \(name)",
        suggestion: DocumentFault.didYouMean(name, among: manual.parameters.map(\.name))
          ?? "see launchgate probes show \(manual.id)")
    }
    guard !known.kind.accepts(value) else { return nil }
    return document.fault(
      at: place, "\(name) of \(manual.id) has to be \(known.kind.words)",
      suggestion: known.kind == .texts && value.array != nil
        ? "write each entry in quotes" : nil)
  }
}

extension ProbeManual {
  /// The first value that is not of its parameter's kind, all placeholders filled in: what one
  /// stood for may be anything, and must not pass for a parameter that is not set.
  func misfit(_ values: [String: JSONValue]) -> ParameterFault? {
    parameters.lazy.compactMap { known in
      guard let value = values[known.name], !known.kind.fits(value) else { return nil }
      let other = known.kind == .period && value.string != nil ? "another text" : value.kindWords
      return ParameterFault(
        parameter: known.name, reason: "has to be \(known.kind.words), and is \(other)")
    }.first
  }
}

extension ProbeManual.Parameter.Kind {
  /// Whether a value of a checklist may be of this type; a placeholder may stand for any.
  func accepts(_ value: JSONValue) -> Bool {
    if let text = value.string, text.hasPrefix("${"), text.hasSuffix("}") { return true }
    return fits(value)
  }

  /// Whether a value is of this type.
  func fits(_ value: JSONValue) -> Bool {
    switch self {
    case .text: return value.string != nil
    case .integer: return value.integer != nil
    case .flag: return value.bool != nil
    case .period: return value.string.flatMap(Period.init) != nil
    case .texts: return value.array?.allSatisfy { $0.string != nil } ?? false
    case .integers: return value.array?.allSatisfy { $0.integer != nil } ?? false
    case .codes: return (value.array ?? [value]).allSatisfy { $0.integer != nil }
    case .value: return value.string != nil || value.integer != nil || value.bool != nil
    }
  }

  /// The type for people.
  var words: String {
    switch self {
    case .text: "text"
    case .integer: "a whole number"
    case .flag: "true or false"
    case .period: "a period such as 26h or 30d"
    case .texts: "a list of texts"
    case .integers: "a list of whole numbers"
    case .codes: "a whole number, or a list of them"
    case .value: "text, a whole number, true or false"
    }
  }
}

extension JSONValue {
  /// What it is, for people.
  fileprivate var kindWords: String {
    switch self {
    case .null: return "nothing"
    case .bool: return "true or false"
    case .integer: return "a whole number"
    case .string: return "text"
    case .object: return "a mapping"
    case .array(let elements):
      if elements.allSatisfy({ $0.string != nil }) { return "a list of texts" }
      return elements.allSatisfy({ $0.integer != nil }) ? "a list of whole numbers" : "a list"
    }
  }
}
