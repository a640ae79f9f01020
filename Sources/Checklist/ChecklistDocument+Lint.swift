extension ChecklistDocument {
  /// What a good checklist has and a usable one may lack, with what may be mentioned.
  ///
  /// `roles` are those of the policy; nil, or none, where everybody may say their own.
  public func lint(references: ReferenceTable, roles: Set<String>?) -> [DocumentFault] {
    guard let checklist else { return [] }
    let known = roles.flatMap { $0.isEmpty ? nil : $0 }
    return checklist.domains.flatMap(faults)
      + checklist.controls.flatMap { control in
        faults(control) + faults(control, references: references)
          + faults(control, roles: known) + control.points.flatMap(faults)
      } + periods(checklist) + conditions(checklist)
  }

  private func faults(_ domain: Domain) -> [DocumentFault] {
    guard domain.controls.isEmpty, faults.isEmpty else { return [] }
    return [fault(at: "/domains/\(domain.title)", "the domain \(domain.title) has no control")]
  }

  private func faults(_ control: Control) -> [DocumentFault] {
    var found: [DocumentFault] = []
    for (key, words, hint) in [
      ("why", control.why, "why: what goes wrong without it"),
      ("fix", control.fix, "fix: how to bring it about"),
    ] where words.isEmpty && !has("\(control.number)/\(key)") {
      found.append(
        fault(at: control.number, "the control \(control.number) has no \(key)", suggestion: hint))
    }
    if control.points.isEmpty, faults.isEmpty {
      found.append(
        fault(at: "\(control.number)/points", "the control \(control.number) has no point"))
    }
    for (key, names) in [("signers", control.signers), ("references", control.references)] {
      found += doubles(names).map {
        fault(at: "\(control.number)/\(key)/\($0)", "\($0) stands twice in \(key)")
      }
    }
    return found
  }

  private func faults(_ control: Control, references: ReferenceTable) -> [DocumentFault] {
    control.references.compactMap { name in
      let place = "\(control.number)/references/\(name)"
      if let entry = references[name] {
        return entry.isWithdrawn ? fault(at: place, "\(name) was withdrawn by its standard") : nil
      }
      return fault(
        at: place, "\(name) is no identifier that may be cited",
        suggestion: references.suggestion(for: name).map { "did you mean \($0)?" }
          ?? "NIST AC-2, ASVS 6.2.1, OWASP A01:2025, CIS 3.10, RFC 9325 and the like")
    }
  }

  private func faults(_ control: Control, roles: Set<String>?) -> [DocumentFault] {
    guard let roles else { return [] }
    return control.signers.filter { !roles.contains($0) }.map { name in
      fault(
        at: "\(control.number)/signers/\(name)", "nobody has the role \(name) in the policy",
        suggestion: DocumentFault.didYouMean(name, among: roles.sorted())
          ?? "one of \(roles.sorted().joined(separator: ", "))")
    }
  }

  private func faults(_ point: Point) -> [DocumentFault] {
    var found: [DocumentFault] = []
    if point.how == .automatic {
      for (key, words) in [("question", point.question), ("duty", point.duty)] where words != nil {
        found.append(
          fault(
            at: "\(point.id)/\(key)", "nobody signs an automatic point, so its \(key) is not heard",
            suggestion: "how: assisted"))
      }
    }
    return found
      + period(point.validFor, at: "\(point.id)/valid-for", atMost: .days(731), "two years")
  }

  private func periods(_ checklist: Checklist) -> [DocumentFault] {
    period(checklist.findingsValidFor, at: "/findings-valid-for", atMost: .days(92), "three months")
      + period(checklist.every, at: "/every", atMost: .days(731), "two years")
      + checklist.occasions.flatMap {
        period($0.every, at: "/occasion/\($0.id)", atMost: .days(731), "two years")
      }
      + checklist.conditions.flatMap {
        period($0.validFor, at: "/condition/\($0.id)", atMost: .days(731), "two years")
      }
  }

  private func period(
    _ period: Period?, at path: String, atMost most: Period, _ words: String
  ) -> [DocumentFault] {
    guard let period else { return [] }
    if period.seconds == 0 {
      return [fault(at: path, "a period of 0 is over at once", suggestion: "such as 30d")]
    }
    guard most < period else { return [] }
    return [
      fault(
        at: path, "\(period) is more than \(words), which says nothing of today",
        suggestion: "at most \(most)")
    ]
  }

  private func conditions(_ checklist: Checklist) -> [DocumentFault] {
    // What is broken may be what depends on it.
    guard faults.isEmpty else { return [] }
    let used = Set(checklist.controls.compactMap(\.when) + checklist.points.compactMap(\.when))
    return checklist.conditions.filter { !used.contains($0.id) }.map {
      fault(
        at: "/condition/\($0.id)", "nothing depends on the condition \($0.id)",
        suggestion: "when: \($0.id) at a control or point, or leave it out")
    }
  }

  private func doubles(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { !seen.insert($0).inserted }
  }
}
