import Checklist
import Foundation

/// One item of a source document, and who answers it.
struct SourceMapRow: Equatable, Sendable {
  /// Who can answer an item.
  enum Kind: String, Sendable {
    /// A probe decides.
    case automatic = "A"
    /// Probes collect, a person judges.
    case probed = "P"
    /// Only a person can know.
    case human = "H"
  }

  var item: String
  var kind: Kind
  /// The points that the item became.
  var points: [String]
  /// Ids of probes; none where only a person can tell, or where a date is the evidence.
  var probes: [String]
  /// What is left to a person.
  var rest: String

  /// Why a line is none.
  struct Malformed: Error, Equatable { var line: String }

  /// The rows of the table of a checklist, in `Tests/Coverage`.
  static func read(_ checklist: String) throws -> [SourceMapRow] {
    try read(table: text("\(checklist).tsv"))
  }

  /// Ties that are still to be made, as lines of checklist, item and probe.
  static func open() throws -> Set<String> {
    Set(try text("open.tsv").split(separator: "\n").dropFirst().map(String.init))
  }

  private static func text(_ name: String) throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Coverage/\(name)").standardized
    return try String(contentsOf: file, encoding: .utf8)
  }

  static func read(table: String) throws -> [SourceMapRow] {
    try table.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 5, let kind = Kind(rawValue: cells[1]), !cells[2].isEmpty else {
        throw Malformed(line: String(line))
      }
      return SourceMapRow(
        item: cells[0], kind: kind, points: cells[2].split(separator: " ").map(String.init),
        probes: cells[3] == "-" ? [] : cells[3].split(separator: ",").map(String.init),
        rest: cells[4])
    }
  }

  /// Probes of this row that none of its points uses.
  func untied(in checklist: Checklist) -> [String] {
    let used = Set(points.compactMap(checklist.point).flatMap(\.probes).map(\.id))
    return probes.filter { !used.contains($0) }
  }

  /// What is wrong with the row itself, or with its points.
  func faults(in checklist: Checklist) -> [String] {
    var faults = points.filter { checklist.point($0) == nil }.map { "\(item): there is no \($0)" }
    let kinds = points.compactMap { checklist.point($0)?.how }
    if probes.isEmpty && rest.isEmpty { faults.append("\(item): nobody answers it") }
    if kind == .automatic && probes.isEmpty { faults.append("\(item): no probe decides") }
    if kind == .human && !probes.isEmpty { faults.append("\(item): a probe answers it after all") }
    let isTied = untied(in: checklist).count < probes.count
    if isTied, !kinds.contains(where: { $0 != .manual }) {
      faults.append("\(item): its points ask a person alone")
    }
    return faults
  }
}
