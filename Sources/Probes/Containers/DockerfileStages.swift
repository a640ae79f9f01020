/// The stages of a Dockerfile, with the variables that are known at each point.
struct DockerfileStages: Equatable, Sendable {
  /// What one `FROM` begins.
  struct Stage: Equatable, Sendable {
    var line: Int
    /// With all known variables filled in.
    var image: String
    /// Whether a variable without a default is part of the image.
    var isResolved: Bool
    var name: String?
    /// The stage on which it builds, by its index.
    var parent: Int?
    /// The last user that is set in it.
    var user: User?
  }

  /// What `USER` says.
  struct User: Equatable, Sendable {
    var name: String
    /// Whether all of its variables are known.
    var isResolved: Bool
  }

  var stages: [Stage] = []

  init(_ file: Dockerfile) {
    var global: [String: String] = [:]
    var local: [String: String] = [:]
    for instruction in file.instructions {
      switch instruction.keyword {
      case "FROM":
        local = [:]
        stages.append(stage(instruction, global))
      case "ARG":
        for (name, value) in DockerfileWords.pairs(instruction.arguments) {
          guard !stages.isEmpty else {
            global[name] = value.map { DockerfileWords.expand($0, global).text }
            continue
          }
          local[name] = value.map { DockerfileWords.expand($0, local).text } ?? global[name]
        }
      case "ENV":
        for (name, value) in DockerfileWords.pairs(instruction.arguments) {
          local[name] = DockerfileWords.expand(value ?? "", local).text
        }
      case "USER" where !stages.isEmpty:
        let user = DockerfileWords.expand(instruction.arguments, local)
        stages[stages.count - 1].user = User(name: user.text, isResolved: user.isResolved)
      default: break
      }
    }
  }

  /// The user of the last stage, inherited from the stages on which it builds.
  var finalUser: User? {
    var stage = stages.last
    while let current = stage {
      if let user = current.user { return user }
      stage = current.parent.map { stages[$0] }
    }
    return nil
  }

  /// The image on which the last stage is built in the end.
  var finalImage: String {
    var stage = stages.last
    while let parent = stage?.parent { stage = stages[parent] }
    return stage?.image ?? ""
  }

  private func stage(_ from: Dockerfile.Instruction, _ global: [String: String]) -> Stage {
    let words = from.arguments.split(whereSeparator: \.isWhitespace).drop { $0.hasPrefix("--") }
    let image = DockerfileWords.expand(words.first.map(String.init) ?? "", global)
    let hasName = words.count >= 3 && words.dropFirst().first?.uppercased() == "AS"
    return Stage(
      line: from.line, image: image.text, isResolved: image.isResolved,
      name: hasName ? words.dropFirst(2).first.map { $0.lowercased() } : nil,
      parent: stages.lastIndex { $0.name == image.text.lowercased() })
  }
}

/// Words, pairs and variables in the arguments of an instruction.
enum DockerfileWords {
  /// `A=1 B="2 3"` and the old `A 1`; a name alone has no value.
  static func pairs(_ arguments: String) -> [(name: String, value: String?)] {
    let words = split(arguments)
    guard let first = words.first else { return [] }
    if !first.contains("="), words.count > 1,
      !words.dropFirst().contains(where: { $0.contains("=") })
    {
      let value = arguments[...].trimmed.drop { !$0.isWhitespace }.trimmed
      return [(unquoted(first), unquoted(String(value)))]
    }
    return words.map { word in
      guard let equals = word.firstIndex(of: "=") else { return (unquoted(word), nil) }
      return (String(word[..<equals]), unquoted(String(word[word.index(after: equals)...])))
    }
  }

  /// Splits at white space outside of quotes.
  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        isEscaped = false
        word.append(character)
      } else if character == "\\" {
        isEscaped = true
        word.append(character)
      } else if let open = quote {
        if character == open { quote = nil }
        word.append(character)
      } else if character == "\"" || character == "'" {
        quote = character
        word.append(character)
      } else if character.isWhitespace {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// Without the quotes around it.
  static func unquoted(_ word: String) -> String {
    guard word.count >= 2, let first = word.first, first == word.last, "\"'".contains(first) else {
      return word
    }
    return String(word.dropFirst().dropLast())
  }

  /// Fills in `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`.
  static func expand(
    _ text: String, _ variables: [String: String]
  ) -> (text: String, isResolved: Bool) {
    var isResolved = true
    let expanded = unquoted(text).replacing(
      #/\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?::?([-+])([^{}]*))?\})/#
    ) { match -> String in
      let value = variables[String(match.output.1 ?? match.output.2 ?? "")] ?? ""
      switch match.output.3 {
      case "-" where value.isEmpty: return String(match.output.4 ?? "")
      case "+": return value.isEmpty ? "" : String(match.output.4 ?? "")
      default:
        if value.isEmpty { isResolved = false }
        return value
      }
    }
    return (expanded, isResolved && !expanded.contains("$"))
  }
}
