extension DocumentReader {
  /// What a checklist was made from, as a record keeps it.
  func base(_ node: DocumentNode) -> Base? {
    guard let members = mapping(node, "base", keys: ["checklist", "version"]),
      let checklist = members.requiredText("checklist"),
      let version = members.required("version").flatMap({ integer($0, "version") })
    else { return nil }
    return Base(checklist: checklist, version: version)
  }

  /// One deviation from the base, as a record keeps it.
  func deviation(_ node: DocumentNode) -> Deviation? {
    let keys = ["place", "kind", "old", "new", "reason"]
    guard let members = mapping(node, "a deviation", keys: keys),
      let place = members.requiredText("place"),
      let kind = members.required("kind").flatMap({ choice($0, "kind", Deviation.Kind.self) })
    else { return nil }
    let reason = members.text("reason")
    if kind.isLoosening && reason == nil { refuse(node, "a loosening needs the key reason") }
    return Deviation(
      place: place, kind: kind, old: members.text("old"), new: members.text("new"), reason: reason)
  }
}
