internal import BundledChecklists
internal import Checklist
internal import Probes

/// Every statement of the document behind a checklist, with what the checklist makes of it.
struct SourceTies {
  var checklist: Checklist
  var rows: [SourceRow]

  /// The ties of a bundled checklist, or of the base that one's own extends.
  init(of checklist: Checklist) throws {
    let name = checklist.base?.checklist ?? checklist.id
    guard let table = BundledChecklists.sources(name) else {
      throw Problem(
        "\(checklist.id) was not made from a document that is known here",
        hint: "these were: \(BundledChecklists.names.joined(separator: ", "))", code: Status.usage)
    }
    self.checklist = checklist
    rows = try SourceRow.read(tsv: table, file: "\(name).sources.tsv")
  }

  /// The product's own texts at a place: those of the checklist or of a probe's manual.
  static func texts(at place: String, of checklist: Checklist) -> [String]? {
    let mark = "probe:"
    guard place.hasPrefix(mark) else { return checklist.texts(at: place) }
    guard let manual = ProbeRegistry.probe(String(place.dropFirst(mark.count)))?.manual else {
      return nil
    }
    return [manual.claim, manual.method, manual.facts, manual.fix, manual.reproduce]
      + manual.standards + manual.parameters.map(\.meaning)
  }

  /// What stands at the first place that is there; nil where the checklist has dropped all.
  private func text(_ row: SourceRow) -> String? {
    row.places.lazy.compactMap { Self.texts(at: $0, of: checklist)?.first }.first.map(short)
  }

  /// Two lines a row: id, kind, figures and places; below, the product's own words.
  var text: String {
    rows.map { row in
      let figures = row.figures.isEmpty ? "" : "  [\(row.figures.joined(separator: " | "))]"
      return "\(row.id)  \(row.kind.rawValue)\(figures)  \(row.places.joined(separator: " "))"
        + "\n    \(text(row) ?? "dropped")"
    }.joined(separator: "\n")
  }

  /// The same as a document.
  var value: JSONValue {
    .array(
      rows.map { row in
        .object(
          [
            "id": .string(row.id), "kind": .string(row.kind.rawValue),
            "figures": .strings(row.figures), "places": .strings(row.places),
          ].adding("text", text(row).map(JSONValue.string)))
      })
  }
}
