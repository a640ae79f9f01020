import Foundation
import Testing

@testable import Checklist

@Suite("The checklist production-25")
struct ProductionTests {
  private let checklist: Checklist
  private let rows: [(point: String, figures: [String])]

  init() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let top = tests.deletingLastPathComponent().deletingLastPathComponent()
    checklist = try Checklist.read(
      yaml: String(
        contentsOf: top.appendingPathComponent("Checklists/production-25.yaml"), encoding: .utf8),
      file: "production-25.yaml")
    let table = try String(
      contentsOf: tests.appendingPathComponent("Sources/production-25-sources.tsv"),
      encoding: .utf8)
    rows = table.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      return (String(cells[0]), cells[2].split(separator: "|").map(String.init))
    }
  }

  /// Figures of the table that a checklist does not hold, with their point or control.
  private func missing(in checklist: Checklist) -> [String] {
    rows.flatMap { name, figures -> [String] in
      guard let control = checklist.control(name) ?? checklist.control(ofPoint: name) else {
        return ["\(name) itself"]
      }
      let point = checklist.point(name)
      let words =
        ([point.map { [$0] } ?? control.points].flatMap(\.self).flatMap(texts)
        + [control.title, control.why, control.fix, control.look] + control.references)
        .joined(separator: "\n")
      return figures.filter { !words.contains($0) }.map { "\(name) \($0)" }
    }
  }

  private func texts(_ point: Point) -> [String] {
    [point.text, point.evidence ?? ""]
      + point.probes.flatMap { $0.parameters.values.flatMap(texts) }
  }

  private func texts(_ value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .integer(let number): [String(number)]
    case .array(let elements): elements.flatMap(texts)
    case .object(let members): members.values.flatMap(texts)
    case .bool, .null: []
    }
  }

  @Test("every row of the sources is there, with all its figures")
  func figures() {
    #expect(rows.count == 120)
    #expect(missing(in: checklist) == [])
  }

  @Test("a figure that is changed is missed")
  func brokenFigure() throws {
    var broken = checklist
    for domain in broken.domains.indices {
      for control in broken.domains[domain].controls.indices {
        var changed = broken.domains[domain].controls[control]
        changed.look = changed.look.replacing("31536000", with: "3600")
        changed.fix = changed.fix.replacing("31536000", with: "3600")
        changed.points = changed.points.map { point in
          var point = point
          point.text = point.text.replacing("31536000", with: "3600")
          point.probes = point.probes.map { ProbeReference(id: $0.id) }
          return point
        }
        broken.domains[domain].controls[control] = changed
      }
    }
    #expect(missing(in: broken).contains("10.1 max-age=31536000"))
  }

  @Test("5 domains, 25 controls and 95 points, numbered in order")
  func counts() {
    #expect(checklist.domains.map(\.controls.count) == [5, 5, 5, 5, 5])
    #expect(
      checklist.controls.map(\.points.count)
        == [4, 4, 5, 4, 4, 4, 4, 4, 4, 6, 4, 4, 3, 4, 4, 3, 3, 4, 3, 3, 4, 3, 3, 4, 3])
    #expect(checklist.points.count == 95)
    #expect(checklist.controls.map(\.number) == (1...25).map(String.init))
    for control in checklist.controls {
      #expect(
        control.points.map(\.id) == (1...control.points.count).map { "\(control.number).\($0)" })
      #expect(!control.why.isEmpty && !control.fix.isEmpty && !control.look.isEmpty)
      #expect(!control.signers.isEmpty && !control.references.isEmpty)
    }
  }

  @Test("severities and four eyes are those of the design")
  func severities() {
    let critical = ["1", "2", "5", "14", "18", "24"]
    let medium = ["7", "9", "16", "19", "20", "23", "25"]
    for control in checklist.controls {
      let expected: Severity =
        critical.contains(control.number)
        ? .critical : medium.contains(control.number) ? .medium : .high
      #expect(control.severity == expected, "\(control.number)")
      #expect(control.fourEyes == ["14", "18", "24"].contains(control.number), "\(control.number)")
    }
    #expect(Severity.allCases.map(\.riskCap) == [.days(7), .days(30), .days(90)])
  }

  @Test("it survives the way through a record")
  func roundTrip() throws {
    #expect(try Checklist.read(recorded: checklist.value) == checklist)
  }
}
