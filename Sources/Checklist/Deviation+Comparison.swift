extension Deviation {
  /// In which ways one checklist deviates from its base, reasons left out, in walking order.
  ///
  /// The judgement is conservative: what is not known to ask for at least as much is a loosening.
  static func all(
    from base: Checklist, to own: Checklist,
    strictness: @escaping (_ probe: String, _ parameter: String) -> Strictness?
  ) -> [Deviation] {
    var found: [Deviation] = []
    if own.findingsValidFor != base.findingsValidFor {
      found.append(
        Deviation(
          place: "/findings-valid-for",
          kind: own.findingsValidFor < base.findingsValidFor ? .tightened : .loosened,
          old: base.findingsValidFor.description, new: own.findingsValidFor.description))
    }
    if own.introduction != base.introduction {
      found.append(
        Deviation(
          place: "/introduction", kind: .changed, old: base.introduction, new: own.introduction))
    }
    for occasion in base.occasions where !own.occasions.contains(where: { $0.id == occasion.id }) {
      // An occasion that concerned dropped controls alone went with them.
      let isNamed =
        occasion.controls.isEmpty || occasion.controls.contains { own.control($0) != nil }
      guard isNamed else { continue }
      found.append(
        Deviation(place: "/occasion/\(occasion.id)", kind: .dropped, old: occasion.text))
    }
    for control in base.controls {
      guard let changed = own.controls.first(where: { $0.number == control.number }) else {
        found.append(Deviation(place: control.number, kind: .dropped, old: control.title))
        continue
      }
      found += control.deviations(to: changed)
      for point in control.points {
        guard let other = changed.points.first(where: { $0.id == point.id }) else {
          found.append(Deviation(place: point.id, kind: .dropped, old: point.text))
          continue
        }
        found +=
          PointComparison(
            old: point, new: other, findingsValidFor: base.findingsValidFor, strictness: strictness
          ).deviations
      }
      found += changed.points.filter { base.point($0.id) == nil }.map(added)
    }
    for control in own.controls
    where !base.controls.contains(where: { $0.number == control.number }) {
      found.append(Deviation(place: control.number, kind: .added, new: control.title))
      found += control.points.map(added)
    }
    return found
  }

  private static func added(_ point: Point) -> Deviation {
    Deviation(place: point.id, kind: .added, new: point.text)
  }

  /// A deviation of one key, or none where both say the same.
  static func ofKey<Value: Equatable>(
    _ place: String, _ old: Value, _ new: Value, isStricter: Bool, _ words: (Value) -> String?
  ) -> [Deviation] {
    guard old != new else { return [] }
    return [
      Deviation(
        place: place, kind: isStricter ? .tightened : .loosened, old: words(old), new: words(new))
    ]
  }

  /// A text that asks for something: given for the first time it asks for more.
  static func ofDemand(_ place: String, _ old: String?, _ new: String?) -> [Deviation] {
    ofKey(place, old, new, isStricter: old == nil) { $0 }
  }

  /// A condition: with one, less may be asked for.
  static func ofCondition(_ place: String, _ old: String?, _ new: String?) -> [Deviation] {
    ofKey(place, old, new, isStricter: new == nil) { $0 }
  }

  /// A text that helps.
  static func ofHelp<Value: Equatable>(
    _ place: String, _ old: Value, _ new: Value, _ words: (Value) -> String?
  ) -> [Deviation] {
    guard old != new else { return [] }
    return [Deviation(place: place, kind: .changed, old: words(old), new: words(new))]
  }
}

extension Control {
  /// Deviations of its keys, its points left out.
  fileprivate func deviations(to new: Control) -> [Deviation] {
    func place(_ key: String) -> String { "\(number)/\(key)" }
    let ranks: [Severity] = [.medium, .high, .critical]
    let isGraver = (ranks.firstIndex(of: severity) ?? 0) < (ranks.firstIndex(of: new.severity) ?? 0)
    // No signers means that everybody may sign.
    let areFewer =
      !new.signers.isEmpty
      && (signers.isEmpty || Set(new.signers).isStrictSubset(of: Set(signers)))
    return Deviation.ofDemand(place("title"), title, new.title)
      + Deviation.ofKey(place("severity"), severity, new.severity, isStricter: isGraver) {
        $0.rawValue
      }
      + Deviation.ofKey(place("four-eyes"), fourEyes, new.fourEyes, isStricter: new.fourEyes) {
        $0 ? "true" : "false"
      }
      + Deviation.ofKey(place("signers"), signers, new.signers, isStricter: areFewer) {
        $0.isEmpty ? "everybody" : $0.joined(separator: ", ")
      }
      + Deviation.ofDemand(place("duty"), duty, new.duty)
      + Deviation.ofCondition(place("when"), when, new.when)
      + Deviation.ofHelp(place("why"), why, new.why) { $0 }
      + Deviation.ofHelp(place("fix"), fix, new.fix) { $0 }
      + Deviation.ofHelp(place("look"), look, new.look) { $0 }
      + Deviation.ofHelp(place("references"), references, new.references) {
        $0.joined(separator: ", ")
      }
      + Deviation.ofHelp(place("mode"), mode, new.mode) { $0?.rawValue }
      + Deviation.ofHelp(place("causes"), causes, new.causes) { $0.joined(separator: " ") }
      + Deviation.ofHelp(place("steps"), steps, new.steps) {
        $0.map(\.action).joined(separator: " ")
      }
      + Deviation.ofHelp(place("faq"), faq, new.faq) { $0.map(\.question).joined(separator: " ") }
  }
}

/// A point beside what became of it.
private struct PointComparison {
  var old: Point
  var new: Point
  /// How long a finding stays fresh in the base where a point does not say.
  var findingsValidFor: Period
  var strictness: (_ probe: String, _ parameter: String) -> Strictness?

  var deviations: [Deviation] {
    func place(_ key: String) -> String { "\(old.id)/\(key)" }
    return Deviation.ofDemand(place("text"), old.text, new.text)
      + Deviation.ofKey(place("how"), old.how, new.how, isStricter: isHowStricter) { $0.rawValue }
      + Deviation.ofKey(
        place("bound-to"), old.boundTo, new.boundTo, isStricter: old.boundTo == .time
      ) { $0.rawValue }
      + Deviation.ofKey(
        place("valid-for"), old.validFor, new.validFor, isStricter: isValidityShorter
      ) { $0?.description }
      + Deviation.ofKey(place("probes"), old.probes, new.probes, isStricter: areProbesStricter) {
        $0.isEmpty ? nil : $0.map(\.description).joined(separator: ", ")
      }
      + Deviation.ofDemand(place("evidence"), old.evidence, new.evidence)
      + Deviation.ofCondition(place("when"), old.when, new.when)
      + Deviation.ofDemand(place("question"), old.question, new.question)
      + Deviation.ofDemand(place("duty"), old.duty, new.duty)
  }

  /// Assisted asks for a probe and a person; a person alone is the least, but for a probe of one's
  /// own: a program that always agrees asks for nothing.
  private var isHowStricter: Bool {
    new.how == .assisted || old.how == .manual && !new.probes.contains(where: \.isOwn)
  }

  private var isValidityShorter: Bool {
    guard let period = new.validFor else { return false }
    // Without a period decisions last for ever, but findings only that long.
    guard let before = old.validFor ?? (old.how == .manual ? nil : findingsValidFor) else {
      return true
    }
    return period < before
  }

  private var areProbesStricter: Bool {
    old.probes.allSatisfy { reference in
      guard let other = new.probes.first(where: { $0.id == reference.id }) else { return false }
      let names = Set(reference.parameters.keys).union(other.parameters.keys)
      return names.allSatisfy { name in
        let (before, after) = (reference.parameters[name], other.parameters[name])
        return before == after
          || strictness(reference.id, name)?.isStricter(after, than: before) ?? false
      }
    }
  }
}

extension ProbeReference: CustomStringConvertible {
  /// `tls.certificate (warn-days: 21)`.
  public var description: String {
    guard !parameters.isEmpty else { return id }
    let given = parameters.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.words)" }
    return "\(id) (\(given.joined(separator: ", ")))"
  }
}

extension JSONValue {
  /// The value as a person would write it in a checklist.
  var words: String {
    switch self {
    case .null: "null"
    case .bool(let truth): truth ? "true" : "false"
    case .integer(let number): String(number)
    case .string(let text): text
    case .array(let elements): "[\(elements.map(\.words).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.words)" }.joined(separator: ", "))}"
    }
  }
}
