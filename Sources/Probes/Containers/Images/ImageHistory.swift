import Checklist

/// Secrets in what an image says of itself: its environment and the instructions that built it.
enum ImageHistory {
  /// A part of a finding, and a name for it that stays the same as long as it is there.
  struct Remark: Hashable {
    var verdict: Finding.Verdict
    var text: String
    var factName: String
  }

  /// Longer instructions are not looked at.
  private static let textLimit = 256 << 10

  /// The instructions that the output of `docker history --no-trunc` or `podman history` holds.
  ///
  /// One JSON object a line, or an array of them; nil where it is something else.
  static func read(_ bytes: [UInt8]) -> [String]? {
    let items: [ToolJSON]
    if let json = try? ToolJSON(bytes) {
      items = json.array ?? [json]
    } else {
      let lines = bytes.split(separator: 0x0A).filter { !$0.allSatisfy { $0 <= 0x20 } }
      let read = lines.compactMap { try? ToolJSON(Array($0)) }
      guard read.count == lines.count else { return nil }
      items = read
    }
    let instructions = items.compactMap { ($0["CreatedBy"] ?? $0["createdBy"])?.string }
    return instructions.isEmpty || instructions.count < items.count ? nil : instructions
  }

  /// What the environment, the labels and the instructions give away.
  static func remarks(_ configuration: ImageConfiguration) -> [Remark] {
    let variables = configuration.environment.flatMap { entry -> [Remark] in
      let name = String(entry.prefix { $0 != "=" })
      let value = String(entry.dropFirst(name.count + 1))
      var found = DockerfileSecrets.variable("the environment's", name, value).map { [$0] } ?? []
      if found.isEmpty { found = DockerfileSecrets.recognised(entry, in: "the variable \(name)") }
      return found.map { Remark(verdict: $0.verdict, text: $0.text, factName: fact("env", name)) }
    }
    let texts = configuration.texts.flatMap { text in
      DockerfileSecrets.recognised(text, in: "a label or command").map {
        Remark(verdict: $0.verdict, text: $0.text, factName: fact("text", $0.text))
      }
    }
    return distinct(variables + texts + remarks(configuration.history))
  }

  /// What the instructions give away.
  static func remarks(_ instructions: [String]) -> [Remark] {
    distinct(
      instructions.flatMap { text in
        details(text).map {
          Remark(verdict: $0.verdict, text: $0.text, factName: fact("history", $0.text))
        }
      })
  }

  private static func distinct(_ remarks: [Remark]) -> [Remark] {
    var seen: Set<Remark> = []
    return remarks.filter { seen.insert($0).inserted }
  }

  private static func fact(_ kind: String, _ name: String) -> String {
    "\(kind):\(GitPath(String(name.prefix(200))).factName)"
  }

  private static func details(_ text: String) -> [Finding.Detail] {
    if text.hasSuffix("…") {
      return [.init(.unknown, "an instruction is cut off: docker history --no-trunc")]
    }
    guard text.utf8.count <= textLimit else {
      return [.init(.unknown, "an instruction is longer than \(textLimit >> 10) KiB")]
    }
    let (instruction, given) = parsed(text)
    var found = given.compactMap { pair -> Finding.Detail? in
      let name = String(pair.prefix { $0 != "=" })
      return DockerfileSecrets.variable(
        "the build argument", name, String(pair.dropFirst(name.count + 1)))
    }
    if !given.isEmpty {
      found += DockerfileSecrets.recognised(
        given.joined(separator: "\n"), in: "a build argument")
    }
    return found + DockerfileSecrets.found(in: instruction)
  }

  /// Without what the builders add: `/bin/sh -c #(nop)`, `# buildkit`, and `|2 A=1 B=2` in front of
  /// a command, which are the build arguments that were given to it.
  private static func parsed(
    _ text: String
  ) -> (instruction: Dockerfile.Instruction, given: [String]) {
    var text = text[...].trimmed
    if text.hasSuffix("# buildkit") { text = text.dropLast(10).trimmed }
    for shell in ["/bin/sh -c #(nop) ", "/bin/sh -c #(nop)"] where text.hasPrefix(shell) {
      text = text.dropFirst(shell.count).trimmed
    }
    var keyword = text.prefix { $0.isUppercase }
    var arguments = text.dropFirst(keyword.count).trimmed
    if !Dockerfile.keywords.contains(String(keyword)) { (keyword, arguments) = ("RUN", text) }
    var given: [String] = []
    if keyword == "RUN", arguments.first == "|" {
      let words = DockerfileWords.split(String(arguments.dropFirst()))
      let count = words.first.flatMap { Int($0) } ?? 0
      given = words.dropFirst().prefix(max(0, min(count, 1_000))).filter { $0.contains("=") }
    }
    let instruction = Dockerfile.Instruction(
      line: 0, keyword: String(keyword), arguments: String(arguments))
    return (instruction, given)
  }
}
