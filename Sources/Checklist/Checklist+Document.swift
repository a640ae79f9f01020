extension Checklist {
  /// Reads a checklist as people write it; one that extends another needs that in the library.
  ///
  /// - Throws: every fault that was found, with place and reason.
  public static func read(
    yaml: String, file: String, library: ChecklistLibrary = ChecklistLibrary()
  ) throws(DocumentFaults) -> Checklist {
    try ChecklistDocument(yaml: yaml, file: file, library: library).sound()
  }

  /// Reads the checklist that an `opened` record carries.
  ///
  /// - Throws: every fault that was found; places are not known there.
  public static func read(recorded value: JSONValue) throws(DocumentFaults) -> Checklist {
    let reader = DocumentReader(file: "recorded checklist", isRecorded: true)
    let checklist = reader.checklist(DocumentNode(value))
    if let checklist { reader.refuseUnknownMentions(in: checklist) }
    try reader.finish()
    guard let checklist else {
      throw DocumentFaults([DocumentFault(file: reader.file, reason: "no checklist")])
    }
    return checklist
  }
}

// Everything is read before anything is given up, so that one pass finds all faults.
extension DocumentReader {
  static let controlKeys = [
    "title", "severity", "four-eyes", "signers", "duty", "why", "fix", "look", "references", "when",
    "mode", "causes", "steps", "faq",
  ]
  static let pointKeys = [
    "text", "how", "bound-to", "valid-for", "probe", "probes", "evidence", "when", "question",
    "duty",
  ]

  /// The checklist in that tree; what is broken in it is left out, and noted.
  func checklist(_ node: DocumentNode) -> Checklist? {
    let keys =
      ["checklist", "title", "version", "purpose", "findings-valid-for", "every", "domains"]
      + Self.guidanceKeys + (isRecorded ? ["base", "deviations"] : [])
    guard let members = mapping(node, "a checklist", keys: keys) else { return nil }
    let id = members.requiredText("checklist")
    let title = members.requiredText("title")
    let version = members.required("version").flatMap { integer($0, "version") }
    note(members, at: "")
    var checklist = Checklist(
      id: id ?? "", title: title ?? "", version: version ?? 0,
      purpose: members["purpose"].flatMap { choice($0, "purpose", Checklist.Purpose.self) }
        ?? .launch,
      findingsValidFor: members["findings-valid-for"].flatMap { period($0, "findings-valid-for") }
        ?? .hours(24),
      every: members["every"].flatMap { period($0, "every") },
      domains: members.required("domains").map { sequence($0, "domains").compactMap(domain) } ?? [])
    guidance(members, into: &checklist)
    if isRecorded {
      checklist.base = members["base"].flatMap(base)
      checklist.deviations = list(members, "deviations", deviation)
    }
    return checklist
  }

  private func domain(_ node: DocumentNode) -> Domain? {
    guard let members = mapping(node, "a domain", keys: ["title", "short", "controls"]) else {
      return nil
    }
    let title = members.requiredText("title") ?? ""
    note(node, at: "/domains/\(title)")
    let controls = members.required("controls").map { sequence($0, "controls") } ?? []
    return Domain(
      title: title, short: members.text("short") ?? title, controls: controls.compactMap(control))
  }

  private func control(_ node: DocumentNode) -> Control? {
    let keys = ["number", "slug"] + Self.controlKeys + ["points"]
    guard let members = mapping(node, "a control", keys: keys) else { return nil }
    let number = members.required("number").flatMap { once($0, "number", "control") }
    let slug = members.required("slug").flatMap { once($0, "slug", "slug") }
    if let number { note(node, at: number) }
    note(members, at: number ?? "?")
    if let number, ["if", "deviations"].contains(number) {
      refuse(members["number"] ?? node, "the number \(number) is kept for launchgate's own points")
    }
    let title = members.requiredText("title")
    let severity = members.required("severity").flatMap { choice($0, "severity", Severity.self) }
    let pointNodes = members.required("points").map { sequence($0, "points") } ?? []
    var control = Control(
      number: number ?? "", slug: slug ?? "", title: title ?? "", severity: severity ?? .critical,
      fourEyes: members["four-eyes"].flatMap { flag($0, "four-eyes") } ?? false,
      signers: members.texts("signers"), duty: members.text("duty"),
      why: members.text("why") ?? "", fix: members.text("fix") ?? "",
      look: members.text("look") ?? "", references: members.texts("references"),
      points: pointNodes.compactMap { point($0, control: number) })
    control.when = members["when"].flatMap { mention($0, "when", .condition) }
    control.mode = members["mode"].flatMap { choice($0, "mode", Control.Mode.self) }
    control.causes = members.texts("causes")
    control.steps = list(members, "steps", step)
    control.faq = list(members, "faq", answered)
    return number == nil || slug == nil || title == nil || severity == nil ? nil : control
  }

  private func point(_ node: DocumentNode, control: String?) -> Point? {
    guard let members = mapping(node, "a point", keys: ["id"] + Self.pointKeys) else { return nil }
    let id = members.required("id").flatMap { once($0, "id", "point") }
    if let id { note(node, at: id) }
    note(members, at: id ?? "?")
    let text = members.requiredText("text")
    let how = members.required("how").flatMap { choice($0, "how", Point.Kind.self) }
    let boundTo = members.required("bound-to").flatMap {
      choice($0, "bound-to", Point.Binding.self)
    }
    let probes = probes(members, of: id ?? "?")
    refuseMismatches(node, members, id: id, control: control, how: how, probes: probes)
    var point = Point(
      id: id ?? "", text: text ?? "", how: how ?? .manual, boundTo: boundTo ?? .time,
      validFor: members["valid-for"].flatMap { period($0, "valid-for") }, probes: probes,
      evidence: members.text("evidence"))
    point.when = members["when"].flatMap { mention($0, "when", .condition) }
    point.question = members.text("question")
    point.duty = members.text("duty")
    return id == nil || text == nil || how == nil || boundTo == nil ? nil : point
  }

  private func refuseMismatches(
    _ node: DocumentNode, _ members: Members, id: String?, control: String?, how: Point.Kind?,
    probes: [ProbeReference]
  ) {
    if let id, let control, !id.hasPrefix("\(control).") || id == "\(control)." {
      refuse(
        members["id"] ?? node, "the point \(id) does not belong to control \(control)",
        suggestion: "its id has to begin with \(control).")
    }
    if let both = members["probes"], members["probe"] != nil {
      refuse(both, "the point \(id ?? "") has both probe and probes")
    }
    guard let how else { return }
    if how == .manual, let given = members["probe"] ?? members["probes"] {
      refuse(
        given, "a manual point has no probe", suggestion: "how: assisted, or leave the probe out")
    }
    if how != .manual && members["probe"] == nil && probes.isEmpty {
      refuse(
        members["probes"] ?? node, "the \(how.rawValue) point \(id ?? "") needs a probe",
        suggestion: "how: manual, or one of launchgate probes list")
    }
  }

  private func probes(_ members: Members, of point: String) -> [ProbeReference] {
    let nodes =
      members["probe"].map { [$0] } ?? members["probes"].map { sequence($0, "probes") } ?? []
    return nodes.compactMap { probe($0, of: point) }
  }

  private func probe(_ node: DocumentNode, of point: String) -> ProbeReference? {
    guard case .mapping(let members) = node.content,
      let id = members.first(where: { $0.key == "id" })
    else {
      refuse(node, "a probe has to be a mapping with the key id")
      return nil
    }
    guard let name = text(id.value, "id") else { return nil }
    note(id.value, at: "\(point)/probes/\(name)")
    let parameters = members.filter { $0.key != "id" }
    for (key, value) in parameters { note(value, at: "\(point)/probes/\(name)/\(key)") }
    return ProbeReference(
      id: name,
      parameters: Dictionary(
        parameters.map { ($0.key, $0.value.value) }, uniquingKeysWith: { first, _ in first }))
  }
}
