internal import Glibc

/// The files of nginx's configuration by their paths.
struct NginxFiles: Equatable, Sendable {
  private(set) var texts: [String: String] = [:]
  private(set) var gaps: [String] = []

  /// Reads the answer of `nginx -T`: each file after a line that names it.
  init(dump: String) {
    var path: String?
    var lines: [Substring] = []
    let mark = "# configuration file "
    for line in dump.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(mark), line.hasSuffix(":") {
        if let path { texts[path] = lines.joined(separator: "\n") }
        path = String(line.dropFirst(mark.count).dropLast())
        lines = []
      } else {
        lines.append(line)
      }
    }
    if let path { texts[path] = lines.joined(separator: "\n") }
  }

  /// Reads a file, and whatever its includes may name.
  init(_ machine: Machine, _ main: String) {
    var waiting = [main]
    while let path = waiting.popLast() {
      guard texts[path] == nil, texts.count < 1000 else { continue }
      guard let text = machine.text(path) else {
        if machine.exists(path) { gaps.append("\(path) cannot be read") }
        continue
      }
      texts[path] = text
      for match in text.matches(of: #/(?:^|[;{}\s])include\s+([^;\s]+)\s*;/#) {
        let pattern = NginxReader.absolute(String(match.1), main)
        guard pattern.contains(where: { "*?[".contains($0) }) else {
          waiting.append(pattern)
          continue
        }
        guard let slash = pattern.lastIndex(of: "/") else { continue }
        let folder = String(pattern[..<slash])
        for name in machine.list(folder) ?? []
        where fnmatch(String(pattern[pattern.index(after: slash)...]), name, 0) == 0 {
          waiting.append("\(folder)/\(name)")
        }
      }
    }
  }
}
