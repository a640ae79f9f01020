/// Where one of the launches of a configuration keeps its evidence, and which launch that is.
struct LaunchPlace {
  /// Its name under `launches:`; nil for the launch of the top level.
  var name: String?
  /// Subject, release and environment: what a launch is known by.
  var identity: [String]
  /// Path of its evidence file, given or by default.
  var evidence: String
  /// Where to point to for a fault.
  var node: DocumentNode

  /// For messages.
  var words: String { name.map { "the launch \($0)" } ?? "the launch of the top level" }
}

extension DocumentReader {
  /// All launches of the file.
  ///
  /// Two launches that share their evidence file, or that nothing tells apart, are faults: the
  /// sign-offs of one would count for the other.
  func launchPlaces(of top: Members) -> [LaunchPlace] {
    var places: [LaunchPlace] = []
    if let place = place(nil, top.members, top["launch"]) { places.append(place) }
    if case .mapping(let named)? = top["launches"]?.content {
      for (name, node) in named {
        guard case .mapping(let own) = node.content else { continue }
        let members = own + inherited(from: top.members, by: own)
        if let place = place(name, members, node) { places.append(place) }
      }
    }
    refuseShared(places)
    return places
  }

  /// The members of the top level that a named launch does not give itself.
  func inherited(
    from top: [(key: String, value: DocumentNode)], by own: [(key: String, value: DocumentNode)]
  ) -> [(key: String, value: DocumentNode)] {
    top.filter { member in
      member.key != "launches" && !own.contains { $0.key == member.key }
    }
  }

  /// Nil where the launch is not described well enough; that is said where it is chosen.
  private func place(
    _ name: String?, _ members: [(key: String, value: DocumentNode)], _ node: DocumentNode?
  ) -> LaunchPlace? {
    guard let node, case .mapping(let launch)? = members.value("launch")?.content else {
      return nil
    }
    let identity = ["subject", "release", "environment"].compactMap { launch.value($0)?.scalar }
    guard identity.count == 3 else { return nil }
    let evidence =
      members.value("evidence")?.scalar
      ?? Configuration.evidenceName(identity[0], identity[1], launch: name)
    return LaunchPlace(name: name, identity: identity, evidence: evidence, node: node)
  }

  private func refuseShared(_ places: [LaunchPlace]) {
    for (index, place) in places.enumerated() {
      for other in places.prefix(index) {
        if other.identity == place.identity {
          refuse(
            place.node,
            "\(place.words) has the subject, release and environment of \(other.words)",
            suggestion: "give each service a subject of its own")
        } else if other.evidence == place.evidence {
          refuse(
            place.node,
            "\(place.words) has the evidence file of \(other.words): \(place.evidence)",
            suggestion: "give each launch an evidence file of its own")
        }
      }
    }
  }
}

extension [(key: String, value: DocumentNode)] {
  fileprivate func value(_ key: String) -> DocumentNode? { first { $0.key == key }?.value }
}

extension DocumentNode {
  fileprivate var scalar: String? {
    if case .scalar(let text) = content { text } else { nil }
  }
}

extension Configuration {
  /// `acme-shop-4.2.0.evidence.json`, or `acme-shop-4.2.0-staging.evidence.json` for the launch of
  /// that name: the ending is what `.gitattributes` names.
  public static func evidenceName(
    _ subject: String, _ release: String, launch: String? = nil
  ) -> String {
    let parts = [subject, release] + [launch].compactMap(\.self)
    let name = parts.joined(separator: "-").map { character in
      character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
        ? character : "-"
    }
    return "\(String(name)).evidence.json"
  }
}
