/// Which dependencies of a manifest a lock file does not know.
enum LockedNames {
  /// Their names, in order; empty where all are there, or where the lock file cannot tell.
  static func missing(lock name: String, _ lock: String, manifest: [UInt8]) -> [String] {
    guard let ecosystem = Ecosystem.all.first(where: { $0.locks.contains(name) }) else { return [] }
    let text = String(decoding: manifest, as: UTF8.self)
    if name == "go.sum" { return modules(text).filter { !lock.contains("\($0) ") } }
    guard
      case .requirements(let wanted)? = RequirementReader.read(
        ecosystem.manifest, text, development: true)
    else { return [] }
    let others = wanted.filter { $0.firmness != .local }
    switch name {
    case "yarn.lock": return others.filter { !isInYarn($0, lock) }.map(\.name)
    case "pnpm-lock.yaml": return pnpm(others, lock)
    case "uv.lock", "poetry.lock", "pdm.lock":
      let names = Set(
        lock.matches(of: #/(?m)^name = "([^"]*)"/#).map { normalised(String($0.output.1)) })
      return others.map(\.name).filter { !names.contains(normalised($0)) }
    case "Pipfile.lock":
      let names = Set(
        lock.matches(of: #/"([^"]+)"\s*:\s*\{/#).map { normalised(String($0.output.1)) })
      return others.map(\.name).filter { !names.contains(normalised($0)) }
    case "composer.lock":
      return others.map(\.name).filter { !lock.lowercased().contains("\"\($0.lowercased())\"") }
    case "Gemfile.lock":
      let names = Set(
        lock.split(whereSeparator: \.isNewline).map { $0.trimmed.prefix { !" (!".contains($0) } })
      return others.map(\.name).filter { !names.contains($0[...]) }
    case "Package.resolved":
      return others.map { identity($0.name) }.filter { !lock.lowercased().contains("\"\($0)\"") }
    // A crate may stand under another name than its own.
    case "Cargo.lock":
      return others.isEmpty || lock.contains("[[package]]") ? [] : others.map(\.name)
    default: return []
    }
  }

  /// PEP 503: case and separators do not matter.
  private static func normalised(_ name: String) -> String {
    name.lowercased().split { "-_.".contains($0) }.joined(separator: "-")
  }

  private static func identity(_ url: String) -> String {
    let last = url.split(separator: "/").last.map(String.init) ?? url
    return (last.hasSuffix(".git") ? String(last.dropLast(4)) : last).lowercased()
  }

  /// Modules of `go.mod` that come from elsewhere; one that is replaced may lie in the same tree.
  private static func modules(_ text: String) -> [String] {
    var isBlock = false
    var found: [String] = []
    var replaced: Set<String> = []
    for line in text.split(whereSeparator: \.isNewline).map(\.trimmed) where !line.hasPrefix("//") {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      if line.contains("=>"), let name = words.first(where: { $0 != "replace" }) {
        replaced.insert(name)
      } else if words.first == "require", words.dropFirst().first?.hasPrefix("(") == true {
        isBlock = true
      } else if words.first == ")" {
        isBlock = false
      } else if words.first == "require", words.count >= 3 {
        found.append(words[1])
      } else if isBlock, words.count >= 2 {
        found.append(words[0])
      }
    }
    return found.filter { !replaced.contains($0) }
  }

  // Both forms of the file name each range that some manifest asks for.
  private static func isInYarn(_ wanted: VersionRequirement, _ lock: String) -> Bool {
    [" ", "\n", "\""].contains { lock.contains("\($0)\(wanted.name)@") }
  }

  private static func pnpm(_ wanted: [VersionRequirement], _ lock: String) -> [String] {
    let lines = Set(lock.split(whereSeparator: \.isNewline).map(\.trimmed))
    return wanted.map(\.name).filter { name in
      !["\(name):", "'\(name)':", "\"\(name)\":"].contains { lines.contains($0[...]) }
        && !lines.contains { $0.hasPrefix("\(name): ") || $0.hasPrefix("'\(name)': ") }
    }
  }
}
