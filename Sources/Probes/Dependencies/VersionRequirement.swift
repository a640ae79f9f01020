/// What a manifest asks of one dependency.
struct VersionRequirement: Equatable, Sendable {
  /// How firmly it stands for one version.
  enum Firmness: Equatable, Sendable {
    case exact
    /// Part of the same source tree.
    case local
    /// A branch, tag or address whose content can change.
    case movable
    case range
  }

  var name: String
  /// As it is written; credentials of addresses are not kept.
  var spelled: String
  var firmness: Firmness

  init(_ name: String, _ spelled: String, _ firmness: Firmness) {
    self.name = name
    self.spelled = Redaction.url(String(spelled.prefix(80)))
    self.firmness = firmness
  }

  /// npm: `4.18.2` and `=4.18.2` are exact; `^`, `~`, `x`, `*`, tags and comparisons are not.
  static func npm(_ name: String, _ text: String) -> VersionRequirement {
    let spelled = text[...].trimmed
    if ["file:", "link:", "portal:", "workspace:"].contains(where: spelled.hasPrefix) {
      return .init(name, text, .local)
    }
    if spelled.hasPrefix("npm:") {
      // An alias: npm:other@1.2.3
      let version = spelled.lastIndex(of: "@").map { spelled[spelled.index(after: $0)...] } ?? ""
      return .init(name, text, isVersion(version) ? .exact : .range)
    }
    if spelled.contains("://") || spelled.contains("git@") || spelled.contains("/") {
      return .init(name, text, isCommit(fragment: spelled) ? .exact : .movable)
    }
    let bare = spelled.hasPrefix("=") ? spelled.dropFirst().trimmed : spelled
    return .init(name, text, isVersion(bare) ? .exact : .range)
  }

  /// PEP 508: one `==` without a wildcard, or `===`, or an address with a commit or a hash.
  static func python(_ line: String) -> VersionRequirement? {
    let text = line.split(separator: ";").first.map { $0.trimmed } ?? ""
    guard
      let match = text.prefixMatch(
        of: #/([A-Za-z0-9][A-Za-z0-9._\-]*)\s*(?:\[[^\]]*\])?\s*/#)
    else { return nil }
    let name = String(match.output.1)
    let rest = text[match.range.upperBound...].trimmed
    if rest.hasPrefix("@") {
      let address = rest.dropFirst().trimmed
      if address.hasPrefix("file:") { return .init(name, String(address), .local) }
      let isFixed =
        address.contains("#sha256=") || address.contains(#/@[0-9a-f]{40}(?:#|$)/#)
      return .init(name, String(address), isFixed ? .exact : .movable)
    }
    let version = rest.split(separator: "--").first.map { $0.trimmed } ?? ""
    let isExact = version.wholeMatch(of: #/\(?\s*={2,3}\s*[^*,\s;<>=!~]+\s*\)?/#) != nil
    return .init(name, String(version), isExact ? .exact : .range)
  }

  /// Cargo: only `=1.2.3` is exact; a bare version means `^`.
  static func cargo(_ name: String, _ text: String) -> VersionRequirement {
    let spelled = text[...].trimmed
    let isExact = spelled.hasPrefix("=") && isVersion(spelled.dropFirst().trimmed)
    return .init(name, text, isExact ? .exact : .range)
  }

  /// Poetry and Pipfile: a bare version is exact for Poetry's older files only, `==` for both.
  static func poetry(_ name: String, _ text: String) -> VersionRequirement {
    let spelled = text[...].trimmed
    let bare = spelled.hasPrefix("==") ? spelled.dropFirst(2).trimmed : spelled
    return .init(name, text, isVersion(bare) ? .exact : .range)
  }

  /// Composer: a whole version; constraints, branches and stability flags are not.
  static func composer(_ name: String, _ text: String) -> VersionRequirement {
    let spelled = text[...].trimmed
    let bare = spelled.hasPrefix("v") ? spelled.dropFirst() : spelled
    if isVersion(bare) { return .init(name, text, .exact) }
    let isBranch = spelled.hasPrefix("dev-") || spelled.contains("-dev")
    return .init(
      name, text, isCommit(fragment: spelled) ? .exact : isBranch ? .movable : .range)
  }

  /// Three numbers at least, with what may follow them; `1.2` still leaves the last one open.
  private static func isVersion(_ text: Substring) -> Bool {
    let text = text.hasPrefix("v") ? text.dropFirst() : text
    return text.wholeMatch(of: #/[0-9]+\.[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:[-+.][0-9A-Za-z.\-+]+)?/#)
      != nil && !text.contains(".x") && !text.contains(".*")
  }

  private static func isCommit(fragment text: Substring) -> Bool {
    guard let hash = text.lastIndex(of: "#") else { return false }
    let commit = text[text.index(after: hash)...]
    return commit.utf8.count == 40 && commit.utf8.allSatisfy(ByteSet.lowerHex.contains)
  }
}
