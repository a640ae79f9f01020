extension Policy {
  /// Reads the policy that a record carries.
  ///
  /// - Throws: every fault that was found; places are not known there.
  public static func read(recorded value: JSONValue) throws(DocumentFaults) -> Policy {
    let reader = DocumentReader(file: "recorded policy")
    let policy = reader.policy(DocumentNode(value))
    try reader.finish()
    return policy ?? Policy()
  }

  /// The whole policy as a value, so that a record can carry it.
  public var value: JSONValue {
    .object([
      "signatures": .string(signaturesRequired ? "required" : "optional"),
      "people": .array(people.map(\.value)),
      "automation": .array(
        automation.map { .object(["id": .string($0.id), "key": .string($0.key)]) }),
    ])
  }
}

extension Person {
  fileprivate var value: JSONValue {
    .object([
      "id": .string(id), "name": .string(name), "emails": .strings(emails),
      "keys": .strings(keys),
      "roles": .array(
        roles.map { grant in
          .object(
            ["role": .string(grant.role)]
              .adding("from", grant.from.map { .string($0.description) })
              .adding("to", grant.to.map { .string($0.description) }))
        }),
    ])
  }
}

private enum SignatureRule: String, CaseIterable {
  case required
  case optional
}

extension DocumentReader {
  /// Reads `policy:` of a configuration or a record.
  func policy(_ node: DocumentNode) -> Policy? {
    guard let members = mapping(node, "policy", keys: ["signatures", "people", "automation"])
    else { return nil }
    let rule = members["signatures"].flatMap { choice($0, "signatures", SignatureRule.self) }
    let people = members["people"].map { sequence($0, "people").compactMap(person) } ?? []
    var ids: Set<String> = []
    for person in people where !ids.insert(person.id).inserted {
      refuse(node, "the person \(person.id) stands twice")
    }
    refuseShared(people, at: node)
    return Policy(
      signaturesRequired: rule == .required, people: people,
      automation: members["automation"].map { sequence($0, "automation").compactMap(automation) }
        ?? [])
  }

  /// An address or key of two people would let one person be the second pair of eyes.
  private func refuseShared(_ people: [Person], at node: DocumentNode) {
    var owners: [String: String] = [:]
    for person in people {
      let keys = person.keys.map {
        $0.split(separator: " ").prefix(2).joined(separator: " ")
      }
      for name in Set(person.emails.map { $0.lowercased() } + keys) {
        if owners[name] == nil {
          owners[name] = person.id
        } else {
          refuse(node, "\(name) belongs to two people")
        }
      }
    }
  }

  private func person(_ node: DocumentNode) -> Person? {
    guard
      let members = mapping(node, "a person", keys: ["id", "name", "emails", "keys", "roles"]),
      let id = members.requiredText("id"), let name = members.requiredText("name"),
      let roles = members.required("roles")
    else { return nil }
    return Person(
      id: id, name: name, emails: members.texts("emails"), keys: members.texts("keys"),
      roles: sequence(roles, "roles").compactMap(grant))
  }

  private func grant(_ node: DocumentNode) -> Person.Grant? {
    if case .scalar(let role) = node.content { return Person.Grant(role: role) }
    guard let members = mapping(node, "a role", keys: ["role", "from", "to"]),
      let role = members.requiredText("role")
    else { return nil }
    return Person.Grant(
      role: role, from: members["from"].flatMap { date($0, "from") },
      to: members["to"].flatMap { date($0, "to") })
  }

  private func automation(_ node: DocumentNode) -> AutomationKey? {
    guard let members = mapping(node, "an automation key", keys: ["id", "key"]),
      let id = members.requiredText("id"), let key = members.requiredText("key")
    else { return nil }
    return AutomationKey(id: id, key: key)
  }
}
