import BundledChecklists
import Testing

@testable import Checklist

/// A statement of a source: what of it has to stand literally, and at which places.
private struct Row {
  let id: String
  let kind: String
  let figures: [String]
  let places: [String]

  init(_ line: Substring) throws {
    let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    try #require(cells.count == 4, "\(line)")
    id = cells[0]
    kind = cells[1]
    figures = cells[2].split(separator: "|").map(String.init)
    places = cells[3].split(separator: " ").map(String.init)
  }
}

@Suite("The sources of the bundled checklists")
struct SourcesTests {
  private func checklist(_ name: String) throws -> Checklist {
    try Checklist.read(yaml: BundledChecklists.yaml(name) ?? "", file: name)
  }

  private func rows(_ name: String) throws -> [Row] {
    let lines = (BundledChecklists.sources(name) ?? "").split(separator: "\n")
    #expect(lines.first == "id\tkind\tfigures\tplaces")
    return try lines.dropFirst().map(Row.init)
  }

  /// What is wrong with the rows: places that do not exist, figures that are not there.
  private func faults(of rows: [Row], in checklist: Checklist) -> [String] {
    let texts = checklist.textsByPlace
    return rows.flatMap { row in
      let words = row.places.compactMap { texts[$0] }.joined(separator: "\n")
      return (row.places.isEmpty ? ["\(row.id) has no place"] : [])
        + row.places.filter { texts[$0] == nil }.map { "\(row.id) at \($0)" }
        + row.figures.filter { !words.contains($0) }.map { "\(row.id) without \($0)" }
    }
  }

  @Test(
    "every statement has its places, and its figures stand there",
    arguments: [
      ("production-25", "001", 154), ("go-live-20", "000", 76),
    ])
  func complete(name: String, source: String, count: Int) throws {
    let rows = try rows(name)
    #expect(rows.count == count)
    #expect(Set(rows.map(\.id)).count == count)
    #expect(rows.allSatisfy { $0.id.hasPrefix("\(source)-") })
    #expect(faults(of: rows, in: try checklist(name)) == [])
  }

  @Test(
    "a point of a source is a point here, or part of one",
    arguments: [
      "production-25", "go-live-20",
    ])
  func points(name: String) throws {
    let checklist = try checklist(name)
    for row in try rows(name) where ["point", "scenario", "question"].contains(row.kind) {
      #expect(row.places.contains { checklist.point($0) != nil }, "\(row.id)")
    }
    let used = Set(try rows(name).flatMap(\.places))
    #expect(checklist.points.map(\.id).filter { !used.contains($0) } == [])
  }

  @Test("a figure that is changed, and a place that is gone, are missed")
  func broken() throws {
    var checklist = try checklist("production-25")
    checklist.domains[1].controls[4].points[0].text = "HSTS has max-age=3600"
    checklist.domains[1].controls[4].points[0].probes = []
    checklist.domains[4].controls[4].points.removeLast()
    let faults = faults(of: try rows("production-25"), in: checklist)
    #expect(faults.contains("001-10.1 without max-age=31536000"))
    #expect(faults.contains("001-25.3 at 25.3"))
    #expect(faults.contains("001-25.3 without 48 hours") == false, "25/fix says it too")
  }
}

extension Checklist {
  /// What stands at each place that a row can name.
  fileprivate var textsByPlace: [String: String] {
    var texts: [String: String] = [:]
    texts["/introduction"] = introduction
    texts["/causes"] = causes.isEmpty ? nil : causes.joined(separator: "\n")
    texts["/faq"] = faq.isEmpty ? nil : faq.map(\.words).joined(separator: "\n")
    for rule in rules { texts["/rules/\(rule.id)"] = rule.text }
    for occasion in occasions { texts["/occasions/\(occasion.id)"] = occasion.text }
    for condition in conditions { texts["/conditions/\(condition.id)"] = condition.question }
    for priority in priorities { texts["/priorities/\(priority.id)"] = priority.text }
    for tick in ticks { texts["/ticks/\(tick.id)"] = tick.text }
    for control in controls {
      texts.merge(control.textsByPlace) { _, new in new }
      for point in control.points {
        texts[point.id] = point.words
        for probe in point.probes { texts["probe:\(probe.id)"] = "" }
      }
    }
    return texts
  }
}

extension Control {
  fileprivate var textsByPlace: [String: String] {
    let parts = [
      "/why": why, "/fix": fix, "/look": look, "/mode": mode?.rawValue ?? "", "/duty": duty ?? "",
      "/causes": causes.joined(separator: "\n"), "/faq": faq.map(\.words).joined(separator: "\n"),
      "/steps": steps.map { [$0.action, $0.look ?? "", $0.command ?? ""].joined(separator: "\n") }
        .joined(separator: "\n"),
    ]
    let filled = parts.filter { !$0.value.isEmpty }.map { (number + $0.key, $0.value) }
    return [number: title].merging(filled) { _, new in new }
  }
}

extension Point {
  fileprivate var words: String {
    ([text, evidence ?? "", question ?? "", duty ?? ""]
      + probes.flatMap { $0.parameters.values.flatMap(\.words) }).joined(separator: "\n")
  }
}

extension Answered {
  fileprivate var words: String { "\(question)\n\(answer)" }
}

extension JSONValue {
  fileprivate var words: [String] {
    switch self {
    case .string(let text): [text]
    case .integer(let number): [String(number)]
    case .array(let elements): elements.flatMap(\.words)
    case .object(let members): members.values.flatMap(\.words)
    case .bool, .null: []
    }
  }
}
