/// A value that may go on over several lines.
struct TOMLValue {
  private(set) var text: String
  private var depth = 0
  private var open: String?
  private(set) var isBroken = false
  private var lines = 0

  var isComplete: Bool { isBroken || (depth == 0 && open == nil) }

  init(_ text: Substring) {
    self.text = ""
    scan(text)
  }

  /// Adds the next line; false when there are too many.
  mutating func add(_ line: Substring) -> Bool {
    lines += 1
    text += "\n"
    scan(line)
    return lines < 100_000
  }

  private mutating func scan(_ line: Substring) {
    var rest = line
    while let character = rest.first {
      if let delimiter = open {
        if delimiter.hasPrefix("\""), character == "\\" {
          text += rest.prefix(2)
          rest = rest.dropFirst(2)
        } else if rest.hasPrefix(delimiter) {
          text += delimiter
          rest = rest.dropFirst(delimiter.count)
          open = nil
        } else {
          text.append(character)
          rest = rest.dropFirst()
        }
        continue
      }
      if character == "#" { break }
      if character == "\"" || character == "'" {
        let triple = String(repeating: character, count: 3)
        let delimiter = rest.hasPrefix(triple) ? triple : String(character)
        open = delimiter
        text += delimiter
        rest = rest.dropFirst(delimiter.count)
        continue
      }
      if character == "[" || character == "{" { depth += 1 }
      if character == "]" || character == "}" { depth -= 1 }
      if depth < 0 { isBroken = true }
      text.append(character)
      rest = rest.dropFirst()
    }
    // A string of one quote ends on its own line.
    if open?.count == 1 { isBroken = true }
  }

  /// A line up to a comment outside of quotes.
  static func withoutComment(_ line: Substring) -> Substring {
    var quote: Character?
    var isEscaped = false
    for index in line.indices {
      let character = line[index]
      if isEscaped {
        isEscaped = false
      } else if character == "\\", quote == "\"" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "#" {
        return line[..<index]
      }
    }
    return line
  }
}
