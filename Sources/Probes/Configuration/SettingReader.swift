/// A name with its value, as some configuration file says it.
struct Setting: Equatable, Sendable {
  /// In capitals, with `_` for every other separator: `APP_DEBUG`.
  var name: String
  var value: String
  var line: Int
}

/// Finds settings in env files, YAML, INI, TOML, JSON, Python, Procfiles and unit files.
///
/// It goes line by line and understands no structure; that suffices for values of one word.
enum SettingReader {
  /// All settings of a text, in order.
  static func read(_ text: String) -> [Setting] {
    var found: [Setting] = []
    var pending: (name: String, line: Int)?
    for (number, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      guard raw.utf8.count <= 10_000, let line = content(raw) else { continue }
      // Kubernetes writes `- name: DEBUG` and, on the next line, `value: "1"`.
      if let match = line.wholeMatch(of: #/-?\s*name:\s*["']?([A-Za-z_][A-Za-z0-9_.\-]*)["']?/#) {
        pending = (String(match.output.1), number + 1)
        continue
      }
      if let name = pending, let match = line.wholeMatch(of: #/value:\s*(.*)/#) {
        found.append(
          Setting(
            name: canonical(name.name), value: unquoted(match.output.1), line: name.line))
        pending = nil
        continue
      }
      pending = nil
      found += settings(line).map { name, value in
        Setting(name: canonical(name[...]), value: value, line: number + 1)
      }
    }
    return found
  }

  /// `app.debug` is `APP_DEBUG`.
  private static func canonical(_ name: some StringProtocol) -> String {
    String(name.uppercased().map { ".-".contains($0) ? "_" : $0 })
  }

  private static func content(_ raw: Substring) -> Substring? {
    let line = raw.trimmed
    let isComment = ["#", ";", "//", "--", "/*", "<!--"].contains { line.hasPrefix($0) }
    guard !line.isEmpty, !isComment else { return nil }
    // A comment behind a value begins with a blank and `#`.
    guard let hash = line.firstRange(of: " #") else { return line }
    let before = line[..<hash.lowerBound]
    let isQuoted = before.count { $0 == "\"" } % 2 == 1 || before.count { $0 == "'" } % 2 == 1
    return isQuoted ? line : before.trimmed
  }

  private static func settings(_ line: Substring) -> [(String, String)] {
    if let match = line.prefixMatch(of: #/Environment\s*=\s*(.*)/#) {
      return pairs(String(match.output.1))
    }
    // `web: NODE_ENV=production node server.js`
    if let match = line.wholeMatch(of: #/[a-z][a-z0-9_\-]*:\s+([A-Z][A-Z0-9_]*=.*)/#) {
      return pairs(String(match.output.1))
    }
    guard
      let match = line.wholeMatch(
        of:
          #/(?:export\s+|-\s+|ENV\s+|set\s+)?["']?([A-Za-z_][A-Za-z0-9_.\-]*)["']?\s*(?:=|:)\s*(.*)/#
      )
    else { return [] }
    return [(String(match.output.1), unquoted(match.output.2))]
  }

  private static func pairs(_ text: String) -> [(String, String)] {
    DockerfileWords.split(text).map(DockerfileWords.unquoted).compactMap { word in
      guard let equals = word.firstIndex(of: "=") else { return nil }
      return (
        String(word[..<equals]),
        DockerfileWords.unquoted(String(word[word.index(after: equals)...]))
      )
    }
  }

  private static func unquoted(_ text: Substring) -> String {
    var value = text.trimmed
    if let last = value.last, ",;".contains(last) { value = value.dropLast().trimmed }
    return DockerfileWords.unquoted(String(value))
  }
}
