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
