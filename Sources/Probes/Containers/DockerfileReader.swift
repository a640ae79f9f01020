/// Joins lines to instructions.
struct DockerfileReader {
  private let lines: [Substring]
  private var position = 0
  private var escape: Character = "\\"

  init(_ text: String) {
    let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    lines = body.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .map { Substring($0) }
    readDirectives()
  }

  // Only comments before anything else can be directives, and only known names.
  private mutating func readDirectives() {
    var seen: Set<String> = []
    for line in lines {
      let line = line.trimmed
      guard line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { return }
      let name = line.dropFirst()[..<equals].trimmed.lowercased()
      guard ["escape", "syntax", "check"].contains(name), seen.insert(name).inserted else { return }
      let value = line[line.index(after: equals)...].trimmed
      if name == "escape", value == "`" { escape = "`" }
    }
  }

  /// The next instruction, or nil at the end.
  mutating func next() throws(Dockerfile.Malformed) -> Dockerfile.Instruction? {
    while position < lines.count, lines[position].trimmed.isEmpty || isComment(lines[position]) {
      position += 1
    }
    guard position < lines.count else { return nil }
    let start = position + 1
    let text = joined()
    let keyword = text.prefix { !$0.isWhitespace }.uppercased()
    guard Dockerfile.keywords.contains(keyword) else {
      throw Dockerfile.Malformed(line: start, reason: "\(keyword.prefix(20)) is no instruction")
    }
    var instruction = Dockerfile.Instruction(
      line: start, keyword: keyword, arguments: String(text.dropFirst(keyword.count).trimmed))
    if ["RUN", "COPY", "ADD"].contains(keyword) {
      instruction.heredocs = try heredocs(of: instruction)
    }
    return instruction
  }

  private mutating func joined() -> Substring {
    var text = ""
    while position < lines.count {
      let line = lines[position]
      position += 1
      // Comments and empty lines do not end a continuation.
      if !text.isEmpty, isComment(line) || line.trimmed.isEmpty { continue }
      let trimmed = line.trimmedEnd
      guard trimmed.last == escape else {
        text += line
        break
      }
      text += trimmed.dropLast()
    }
    return text[...].trimmed
  }

  private func isComment(_ line: Substring) -> Bool { line.trimmed.hasPrefix("#") }

  private mutating func heredocs(
    of instruction: Dockerfile.Instruction
  ) throws(Dockerfile.Malformed) -> [String] {
    var bodies: [String] = []
    for mark in HeredocMark.all(in: instruction.arguments) {
      var body: [String] = []
      while true {
        guard position < lines.count else {
          throw Dockerfile.Malformed(
            line: instruction.line, reason: "the here-document \(mark.name) has no end")
        }
        let line = mark.stripsTabs ? lines[position].drop { $0 == "\t" } : lines[position]
        position += 1
        if line == mark.name { break }
        body.append(String(line))
      }
      bodies.append(body.joined(separator: "\n"))
    }
    return bodies
  }
}

/// The beginning of a here-document: `<<EOF`, `<<-"EOF"`.
struct HeredocMark: Equatable {
  var name: String
  var stripsTabs: Bool

  /// The marks of an instruction; a here-string `<<<` is none.
  static func all(in text: String) -> [HeredocMark] {
    text.matches(of: #/(?:^|[\s\d])<<(-?)(["']?)([A-Za-z_][A-Za-z0-9_.]*)\2(?=\s|$|[;|&>)])/#).map {
      HeredocMark(name: String($0.output.3), stripsTabs: !$0.output.1.isEmpty)
    }
  }
}

extension Substring {
  /// Without white space at either end.
  var trimmed: Substring { drop(while: \.isWhitespace).trimmedEnd }

  /// Without white space at the end.
  var trimmedEnd: Substring {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
