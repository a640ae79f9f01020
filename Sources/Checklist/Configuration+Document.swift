extension Configuration {
  /// Reads `launchgate.yaml`.
  ///
  /// With several launches, `launch` chooses one of `launches:`; its keys go before those of the
  /// file's top level.
  ///
  /// - Throws: every fault that was found, with line and reason.
  public static func read(
    yaml: String, file: String = fileName, launch: String? = nil
  ) throws(DocumentFaults) -> Configuration {
    let node = try DocumentNode.read(yaml: yaml, file: file)
    let reader = DocumentReader(file: file)
    let configuration = reader.configuration(node, launch: launch)
    try reader.finish()
    guard let configuration else {
      throw DocumentFaults([DocumentFault(file: file, reason: "no configuration")])
    }
    return configuration
  }
}

private let launchKeys = [
  "launch", "checklist", "evidence", "repository", "paths", "targets", "authorised",
  "parameters", "policy",
]

extension DocumentReader {
  fileprivate func configuration(_ node: DocumentNode, launch: String?) -> Configuration? {
    guard let top = mapping(node, "the configuration", keys: launchKeys + ["launches"]),
      let members = chosen(launch, of: top)
    else { return nil }
    let places = launchPlaces(of: top)
    guard
      let identity = members.required("launch").flatMap({
        mapping($0, "launch", keys: ["subject", "release", "environment"])
      }), let subject = identity.requiredText("subject"),
      let release = identity.requiredText("release"),
      let environment = identity.requiredText("environment")
    else { return nil }
    return Configuration(
      subject: subject, release: release, environment: environment,
      checklist: members.text("checklist") ?? "production-25",
      evidence: members.text("evidence")
        ?? Configuration.evidenceName(subject, release, launch: launch),
      allEvidence: places.map(\.evidence),
      repository: members.text("repository") ?? ".", paths: members.texts("paths"),
      targets: members["targets"].map { sequence($0, "targets").compactMap(target) } ?? [],
      authorised: members.texts("authorised"),
      parameters: members["parameters"].map(parameters) ?? [:],
      policy: members["policy"].flatMap(policy) ?? Policy())
  }

  private func chosen(_ launch: String?, of top: Members) -> Members? {
    guard let launches = top["launches"] else {
      if let launch { refuse(top.node, "there is no launch named \(launch)") }
      return launch == nil ? top : nil
    }
    guard case .mapping(let named) = launches.content else {
      refuse(launches, "launches has to be a mapping from names to launches")
      return nil
    }
    guard let launch else {
      if top["launch"] != nil { return top }
      let names = named.map(\.key).joined(separator: ", ")
      refuse(launches, "several launches are configured: choose one with --launch (\(names))")
      return nil
    }
    guard let node = named.first(where: { $0.key == launch })?.value else {
      refuse(
        launches, "there is no launch named \(launch)",
        suggestion: DocumentFault.didYouMean(launch, among: named.map(\.key)))
      return nil
    }
    guard let own = mapping(node, "the launch \(launch)", keys: launchKeys) else { return nil }
    return Members(
      node: node, what: "the launch \(launch)",
      members: own.members + inherited(from: top.members, by: own.members), reader: self)
  }

  private func target(_ node: DocumentNode) -> Target? {
    let keys = ["url", "paths", "hosts", "login", "ca", "resolve", "proxy"]
    guard let members = mapping(node, "a target", keys: keys) else { return nil }
    return Target(
      url: members.text("url"), paths: members.texts("paths"), hosts: members.texts("hosts"),
      login: members.text("login"), caFile: members.text("ca"),
      resolve: members["resolve"].map(resolutions) ?? [:], proxy: members.text("proxy"))
  }

  private func resolutions(_ node: DocumentNode) -> [String: String] {
    guard case .mapping(let members) = node.content else {
      refuse(node, "resolve has to be a mapping from names to addresses")
      return [:]
    }
    let pairs = members.compactMap { member in
      text(member.value, "resolve").map { (member.key, $0) }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private func parameters(_ node: DocumentNode) -> [String: JSONValue] {
    guard case .mapping(let members) = node.content else {
      refuse(node, "parameters has to be a mapping from names to values")
      return [:]
    }
    return Dictionary(
      members.map { ($0.key, $0.value.value) }, uniquingKeysWith: { first, _ in first })
  }
}
