/// One statement of a source document, tied to the places of a checklist that take care of it.
public struct SourceRow: Equatable, Sendable {
  /// What a statement is in its source.
  public enum Kind: String, Sendable, CaseIterable {
    case cause
    case command
    case duty
    case figure
    case intro
    case item
    case point
    case question
    case recurrence
    case scenario
    case step
    case tick
  }

  /// Number of the source and place in it, such as `002-s07.1`.
  public var id: String
  /// What it is there.
  public var kind: Kind
  /// Numbers and names that have to be found, literally, in the texts at its places.
  public var figures: [String]
  /// Never empty; see `Checklist.texts(at:)`, and `probe:ID` for a probe's manual.
  public var places: [String]

  /// A statement of these parts.
  public init(id: String, kind: Kind, figures: [String], places: [String]) {
    self.id = id
    self.kind = kind
    self.figures = figures
    self.places = places
  }

  /// Reads a table with the columns id, kind, figures (`|` between them) and places (spaces).
  ///
  /// - Throws: every row that is broken, with its line.
  public static func read(tsv text: String, file: String) throws(DocumentFaults) -> [SourceRow] {
    var rows: [SourceRow] = []
    var faults: [DocumentFault] = []
    var ids: Set<String> = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard index > 0, !line.isEmpty else { continue }
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      func refuse(_ reason: String) {
        faults.append(DocumentFault(file: file, line: index + 1, column: 1, reason: reason))
      }
      guard cells.count == 4, let kind = Kind(rawValue: cells[1]) else {
        refuse("a row has the cells id, kind, figures, places")
        continue
      }
      let places = cells[3].split(separator: " ").map(String.init)
      if places.isEmpty { refuse("\(cells[0]) has no place") }
      if !ids.insert(cells[0]).inserted { refuse("\(cells[0]) stands twice") }
      rows.append(
        SourceRow(
          id: cells[0], kind: kind, figures: cells[2].split(separator: "|").map(String.init),
          places: places))
    }
    guard faults.isEmpty else { throw DocumentFaults(faults) }
    return rows
  }

  /// What keeps the row from holding: places that are not there, figures that no text there says.
  ///
  /// `texts` gives the texts at a place, or nil where there is no such place.
  public func faults(texts: (String) -> [String]?) -> [String] {
    if places.isEmpty { return ["\(id) has no place"] }
    let found = places.map { (place: $0, texts: texts($0)) }
    let missing = found.filter { $0.texts == nil }.map { "\(id): there is no \($0.place)" }
    let words = found.flatMap { $0.texts ?? [] }.map(singleSpaced).joined(separator: "\n")
    return missing
      + figures.filter { !says(words, $0) }.map { figure in
        "\(id): \(figure) is not said at \(places.joined(separator: " "))"
      }
  }

  /// Line ends of a folded text are spaces to a reader.
  private func singleSpaced(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether the words hold that figure, not as a part of a longer number or word.
  private func says(_ words: String, _ figure: String) -> Bool {
    words.ranges(of: figure).contains { range in
      let before =
        range.lowerBound == words.startIndex ? nil : words[words.index(before: range.lowerBound)]
      let after = range.upperBound == words.endIndex ? nil : words[range.upperBound]
      return !isOne(before, figure.first) && !isOne(figure.last, after)
    }
  }

  private func isOne(_ left: Character?, _ right: Character?) -> Bool {
    guard let left, let right else { return false }
    return left.isNumber && right.isNumber || left.isLetter && right.isLetter
  }
}
