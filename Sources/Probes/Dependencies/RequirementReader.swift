import Foundation

/// What a manifest asks of the dependencies that production installs.
enum RequirementReader {
  /// What a manifest holds, or why it says nothing.
  enum Reading: Equatable, Sendable {
    case requirements([VersionRequirement])
    case malformed(String)
    /// Its package manager records exact versions in the manifest itself, or is not understood.
    case notUnderstood
  }

  /// Reads a manifest by its name; nil where it is none.
  static func read(_ name: String, _ text: String, development: Bool) -> Reading? {
    switch name {
    case "package.json": npm(text, development)
    case "composer.json": composer(text, development)
    case "pyproject.toml": pyproject(text, development)
    case "Pipfile": pipfile(text, development)
    case "Cargo.toml": cargo(text, development)
    case "go.mod": .requirements([])
    case "Gemfile": gemfile(text)
    case "Package.swift": swiftPackage(text)
    case _ where name.contains(#/^requirements([-_.][A-Za-z0-9_.\-]+)?\.txt$/#):
      requirements(text)
    case _ where Ecosystem.all.contains { $0.manifest == name } || Ecosystem.isForeign(name):
      .notUnderstood
    default: nil
    }
  }

  private static func object(_ text: String) -> [String: Any]? {
    guard JSONDepth.isHarmless(Array(text.utf8)) else { return nil }
    return try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  }

  private static func groups(
    _ root: [String: Any], _ names: [String],
    _ read: (String, String) -> VersionRequirement?
  ) -> Reading {
    var found: [VersionRequirement] = []
    for group in names {
      switch root[group] {
      case nil: continue
      case let wanted as [String: String]:
        found += wanted.sorted { $0.key < $1.key }.compactMap { read($0.key, $0.value) }
      case let list as [Any] where list.isEmpty: continue
      default: return .malformed("\(group) is no object of texts")
      }
    }
    return .requirements(found)
  }

  private static func npm(_ text: String, _ development: Bool) -> Reading {
    guard let root = object(text) else { return .malformed("it is no JSON object") }
    return groups(
      root,
      ["dependencies", "optionalDependencies"] + (development ? ["devDependencies"] : []),
      VersionRequirement.npm)
  }

  private static func composer(_ text: String, _ development: Bool) -> Reading {
    guard let root = object(text) else { return .malformed("it is no JSON object") }
    return groups(root, ["require"] + (development ? ["require-dev"] : [])) { name, version in
      // PHP itself and its extensions are no packages.
      name.contains("/") ? VersionRequirement.composer(name, version) : nil
    }
  }

  private static func requirements(_ text: String) -> Reading {
    let lines = text.replacing("\\\r\n", with: " ").replacing("\\\n", with: " ")
      .split(whereSeparator: \.isNewline).map { $0.trimmed }
    var found: [VersionRequirement] = []
    for line in lines where !line.isEmpty && !line.hasPrefix("#") {
      let line = (line.firstRange(of: " #").map { line[..<$0.lowerBound] } ?? line).trimmed
      if line.hasPrefix("-") {
        // Other files are judged by themselves; editable paths belong to this source.
        let isEditable = line.hasPrefix("-e") || line.hasPrefix("--editable")
        guard isEditable, line.contains("://") else { continue }
        found.append(.init("-e", String(line), .movable))
        continue
      }
      if line.contains("://"), !line.contains(" @ ") {
        let isFixed = line.contains("#sha256=") || line.contains(#/@[0-9a-f]{40}(?:#|$)/#)
        found.append(.init(String(line.prefix(60)), String(line), isFixed ? .exact : .movable))
        continue
      }
      guard let requirement = VersionRequirement.python(String(line)) else {
        return .malformed("a line of it is no requirement")
      }
      found.append(requirement)
    }
    return .requirements(found)
  }

  private static func outline(_ text: String) -> TOMLOutline? { TOMLOutline(Array(text.utf8)) }

  private static func pyproject(_ text: String, _ development: Bool) -> Reading {
    guard let outline = outline(text) else { return .malformed("it is no TOML") }
    var found: [VersionRequirement] = []
    for entry in outline.entries {
      let path = entry.path
      let isGroup =
        development
        && (path.first == "dependency-groups"
          || path.starts(with: ["tool", "uv", "dev-dependencies"]))
      if path == ["project", "dependencies"] || isGroup
        || path.starts(with: ["project", "optional-dependencies"])
      {
        // `{include-group = "x"}` names no package.
        let value = entry.value.replacing(#/\{[^{}]*\}/#, with: "")
        found += strings(value).compactMap(VersionRequirement.python)
      }
      guard path.starts(with: ["tool", "poetry"]), path.count > 3, path[3] != "python" else {
        continue
      }
      let isDevelopment = path[2] == "dev-dependencies" || path[2] == "group"
      guard path[2] == "dependencies" || (development && isDevelopment) else { continue }
      found += table(entry, from: 3, VersionRequirement.poetry)
    }
    return .requirements(found)
  }

  private static func pipfile(_ text: String, _ development: Bool) -> Reading {
    guard let outline = outline(text) else { return .malformed("it is no TOML") }
    return .requirements(
      outline.entries.flatMap { entry -> [VersionRequirement] in
        let group = entry.table.first
        guard group == "packages" || (development && group == "dev-packages") else { return [] }
        return table(entry, from: 1, VersionRequirement.poetry)
      })
  }

  private static func cargo(_ text: String, _ development: Bool) -> Reading {
    guard let outline = outline(text) else { return .malformed("it is no TOML") }
    return .requirements(
      outline.entries.flatMap { entry -> [VersionRequirement] in
        let names =
          ["dependencies", "build-dependencies"] + (development ? ["dev-dependencies"] : [])
        guard let group = entry.path.firstIndex(where: names.contains), entry.path.count > group + 1
        else { return [] }
        return table(entry, from: group + 1, VersionRequirement.cargo)
      })
  }

  /// `name = "1"`, `name = { version = "1" }`, or the key `version` of a table of its own.
  private static func table(
    _ entry: TOMLOutline.Entry, from depth: Int, _ read: (String, String) -> VersionRequirement
  ) -> [VersionRequirement] {
    let name = entry.path[depth]
    let value = entry.value
    if entry.path.count > depth + 1 {
      switch entry.path[depth + 1] {
      case "version": return strings(value).prefix(1).map { read(name, $0) }
      case "git": return [.init(name, strings(value).first ?? value, .movable)]
      default: return []
      }
    }
    guard value.hasPrefix("{") else { return strings(value).prefix(1).map { read(name, $0) } }
    if let match = value.firstMatch(
      of: #/\bversion\s*=\s*["']([^"']*)["']/#.wordBoundaryKind(.simple))
    {
      return [read(name, String(match.output.1))]
    }
    if value.contains(#/\bworkspace\s*=\s*true/#.wordBoundaryKind(.simple)) {
      return [.init(name, value, .local)]
    }
    if value.contains(#/\bpath\s*=/#.wordBoundaryKind(.simple)) {
      return [.init(name, value, .local)]
    }
    let isCommit = value.contains(
      #/\b(?:rev|ref)\s*=\s*["'][0-9a-f]{40}["']/#.wordBoundaryKind(.simple))
    return [.init(name, value, isCommit ? .exact : .movable)]
  }

  private static func strings(_ value: String) -> [String] {
    value.matches(of: #/"([^"]*)"|'([^']*)'/#).map { String($0.output.1 ?? $0.output.2 ?? "") }
  }

  private static func gemfile(_ text: String) -> Reading {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmed }
    return .requirements(
      lines.compactMap { line in
        guard let match = line.prefixMatch(of: #/gem[\s(]+["']([^"']+)["']\s*(?:,\s*(.*))?/#) else {
          return nil
        }
        let rest = match.output.2.map(String.init) ?? ""
        let name = String(match.output.1)
        if rest.contains(#/\bpath:|:path\s*=>/#.wordBoundaryKind(.simple)) {
          return .init(name, "path", .local)
        }
        if rest.contains(#/\b(?:git|github):|:git\s*=>/#.wordBoundaryKind(.simple)) {
          return .init(name, "git", rest.contains(#/[0-9a-f]{40}/#) ? .exact : .movable)
        }
        let isExact =
          rest.prefixMatch(of: #/["']=?\s*[0-9]+\.[0-9]+(?:\.[0-9A-Za-z]+)*["']/#) != nil
        return .init(name, rest, isExact ? .exact : .range)
      })
  }

  private static func swiftPackage(_ text: String) -> Reading {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmed }
      .filter { !$0.hasPrefix("//") }.joined(separator: " ")
    let found = lines.matches(
      of:
        #/\.package\s*\(\s*(?:name\s*:\s*"[^"]{0,300}"\s*,\s*)?(?:url|id)\s*:\s*"([^"]{0,500})"\s*,\s*([^)]{0,300})/#
    )
    return .requirements(
      found.map { match in
        let rest = String(match.output.2)
        let isExact =
          rest.hasPrefix("exact") || rest.hasPrefix(".exact") || rest.hasPrefix("revision")
        let isBranch = rest.hasPrefix("branch") || rest.hasPrefix(".branch")
        return .init(
          String(match.output.1), rest, isExact ? .exact : isBranch ? .movable : .range)
      })
  }
}
