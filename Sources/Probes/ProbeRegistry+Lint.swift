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
    return missing
      + reference.parameters.sorted { $0.key < $1.key }.compactMap { name, value in
        fault(of: name, value, manual, at: "\(place)/\(name)", in: document)
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
      at: place, "\(name) of \(manual.id) has to be \(known.kind.words)")
  }
}

extension ProbeManual.Parameter.Kind {
  /// Whether a value is of this type; a placeholder may stand for any.
  func accepts(_ value: JSONValue) -> Bool {
    if let text = value.string, text.hasPrefix("${"), text.hasSuffix("}") { return true }
    switch self {
    case .text: return value.string != nil
    case .integer: return value.integer != nil
    case .flag: return value.bool != nil
    case .period: return value.string.flatMap(Period.init) != nil
    case .texts: return value.array?.allSatisfy { $0.string != nil } ?? false
    case .integers: return value.array?.allSatisfy { $0.integer != nil } ?? false
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
    }
  }
}
