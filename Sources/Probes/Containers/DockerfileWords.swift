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

  /// No name of an image or a user is longer, and variables that double each other would be.
  static let expansionLimit = 4_096

  /// Fills in `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`.
  ///
  /// What gets longer than ``expansionLimit`` bytes is empty and not resolved.
  static func expand(
    _ text: String, _ variables: [String: String]
  ) -> (text: String, isResolved: Bool) {
    let text = unquoted(text)
    var expanded = ""
    var isResolved = true
    var end = text.startIndex
    for match in text.matches(
      of: #/\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?::?([-+])([^{}]*))?\})/#
    ) {
      expanded += text[end..<match.range.lowerBound]
      end = match.range.upperBound
      let value = variables[String(match.output.1 ?? match.output.2 ?? "")] ?? ""
      switch match.output.3 {
      case "-" where value.isEmpty: expanded += match.output.4 ?? ""
      case "+": expanded += value.isEmpty ? "" : match.output.4 ?? ""
      default:
        if value.isEmpty { isResolved = false }
        expanded += value
      }
      guard expanded.utf8.count <= expansionLimit else { return ("", false) }
    }
    expanded += text[end...]
    guard expanded.utf8.count <= expansionLimit else { return ("", false) }
    return (expanded, isResolved && !expanded.contains("$"))
  }
}
