/// A line that a person has to judge.
struct CodeSighting: Hashable, Sendable {
  var kind: CodeSuspect.Kind
  var title: String
  var path: GitPath
  var line: Int
  /// Of the line's text, so that moving it changes nothing.
  var digest: String
}

/// Looks for suspects in one source file after another.
struct CodeSearch: Sendable {
  /// More suspects of one file say nothing more.
  static let fileLimit = 200
  /// Minified lines are no source.
  static let lineLimit = 2_000

  private static let endings: Set<String> = [
    "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "vue", "svelte", "astro", "py", "rb", "erb",
    "haml", "slim", "php", "twig", "java", "kt", "scala", "groovy", "jsp", "go", "rs", "cs",
    "cshtml", "razor", "swift", "ex", "exs", "eex", "heex", "leex", "html", "htm", "jinja",
    "jinja2",
    "j2", "hbs", "handlebars", "mustache", "ejs", "pug", "liquid", "sql", "pl", "pm", "dart", "clj",
    "lua", "c", "cc", "cpp", "h", "hpp", "fs", "graphql",
  ]

  /// Whether a file of that name is source code or a template.
  static func isSource(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.split(separator: ".").last.map { endings.contains(String($0)) } ?? false
      && !name.hasSuffix(".min.js") && !name.hasSuffix(".bundle.js") && !name.hasSuffix(".d.ts")
  }

  private let suspects: [CodeSuspect]
  private let literals: LiteralTable

  init(_ kinds: [CodeSuspect.Kind]) {
    suspects = CodeSuspect.all.filter { kinds.contains($0.kind) }
    literals = LiteralTable(
      suspects.enumerated().flatMap { index, suspect in
        suspect.literals.map { (Array($0.utf8), index) }
      })
  }

  /// The suspects of a file, in the order of their lines; nil where the time was not enough.
  func sightings(
    _ path: GitPath, _ text: String, deadline: ContinuousClock.Instant
  ) -> [CodeSighting]? {
    var folded = Array(text.utf8)
    for index in folded.indices where (0x41...0x5A).contains(folded[index]) {
      folded[index] |= 0x20
    }
    // A literal finds the lines that are worth a regular expression.
    var candidates: Set<Candidate> = []
    folded.withUnsafeBufferPointer { bytes in
      literals.each(in: bytes) { suspect, position in
        let start = Self.lineStart(bytes, position)
        candidates.insert(
          Candidate(start: start, end: Self.lineEnd(bytes, position), suspect: suspect))
      }
    }
    var found: [CodeSighting] = []
    var line = 1
    var counted = 0
    for candidate in candidates.sorted(by: { ($0.start, $0.suspect) < ($1.start, $1.suspect) }) {
      guard found.count < Self.fileLimit, candidate.end - candidate.start <= Self.lineLimit else {
        continue
      }
      // Several regular expressions for each of them.
      if deadline <= .now || Task.isCancelled { return nil }
      let spelled = String(decoding: folded[candidate.start..<candidate.end], as: UTF8.self)[...]
      let suspect = suspects[candidate.suspect]
      guard !Self.isComment(spelled.trimmed), suspect.matches(spelled.trimmed) else { continue }
      line += folded[counted..<candidate.start].count { $0 == 0x0A }
      counted = candidate.start
      found.append(
        CodeSighting(
          kind: suspect.kind, title: suspect.title, path: path, line: line,
          digest: GitPath(String(spelled.trimmed)).digest))
    }
    return found
  }

  private struct Candidate: Hashable {
    var start: Int
    var end: Int
    var suspect: Int
  }

  private static func isComment(_ line: Substring) -> Bool {
    ["//", "#", "*", "/*", "--", "<!--"].contains { line.hasPrefix($0) }
      && !line.hasPrefix("#{")
  }

  private static func lineStart(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int {
    var start = position
    // A line that is too long is not looked at, so that its beginning does not matter.
    while start > 0, position - start <= lineLimit, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int {
    var end = position
    while end < bytes.count, end - position <= lineLimit, bytes[end] != 0x0A { end += 1 }
    return end
  }
}
