/// A manual page in the language of man(7).
struct Roff {
  private(set) var text: String

  /// A page with that heading line.
  init(_ name: String, section: Int, source: String, manual: String) {
    text = ".TH \(name.uppercased()) \(section) \"\" \"\(source)\" \"\(manual)\"\n.nh\n.ad l\n"
  }

  /// A main heading.
  mutating func section(_ title: String) { text += ".SH \(Self.escaped(title.uppercased()))\n" }

  /// A heading below that.
  mutating func part(_ title: String) { text += ".SS \(Self.escaped(title))\n" }

  /// A paragraph for every line that is not empty.
  mutating func paragraph(_ words: String) {
    for line in words.split(separator: "\n") { text += ".PP\n\(Self.escaped(String(line)))\n" }
  }

  /// A term in bold with what it means.
  mutating func item(_ term: String, _ meaning: String) {
    text += ".TP\n.B \(Self.escaped(term))\n"
    text += meaning.isEmpty ? "\\&\n" : "\(Self.escaped(meaning))\n"
  }

  /// Lines as they are.
  mutating func example(_ lines: String) {
    text += ".PP\n.nf\n.RS 4\n"
    for line in lines.split(separator: "\n") { text += "\(Self.escaped(String(line)))\n" }
    text += ".RE\n.fi\n"
  }

  /// Text that is text: no request at the start of a line, no escape, hyphens that can be copied.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "…": result += "..."
      case "\n": result += " "
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") ? "\\&" + result : result
  }
}
