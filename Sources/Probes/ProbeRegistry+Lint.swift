public import Checklist

extension ProbeRegistry {
  /// Faults of a checklist's probe references: unknown probes, parameters and types.
  public static func faults(in checklist: Checklist, file: String) -> [DocumentFault] {
    checklist.points.flatMap { point in
      var found = point.probes.flatMap { faults(of: $0, point, file) }
      if Set(point.probes.map(\.id)).count < point.probes.count {
        found.append(
          DocumentFault(file: file, reason: "the point \(point.id) uses one probe twice"))
      }
      return found
    }
  }

  private static func faults(
    of reference: ProbeReference, _ point: Point, _ file: String
  ) -> [DocumentFault] {
    guard let probe = probe(reference.id) else {
      return [
        DocumentFault(
          file: file, reason: "the point \(point.id) uses the unknown probe \(reference.id)",
          suggestion: "see launchgate probes list")
      ]
    }
    return reference.parameters.sorted { $0.key < $1.key }.compactMap { name, value in
      guard let known = probe.manual.parameters.first(where: { $0.name == name }) else {
        return DocumentFault(
          file: file,
          reason: "the point \(point.id) gives \(reference.id) the unknown parameter \(name)",
          suggestion: "see launchgate probes show \(reference.id)")
      }
      guard known.kind.accepts(value) else {
        return DocumentFault(
          file: file,
          reason: "\(name) of \(reference.id) at point \(point.id) has to be \(known.kind.rawValue)"
        )
      }
      return nil
    }
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
}
