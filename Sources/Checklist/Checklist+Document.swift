extension Checklist {
  /// Reads a checklist as people write it.
  ///
  /// - Throws: every fault that was found, with line and reason.
  public static func read(yaml: String, file: String) throws(DocumentFaults) -> Checklist {
    try read(DocumentNode.read(yaml: yaml, file: file), DocumentReader(file: file))
  }

  /// Reads the checklist that an `opened` record carries.
  ///
  /// - Throws: every fault that was found; places are not known there.
  public static func read(recorded value: JSONValue) throws(DocumentFaults) -> Checklist {
    try read(DocumentNode(value), DocumentReader(file: "recorded checklist", isRecorded: true))
  }

  private static func read(
    _ node: DocumentNode, _ reader: DocumentReader
  ) throws(DocumentFaults) -> Checklist {
    let checklist = reader.checklist(node)
    if let checklist { reader.refuseUnknownMentions(in: checklist) }
    try reader.finish()
    guard let checklist else {
      throw DocumentFaults([DocumentFault(file: reader.file, reason: "no checklist")])
    }
    return checklist
  }
}

extension DocumentReader {
  fileprivate func checklist(_ node: DocumentNode) -> Checklist? {
    let keys =
      ["checklist", "title", "version", "purpose", "findings-valid-for", "every", "domains"]
      + Self.guidanceKeys + (isRecorded ? ["base", "deviations"] : [])
    guard let members = mapping(node, "a checklist", keys: keys),
      let id = members.requiredText("checklist"), let title = members.requiredText("title"),
      let version = members.required("version").flatMap({ integer($0, "version") }),
      let domainNode = members.required("domains")
    else { return nil }
    let domains = sequence(domainNode, "domains").compactMap(domain)
    refuseDoubles(domains, at: domainNode)
    var checklist = Checklist(
      id: id, title: title, version: version,
      purpose: members["purpose"].flatMap { choice($0, "purpose", Checklist.Purpose.self) }
        ?? .launch,
      findingsValidFor: members["findings-valid-for"].flatMap { period($0, "findings-valid-for") }
        ?? .hours(24),
      every: members["every"].flatMap { period($0, "every") }, domains: domains)
    guidance(members, into: &checklist)
    checklist.base = members["base"].flatMap(base)
    checklist.deviations = list(members, "deviations", deviation)
    return checklist
  }

  private func refuseDoubles(_ domains: [Domain], at node: DocumentNode) {
    let controls = domains.flatMap(\.controls)
    for (what, names) in [
      ("control number", controls.map(\.number)), ("slug", controls.map(\.slug)),
      ("point", controls.flatMap(\.points).map(\.id)),
    ] {
      var seen: Set<String> = []
      for name in names where !seen.insert(name).inserted {
        refuse(node, "the \(what) \(name) stands twice")
      }
    }
  }

  private func domain(_ node: DocumentNode) -> Domain? {
    guard let members = mapping(node, "a domain", keys: ["title", "short", "controls"]),
      let title = members.requiredText("title"), let controls = members.required("controls")
    else { return nil }
    return Domain(
      title: title, short: members.text("short") ?? title,
      controls: sequence(controls, "controls").compactMap(control))
  }

  private func control(_ node: DocumentNode) -> Control? {
    let keys = [
      "number", "slug", "title", "severity", "four-eyes", "signers", "duty", "why", "fix", "look",
      "references", "points", "when", "mode", "causes", "steps", "faq",
    ]
    guard let members = mapping(node, "a control", keys: keys),
      let number = members.requiredText("number"), let slug = members.requiredText("slug"),
      let title = members.requiredText("title"),
      let severity = members.required("severity").flatMap({
        choice($0, "severity", Severity.self)
      }), let points = members.required("points")
    else { return nil }
    if number == Condition.prefix.dropLast() {
      refuse(node, "the number \(number) is that of conditions")
    } else if number == "deviations" {
      refuse(node, "the number \(number) is that of what a checklist loosens")
    }
    var control = Control(
      number: number, slug: slug, title: title, severity: severity,
      fourEyes: members["four-eyes"].flatMap { flag($0, "four-eyes") } ?? false,
      signers: members.texts("signers"), duty: members.text("duty"),
      why: members.text("why") ?? "", fix: members.text("fix") ?? "",
      look: members.text("look") ?? "", references: members.texts("references"),
      points: sequence(points, "points").compactMap { point($0, control: number) })
    control.when = members["when"].flatMap { mention($0, "when", .condition) }
    control.mode = members["mode"].flatMap { choice($0, "mode", Control.Mode.self) }
    control.causes = members.texts("causes")
    control.steps = list(members, "steps", step)
    control.faq = list(members, "faq", answered)
    return control
  }

  private func point(_ node: DocumentNode, control: String) -> Point? {
    let keys = [
      "id", "text", "how", "bound-to", "valid-for", "probe", "probes", "evidence", "when",
      "question", "duty",
    ]
    guard let members = mapping(node, "a point", keys: keys), let id = members.requiredText("id"),
      let text = members.requiredText("text"),
      let how = members.required("how").flatMap({ choice($0, "how", Point.Kind.self) }),
      let boundTo = members.required("bound-to").flatMap({
        choice($0, "bound-to", Point.Binding.self)
      })
    else { return nil }
    if !id.hasPrefix("\(control).") {
      refuse(node, "the point \(id) does not belong to control \(control)")
    }
    if members["probe"] != nil && members["probes"] != nil {
      refuse(node, "the point \(id) has both probe and probes")
    }
    let probes = probes(members)
    if how == .manual && !probes.isEmpty { refuse(node, "a manual point has no probe") }
    if how != .manual && probes.isEmpty { refuse(node, "the point \(id) needs a probe") }
    var point = Point(
      id: id, text: text, how: how, boundTo: boundTo,
      validFor: members["valid-for"].flatMap { period($0, "valid-for") }, probes: probes,
      evidence: members.text("evidence"))
    point.when = members["when"].flatMap { mention($0, "when", .condition) }
    point.question = members.text("question")
    point.duty = members.text("duty")
    return point
  }

  private func probes(_ members: Members) -> [ProbeReference] {
    if let single = members["probe"] { return [probe(single)].compactMap(\.self) }
    return members["probes"].map { sequence($0, "probes").compactMap(probe) } ?? []
  }

  private func probe(_ node: DocumentNode) -> ProbeReference? {
    guard case .mapping(let members) = node.content,
      let id = members.first(where: { $0.key == "id" })
    else {
      refuse(node, "a probe has to be a mapping with the key id")
      return nil
    }
    guard let name = text(id.value, "id") else { return nil }
    let parameters = members.filter { $0.key != "id" }.map { ($0.key, $0.value.value) }
    return ProbeReference(
      id: name, parameters: Dictionary(parameters, uniquingKeysWith: { first, _ in first }))
  }
}
