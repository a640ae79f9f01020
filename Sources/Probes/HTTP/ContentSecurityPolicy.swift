/// One content security policy (W3C CSP Level 3), as far as its promises are judged.
struct ContentSecurityPolicy: Hashable, Sendable {
  private var directives: [String: [String]] = [:]
  /// Names that occur more than once; browsers use the first only.
  private(set) var duplicates: [String] = []
  /// Names that no directive can have, such as one with a colon.
  private(set) var unreadable: [String] = []

  /// Reads one serialized policy; unknown directives are kept and not judged.
  init(_ text: some StringProtocol) {
    for part in text.split(separator: ";") {
      let words = part.split { $0 == " " || $0 == "\t" }.map { $0.lowercased() }
      guard let name = words.first else { continue }
      guard
        name.utf8.allSatisfy({
          (0x61...0x7A).contains($0) || $0 == 0x2D || (0x30...0x39).contains($0)
        })
      else {
        unreadable.append(String(name.prefix(60)))
        continue
      }
      if directives[name] == nil {
        directives[name] = Array(words.dropFirst())
      } else {
        duplicates.append(name)
      }
    }
  }

  /// All policies of a response: several fields, each with several policies.
  static func policies(in values: [String]) -> [ContentSecurityPolicy] {
    values.flatMap { $0.split(separator: ",") }.map { ContentSecurityPolicy($0) }
      .filter { !$0.directives.isEmpty || !$0.unreadable.isEmpty }
  }

  /// Whether and how the policies restrict scripts; each holds by itself, so the best one counts.
  static func opinion(
    on values: [String], reportOnly: [String], reportOnlySuffices: Bool
  ) -> HeaderOpinion {
    let policies = policies(in: values)
    guard !policies.isEmpty else {
      guard !Self.policies(in: reportOnly).isEmpty else { return .fail("missing") }
      return reportOnlySuffices
        ? .review("only reports, forbids nothing yet") : .fail("only reports")
    }
    if let twice = policies.lazy.flatMap(\.duplicates).first {
      return .fail("the directive \(twice) stands twice")
    }
    if let odd = policies.lazy.flatMap(\.unreadable).first {
      return .fail("\(odd) is no directive")
    }
    let weaknesses = policies.map(\.weaknesses)
    guard let fewest = weaknesses.min(by: { $0.count < $1.count }), !fewest.isEmpty else {
      return .pass("restricts scripts")
    }
    return .review(fewest.joined(separator: "; "))
  }

  /// Who may frame the page; nil where the policies do not say.
  static func framingIsRestricted(by values: [String]) -> Bool? {
    let lists = policies(in: values).compactMap { $0.directives["frame-ancestors"] }
    guard !lists.isEmpty else { return nil }
    return lists.contains { !$0.contains(where: isBroad) }
  }

  /// The widest that these directives may be, as `img-src 'self' data:`; the first that is wider.
  ///
  /// Each policy holds by itself, so one that is narrow enough suffices. Nonces and hashes widen
  /// nothing: they name what the page itself wrote.
  static func excess(of values: [String], over limits: [String]) -> String? {
    let policies = policies(in: values)
    return limits.first { limit in
      let words = limit.lowercased().split(separator: " ").map(String.init)
      guard let name = words.first else { return false }
      let allowed = Set(words.dropFirst())
      return !policies.contains { policy in
        guard let sources = policy.effective(name) else { return false }
        return sources.allSatisfy {
          allowed.contains($0) || $0 == "'none'" || $0.hasPrefix("'nonce-") || $0.hasPrefix("'sha")
        }
      }
    }
  }

  /// The sources of a directive, from those that it falls back to where it is not given.
  private func effective(_ name: String) -> [String]? {
    if let own = directives[name] { return own }
    switch name {
    case "base-uri", "form-action", "frame-ancestors", "sandbox", "report-uri", "report-to",
      "upgrade-insecure-requests", "default-src":
      return nil
    case "frame-src", "worker-src": return directives["child-src"] ?? directives["default-src"]
    case "script-src-elem", "script-src-attr":
      return directives["script-src"] ?? directives["default-src"]
    default: return directives["default-src"]
    }
  }

  /// What leaves scripts less restricted than they seem.
  private var weaknesses: [String] {
    guard let scripts = directives["script-src"] ?? directives["default-src"] else {
      return ["neither script-src nor default-src"]
    }
    var found = Self.weaknesses(ofScripts: scripts)
    // These two go before script-src for elements and for handlers in attributes.
    for name in ["script-src-elem", "script-src-attr"] {
      let more = directives[name].map(Self.weaknesses(ofScripts:)) ?? []
      found += more.filter { !found.contains($0) }
    }
    let objects = directives["object-src"] ?? directives["default-src"]
    if objects.map({ $0.contains { Self.isBroad($0) || $0 == "data:" } }) ?? true {
      found.append("object-src is not restricted")
    }
    return found
  }

  private static func weaknesses(ofScripts sources: [String]) -> [String] {
    let isKeyed = sources.contains {
      $0.hasPrefix("'nonce-") || $0.hasPrefix("'sha256-") || $0.hasPrefix("'sha384-")
        || $0.hasPrefix("'sha512-")
    }
    let isStrictDynamic = sources.contains("'strict-dynamic'")
    var found: [String] = []
    if sources.contains("'unsafe-inline'") && !isKeyed {
      found.append("'unsafe-inline' for scripts")
    }
    if sources.contains("'unsafe-eval'") { found.append("'unsafe-eval' for scripts") }
    if isStrictDynamic && !isKeyed { found.append("'strict-dynamic' without nonce or hash") }
    // With 'strict-dynamic' and a nonce browsers ignore schemes and hosts.
    guard !(isStrictDynamic && isKeyed) else { return found }
    if let broad = sources.first(where: { isBroad($0) || $0 == "data:" || $0 == "blob:" }) {
      found.append("scripts from \(broad)")
    } else if sources.contains(where: { $0.hasPrefix("http://") }) {
      found.append("scripts over plain HTTP")
    }
    return found
  }

  private static func isBroad(_ source: String) -> Bool {
    ["*", "http:", "https:", "http://*", "https://*", "*:*", "http://*:*", "https://*:*"]
      .contains(source)
  }
}
