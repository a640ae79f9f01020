/// Checklists that extend a bundled one: `extends`, `drop`, `change` and `add`.
///
/// The base becomes a tree that is edited and then read like any other checklist; what became
/// of it is found by comparing, not by believing what the file says of itself.
extension DocumentReader {
  private static let headKeys = ["checklist", "title", "version", "findings-valid-for"]
  private static let listKeys = [
    "rules", "occasions", "conditions", "priorities", "ticks", "causes", "faq",
  ]

  /// The effective checklist, with its base and its deviations.
  func extended(_ node: DocumentNode, library: ChecklistLibrary) -> Checklist? {
    let keys =
      Self.headKeys + ["introduction", "extends", "drop", "change", "add"] + Self.listKeys
    guard let members = mapping(node, "a checklist that extends another", keys: keys),
      let extends = members["extends"], let base = extendedBase(extends, members, library)
    else { return nil }
    var reasons: [String: Reason] = [:]
    var kept = base
    for entry in members["drop"].map({ sequence($0, "drop") }) ?? [] {
      drop(entry, from: &kept, of: base, reasons: &reasons)
    }
    var tree = DocumentNode(kept.value).placed(at: extends)
    tree["base"] = nil
    for key in Self.headKeys where key != "findings-valid-for" {
      tree[key] = members.required(key)
    }
    for key in ["introduction", "findings-valid-for"] {
      if let own = members[key] { tree[key] = own }
    }
    for key in Self.listKeys {
      if let own = members[key] { tree.append(sequence(own, key), to: key) }
    }
    for entry in members["change"].map({ sequence($0, "change") }) ?? [] {
      change(entry, in: &tree, of: base, reasons: &reasons)
    }
    for entry in members["add"].map({ sequence($0, "add") }) ?? [] {
      add(entry, to: &tree, of: base)
    }
    guard var checklist = checklist(tree) else { return nil }
    checklist.base = Base(checklist: base.id, version: base.version)
    checklist.deviations = explained(
      Deviation.all(from: base, to: checklist, strictness: library.strictness), reasons,
      extends: extends)
    return checklist
  }

  private func extendedBase(
    _ node: DocumentNode, _ members: Members, _ library: ChecklistLibrary
  ) -> Checklist? {
    guard let name = text(node, "extends") else { return nil }
    guard let yaml = library.names.contains(name) ? library.yaml(name) : nil else {
      let names = library.names.joined(separator: ", ")
      refuse(
        node, "there is no bundled checklist \(name) to extend",
        suggestion: DocumentFault.didYouMean(name, among: library.names)
          ?? "one of \(names)")
      return nil
    }
    if let own = members["checklist"], text(own, "checklist") == name {
      refuse(own, "a checklist cannot extend itself", suggestion: "give it a name of its own")
    }
    do {
      return try Checklist.read(yaml: yaml, file: name)
    } catch {
      refuse(node, "\(name) is broken: \(error.faults.first?.description ?? "")")
      return nil
    }
  }

  /// Why something deviates, and where that is said.
  struct Reason {
    var node: DocumentNode
    var text: String?
  }

  private func drop(
    _ node: DocumentNode, from kept: inout Checklist, of base: Checklist,
    reasons: inout [String: Reason]
  ) {
    let keys = ["control", "point", "occasion", "reason"]
    guard let members = mapping(node, "an entry of drop", keys: keys),
      let (kind, name, place) = subject(members, ["control", "point", "occasion"], of: base)
    else { return }
    let reason = members.requiredText("reason")
    let path = kind == "occasion" ? "/occasion/\(name)" : name
    guard reasons[path] == nil else {
      refuse(place, "the \(kind) \(name) is dropped twice")
      return
    }
    reasons[path] = Reason(node: node, text: reason)
    switch kind {
    case "control": kept.drop(control: name)
    case "point":
      kept.drop(point: name)
      if let control = base.control(ofPoint: name)?.number,
        kept.control(control)?.points.isEmpty ?? false
      {
        refuse(place, "no point is left of control \(control)", suggestion: "drop the control")
      }
    default: kept.occasions.removeAll { $0.id == name }
    }
  }

  private func change(
    _ node: DocumentNode, in tree: inout DocumentNode, of base: Checklist,
    reasons: inout [String: Reason]
  ) {
    let isPoint = node["point"] != nil
    let keys = ["control", "point", "reason"] + (isPoint ? Self.pointKeys : Self.controlKeys)
    guard let members = mapping(node, "an entry of change", keys: keys),
      let (kind, name, place) = subject(members, ["control", "point"], of: base)
    else { return }
    if reasons[name] != nil {
      refuse(place, "the \(kind) \(name) is dropped or changed twice")
      return
    }
    reasons[name] = Reason(node: node, text: members.text("reason"))
    let isFound = tree.edit(
      kind == "control" ? ["domains", "controls"] : ["domains", "controls", "points"]
    ) { found in
      guard found[kind == "control" ? "number" : "id"]?.scalar == name else { return false }
      for (key, value) in members.members where !["control", "point", "reason"].contains(key) {
        if key == "probe" { change(probe: value, of: &found) } else { found[key] = value }
      }
      if found["how"]?.scalar == "manual", members["probe"] == nil, members["probes"] == nil {
        found["probes"] = nil
      }
      return true
    }
    if !isFound { refuse(place, "the \(kind) \(name) is dropped and cannot be changed") }
  }

  /// One probe: its parameters go over those that the point gives it, or it is added.
  private func change(probe: DocumentNode, of point: inout DocumentNode) {
    let id = probe["id"]?.scalar
    let isFound = point.edit(["probes"]) { old in
      guard old["id"]?.scalar == id, case .mapping(let members) = probe.content else {
        return false
      }
      for (key, value) in members { old[key] = value }
      return true
    }
    if !isFound { point.append([probe], to: "probes") }
  }

  private func add(_ node: DocumentNode, to tree: inout DocumentNode, of base: Checklist) {
    let keys = node["domain"] == nil ? ["control", "points"] : ["domain", "controls"]
    guard let members = mapping(node, "an entry of add", keys: keys) else { return }
    guard let domain = members["domain"] else {
      guard let (_, number, place) = subject(members, ["control"], of: base),
        let points = members.required("points").map({ sequence($0, "points") })
      else { return }
      refuseOld(points, "id", "point", base.points.map(\.id))
      let isFound = tree.edit(["domains", "controls"]) { control in
        guard control["number"]?.scalar == number else { return false }
        control.append(points, to: "points")
        return true
      }
      if !isFound { refuse(place, "the control \(number) is dropped") }
      return
    }
    guard let controls = members.required("controls").map({ sequence($0, "controls") }) else {
      return
    }
    refuseOld(controls, "number", "control", base.controls.map(\.number))
    refuseOld(controls, "slug", "slug", base.controls.map(\.slug))
    guard case .scalar(let title) = domain.content else {
      var added = domain
      added["controls"] = members["controls"]
      tree.append([added], to: "domains")
      return
    }
    let isFound = tree.edit(["domains"]) { found in
      guard found["title"]?.scalar == title || found["short"]?.scalar == title else {
        return false
      }
      found.append(controls, to: "controls")
      return true
    }
    guard !isFound else { return }
    refuse(
      domain, "there is no domain \(title)",
      suggestion: DocumentFault.didYouMean(title, among: base.domains.map(\.title))
        ?? "a new one is { title: …, short: … }")
  }

  /// What is added under a name of the base could pass for it, dropped or not.
  private func refuseOld(
    _ nodes: [DocumentNode], _ key: String, _ kind: String, _ names: [String]
  ) {
    for node in nodes {
      guard let name = node[key], let word = name.scalar, names.contains(word) else { continue }
      refuse(
        name, "the \(kind) \(word) is that of the base", suggestion: "another one, or use change")
    }
  }

  /// Which of those keys an entry has, and what it names; it has to be there in the base.
  private func subject(
    _ members: Members, _ kinds: [String], of base: Checklist
  ) -> (kind: String, name: String, place: DocumentNode)? {
    let given = kinds.filter { members[$0] != nil }
    guard given.count == 1, let kind = given.first, let node = members[kind] else {
      refuse(members.node, "\(members.what) needs one of \(kinds.joined(separator: ", "))")
      return nil
    }
    guard let name = text(node, kind) else { return nil }
    let names =
      kind == "control"
      ? base.controls.map(\.number)
      : kind == "point" ? base.points.map(\.id) : base.occasions.map(\.id)
    guard names.contains(name) else {
      refuse(
        node, "there is no \(kind) \(name) in \(base.id)",
        suggestion: DocumentFault.didYouMean(name, among: names))
      return nil
    }
    return (kind, name, node)
  }

  /// The deviations with their reasons; a loosening without one is refused.
  private func explained(
    _ deviations: [Deviation], _ reasons: [String: Reason], extends: DocumentNode
  ) -> [Deviation] {
    deviations.map { deviation in
      var deviation = deviation
      let isHead = deviation.place.hasPrefix("/")
      let subject = isHead ? deviation.place : String(deviation.place.prefix { $0 != "/" })
      let reason = reasons[subject]
      if deviation.kind != .added { deviation.reason = reason?.text }
      guard deviation.kind == .loosened, reason?.text == nil else { return deviation }
      // What the base says stands at the key extends, which helps nobody.
      var node = reason?.node ?? extends
      if let place = places[deviation.place],
        (place.line, place.column) != (extends.line, extends.column)
      {
        (node.line, node.column) = (place.line, place.column)
      }
      // What is broken there may be why it looks loosened.
      guard !faults.contains(where: { ($0.line, $0.column) == (node.line, node.column) }) else {
        return deviation
      }
      refuse(
        node, "\(deviation.place) is loosened, which needs a reason",
        suggestion: isHead ? "leave it out, or make it shorter" : "reason: why that is enough here")
      return deviation
    }
  }
}

extension DocumentNode {
  /// The text of a scalar.
  fileprivate var scalar: String? {
    if case .scalar(let text) = content { text } else { nil }
  }
}

extension Checklist {
  /// Without that control, wherever it is mentioned.
  fileprivate mutating func drop(control number: String) {
    for point in control(number)?.points ?? [] { drop(point: point.id) }
    for index in domains.indices { domains[index].controls.removeAll { $0.number == number } }
    domains.removeAll { $0.controls.isEmpty }
    occasions = occasions.compactMap { occasion in
      guard occasion.controls.contains(number) else { return occasion }
      var occasion = occasion
      occasion.controls.removeAll { $0 == number }
      // An empty list would mean all controls.
      return occasion.controls.isEmpty ? nil : occasion
    }
    dropUnusedConditions()
  }

  /// Without that point, wherever it is mentioned.
  fileprivate mutating func drop(point id: String) {
    for domain in domains.indices {
      for control in domains[domain].controls.indices {
        domains[domain].controls[control].points.removeAll { $0.id == id }
      }
    }
    func without(_ excerpts: [Excerpt]) -> [Excerpt] {
      excerpts.compactMap { excerpt in
        var excerpt = excerpt
        excerpt.points.removeAll { $0 == id }
        return excerpt.points.isEmpty ? nil : excerpt
      }
    }
    priorities = without(priorities)
    ticks = without(ticks)
    dropUnusedConditions()
  }

  /// Nobody is to be asked for what nothing depends on any more.
  private mutating func dropUnusedConditions() {
    let used = Set(controls.compactMap(\.when) + points.compactMap(\.when))
    conditions.removeAll { !used.contains($0.id) }
  }
}
