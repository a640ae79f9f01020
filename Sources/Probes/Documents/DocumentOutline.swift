/// The headings and the size of a text document.
struct DocumentOutline: Equatable, Sendable {
  /// In lower case, without markup.
  var headings: [String] = []
  /// Words beside the headings.
  var words = 0
  private var body = ""

  /// Reads Markdown, AsciiDoc, reStructuredText, HTML or plain text.
  init(_ text: String) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      $0.trimmed
    }
    var isFenced = false
    for (number, line) in lines.enumerated() where !line.isEmpty {
      if line.hasPrefix("```") || line.hasPrefix("~~~") { isFenced.toggle() }
      let next = number + 1 < lines.count ? lines[number + 1] : ""
      if !isFenced, line.count <= 500, let heading = Self.heading(line, next: next) {
        headings.append(heading)
      } else {
        words += line.split(whereSeparator: \.isWhitespace).count
        body += line.lowercased() + "\n"
      }
    }
  }

  private static func heading(_ line: Substring, next: Substring) -> String? {
    if let match = line.wholeMatch(of: #/(?:#{1,6}|={1,6})\s+(.*?)\s*[#=]*/#) {
      return match.output.1.lowercased()
    }
    if let match = line.firstMatch(of: #/(?i)<h[1-6][^>]*>(.*?)<\/h[1-6]>/#) {
      return match.output.1.lowercased()
    }
    // A line of marks below makes a heading of the line above.
    let isUnderlined =
      next.count >= 3 && next.allSatisfy { "=-~^\"".contains($0) } && Set(next).count == 1
    if isUnderlined, !line.allSatisfy({ "=-~^\"".contains($0) }) { return line.lowercased() }
    if let match = line.wholeMatch(of: #/\*\*(.{2,80}?):?\*\*:?/#) {
      return match.output.1.lowercased()
    }
    if let match = line.wholeMatch(of: #/[0-9]+(?:\.[0-9]+)*[.)]\s+([^.]{2,60})/#) {
      return match.output.1.lowercased()
    }
    return nil
  }

  /// How a section, written `detection|detect`, is there.
  enum Presence: Equatable, Sendable {
    case heading
    case mentioned
    case missing
  }

  /// Whether a heading holds one of the words; else whether the text does.
  func presence(of section: String) -> Presence {
    let words = section.lowercased().split(separator: "|").map { String($0.trimmed) }
    if headings.contains(where: { heading in words.contains { heading.contains($0) } }) {
      return .heading
    }
    return words.contains { body.contains($0) } ? .mentioned : .missing
  }
}
