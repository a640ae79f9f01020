internal import Glibc

/// Reads nginx's configuration into blocks, includes expanded where they stand.
struct NginxReader {
  private let files: NginxFiles
  private var main = ""
  private(set) var gaps: [String]
  /// Files that may still be included: a few that include each other stand for millions.
  private var left = 10_000

  init(_ files: NginxFiles) {
    self.files = files
    gaps = files.gaps
  }

  /// The whole configuration.
  mutating func read(_ main: String) -> NginxBlock {
    self.main = main
    var root = NginxBlock()
    include(main, into: &root, depth: 0)
    return root
  }

  static func absolute(_ path: String, _ main: String) -> String {
    guard !path.hasPrefix("/"), let slash = main.lastIndex(of: "/") else { return path }
    return "\(main[..<slash])/\(path)"
  }

  private mutating func include(_ path: String, into block: inout NginxBlock, depth: Int) {
    guard left > 0 else { return }
    left -= 1
    guard left > 0 else {
      gaps.append("the files include each other too often")
      return
    }
    guard depth <= 16, let text = files.texts[path] else {
      gaps.append("\(path) is included and was not read")
      return
    }
    guard let tokens = Self.tokens(text) else {
      gaps.append("\(path): a quote has no end")
      return
    }
    var position = 0
    read(tokens, &position, into: &block, depth: depth)
    if position < tokens.count { gaps.append("\(path): a bracket too many") }
  }

  private mutating func read(
    _ tokens: [String], _ position: inout Int, into block: inout NginxBlock, depth: Int
  ) {
    var words: [String] = []
    while position < tokens.count {
      let token = tokens[position]
      switch token {
      case Self.end:
        finish(words, into: &block, depth: depth)
        words = []
      case Self.open:
        guard depth <= 64 else {
          gaps.append("the configuration is nested too deeply")
          position = tokens.count
          return
        }
        position += 1
        var inner = NginxBlock(words: words)
        read(tokens, &position, into: &inner, depth: depth + 1)
        guard position < tokens.count else {
          gaps.append("\(words.joined(separator: " ")) has no end")
          return
        }
        block.blocks.append(inner)
        words = []
      case Self.close: return
      default: words.append(token)
      }
      position += 1
    }
  }

  private mutating func finish(_ words: [String], into block: inout NginxBlock, depth: Int) {
    guard words.first == "include", words.count == 2 else {
      if !words.isEmpty { block.directives.append(words) }
      return
    }
    let pattern = Self.absolute(words[1], main)
    let paths =
      pattern.contains { "*?[".contains($0) }
      ? files.texts.keys.filter { fnmatch(pattern, $0, FNM_PATHNAME) == 0 }.sorted() : [pattern]
    for path in paths { include(path, into: &block, depth: depth + 1) }
  }

  // No word of a file can hold these: a quoted bracket keeps its quote's mark.
  private static let end = "\u{0};"
  private static let open = "\u{0}{"
  private static let close = "\u{0}}"

  /// Words, ends and brackets; nil where a quote has no end.
  private static func tokens(_ text: String) -> [String]? {
    var tokens: [String] = []
    var word = ""
    var isWord = false
    var quote: Character?
    var isComment = false
    var isEscaped = false
    var isVariable = false
    func flush() {
      if isWord { tokens.append(word) }
      (word, isWord) = ("", false)
    }
    for character in text {
      if isComment {
        isComment = !character.isNewline
      } else if isEscaped {
        word.append(character)
        isEscaped = false
      } else if character == "\\" {
        isWord = true
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if isVariable {
        word.append(character)
        isVariable = character != "}"
      } else if character == "{", word.hasSuffix("$") {
        word.append(character)
        isVariable = true
      } else if (character == "\"" || character == "'") && !isWord {
        isWord = true
        quote = character
      } else if character == "#" && !isWord {
        isComment = true
      } else if character.isWhitespace {
        flush()
      } else if character == ";" || character == "{" || character == "}" {
        flush()
        tokens.append("\u{0}\(character)")
      } else {
        isWord = true
        word.append(character)
      }
    }
    flush()
    return quote == nil ? tokens : nil
  }
}
