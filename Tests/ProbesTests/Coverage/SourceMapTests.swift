import BundledChecklists
import Checklist
import Testing

@testable import Probes

/// Every item of the three documents has its probes, or a person.
@Suite struct SourceMapTests {
  private static let counts: [String: [SourceMapRow.Kind: Int]] = [
    "production-25": [.automatic: 31, .probed: 32, .human: 32],
    "go-live-20": [.automatic: 9, .probed: 8, .human: 3],
    // 15 steps and 23 ticks.
    "saas-playbook": [.automatic: 7 + 11, .probed: 7 + 9, .human: 1 + 3],
  ]

  private func bundled(_ name: String) throws -> Checklist {
    try Checklist.read(yaml: BundledChecklists.yaml(name) ?? "", file: "\(name).yaml")
  }

  @Test("each item is there once", arguments: BundledChecklists.names)
  func counts(_ name: String) throws {
    let rows = try SourceMapRow.read(name)
    #expect(Dictionary(grouping: rows, by: \.kind).mapValues(\.count) == Self.counts[name])
    #expect(Set(rows.map(\.item)).count == rows.count)
    if name == "production-25" {
      #expect(rows.map(\.item) == (try bundled(name)).points.map(\.id))
    }
  }

  @Test("the rows and their points agree", arguments: BundledChecklists.names)
  func faults(_ name: String) throws {
    let checklist = try bundled(name)
    #expect(try SourceMapRow.read(name).flatMap { $0.faults(in: checklist) } == [])
  }

  @Test("every probe of an item is used by one of its points", arguments: BundledChecklists.names)
  func ties(_ name: String) throws {
    let checklist = try bundled(name)
    let open = try SourceMapRow.open()
    let untied = try SourceMapRow.read(name).flatMap { row in
      row.untied(in: checklist).map { "\(name)\t\(row.item)\t\($0)" }
    }
    #expect(untied.filter { !open.contains($0) } == [])
  }

  @Test("a tie that is cut is missed")
  func cutTies() throws {
    for name in BundledChecklists.names {
      let checklist = try bundled(name)
      for row in try SourceMapRow.read(name) where row.untied(in: checklist).isEmpty {
        var cut = checklist
        for domain in cut.domains.indices {
          for control in cut.domains[domain].controls.indices {
            for point in cut.domains[domain].controls[control].points.indices
            where row.points.contains(cut.domains[domain].controls[control].points[point].id) {
              cut.domains[domain].controls[control].points[point].probes = []
            }
          }
        }
        #expect(row.untied(in: cut) == row.probes, "\(name) \(row.item)")
      }
    }
  }

  @Test(
    "a broken row is refused",
    arguments: ["1\tA\t1.1\ttls.certificate", "1\tX\t1.1\t-\tx", "1\tA\t\t-\tx", "1"])
  func brokenRows(_ line: String) {
    #expect(throws: SourceMapRow.Malformed.self) { try SourceMapRow.read(table: "head\n\(line)\n") }
  }
}
