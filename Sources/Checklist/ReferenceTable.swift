/// The identifiers of standards that a checklist may cite.
public struct ReferenceTable: Sendable {
  /// An identifier with what it stands for.
  public struct Entry: Equatable, Sendable {
    /// As it is cited, `NIST CP-9`.
    public var id: String
    /// The standard's own title for it.
    public var title: String
    /// Whether the standard has taken it back.
    public var isWithdrawn: Bool
  }

  private let entries: [String: Entry]
  private let ids: [String]

  /// Reads a table with the columns id, title and status (`withdrawn` or nothing).
  public init(tsv text: String) {
    var entries: [String: Entry] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count > 1 else { continue }
      entries[cells[0]] = Entry(
        id: cells[0], title: cells[1], isWithdrawn: cells.count > 2 && cells[2] == "withdrawn")
    }
    self.entries = entries
    ids = entries.values.filter { !$0.isWithdrawn }.map(\.id).sorted()
  }

  /// What that identifier stands for, or nil.
  public subscript(_ id: String) -> Entry? { entries[id] }

  /// The identifier that was probably meant, or nil.
  func suggestion(for word: String) -> String? {
    // Often it is the name of the standard that is left out.
    ids.first { $0.hasSuffix(" \(word)") } ?? nearest(to: word, among: ids)
  }
}
