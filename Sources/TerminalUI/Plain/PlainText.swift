internal import Session

/// Lines without signs and columns: what is read aloud, and what any terminal can print.
enum PlainText {
  /// Words alone; a sign would be read aloud before each of them.
  static let glyphs: Glyphs = {
    var glyphs = Glyphs.ascii
    for sign in [
      \Glyphs.ok, \.fail, \.open, \.review, \.unknown, \.risk, \.notApplicable, \.stale, \.waiting,
    ] { glyphs[keyPath: sign] = "" }
    return glyphs
  }()

  /// The lines with the blanks taken out that make columns; the indentation stays.
  static func of(_ lines: [Line]) -> [String] { lines.map { of($0.text) } }

  /// One line without columns.
  static func of(_ text: String) -> String {
    let indentation = text.prefix { $0 == " " }
    let words = text.split(separator: " ").joined(separator: " ")
    return words.isEmpty ? "" : indentation + words
  }
}
