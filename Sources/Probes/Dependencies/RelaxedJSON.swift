/// JSON5 as people write it, turned into JSON: comments, commas at the end, bare keys, single quotes.
enum RelaxedJSON {
  /// The same document in JSON, as far as it is one; what is broken stays broken.
  static func strict(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.first {
      if character == "\"" || character == "'" {
        result += string(&rest, character)
      } else if rest.hasPrefix("//") {
        rest = rest.drop { !$0.isNewline }
      } else if rest.hasPrefix("/*") {
        rest = rest.firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
      } else if character.isLetter || character == "_" || character == "$" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || "_$".contains($0) }
        rest = rest.dropFirst(word.count)
        let isKey = rest.drop(while: \.isWhitespace).first == ":"
        result += isKey ? "\"\(word)\"" : word
      } else {
        if character == "}" || character == "]" { dropComma(&result) }
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private static func dropComma(_ text: inout String) {
    while let last = text.last, last.isWhitespace { text.removeLast() }
    if text.last == "," { text.removeLast() }
  }

  private static func string(_ rest: inout Substring, _ quote: Character) -> String {
    var text = "\""
    rest = rest.dropFirst()
    while let character = rest.first {
      rest = rest.dropFirst()
      if character == quote { return text + "\"" }
      if character == "\\", let escaped = rest.first {
        rest = rest.dropFirst()
        text += escaped == "'" ? "'" : "\\\(escaped)"
      } else {
        text += character == "\"" ? "\\\"" : String(character)
      }
    }
    return text
  }
}
