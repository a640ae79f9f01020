import BundledChecklists
import Checklist
import Testing

@testable import launchgate

/// Every statement of the three documents stands somewhere, with its figures.
@Suite struct SourceTiesTests {
  /// How many statements of each kind the documents have.
  private static let counts: [String: [SourceRow.Kind: Int]] = [
    "go-live-20": [
      .command: 10, .figure: 5, .intro: 2, .item: 20, .point: 33, .question: 3, .recurrence: 2,
      .scenario: 1,
    ],
    "production-25": [
      .cause: 4, .command: 1, .figure: 3, .intro: 25, .item: 25, .point: 95, .recurrence: 1,
    ],
    "saas-playbook": [
      .cause: 35, .command: 53, .duty: 6, .figure: 6, .intro: 12, .point: 223, .question: 6,
      .recurrence: 18, .scenario: 7, .step: 15, .tick: 23,
    ],
  ]
  private static let marks = [
    "go-live-20": "000-", "production-25": "001-", "saas-playbook": "002-",
  ]

  private func rows(_ name: String) throws -> [SourceRow] {
    try SourceRow.read(tsv: BundledChecklists.sources(name) ?? "", file: name)
  }

  private func faults(of rows: [SourceRow], in checklist: Checklist) -> [String] {
    rows.flatMap { row in row.faults { SourceTies.texts(at: $0, of: checklist) } }
  }

  private func bundled(_ name: String) throws -> Checklist {
    try Workspace.checklist(name, folder: "/")
  }

  @Test("every statement is there once", arguments: BundledChecklists.names)
  func counts(name: String) throws {
    let rows = try rows(name)
    #expect(Dictionary(grouping: rows, by: \.kind).mapValues(\.count) == Self.counts[name])
    let mark = try #require(Self.marks[name])
    #expect(rows.allSatisfy { $0.id.hasPrefix(mark) })
  }

  @Test("there are 634 of them")
  func total() throws {
    let counts = try BundledChecklists.names.map { try rows($0).count }
    #expect(counts == [154, 76, 404])
  }

  @Test("every place is there, and its figures stand at it", arguments: BundledChecklists.names)
  func ties(name: String) throws {
    #expect(faults(of: try rows(name), in: try bundled(name)) == [])
  }

  @Test(
    "what is to be done in a source is a point or control here", arguments: BundledChecklists.names)
  func points(name: String) throws {
    let checklist = try bundled(name)
    for row in try rows(name) where [.item, .step, .scenario, .question].contains(row.kind) {
      #expect(row.places.contains { !$0.hasPrefix("/") && !$0.hasPrefix("probe:") }, "\(row.id)")
    }
    let prose = try rows(name).filter { row in
      row.kind == .point && !row.places.contains { checklist.point($0) != nil }
    }
    #expect(prose.map(\.id) == [])
    let used = Set(try rows(name).flatMap(\.places))
    #expect(checklist.points.map(\.id).filter { !used.contains($0) } == [])
  }

  @Test("a point that is taken away is missed, and so is every statement at it alone")
  func brokenPlace() throws {
    for name in BundledChecklists.names {
      let rows = try rows(name)
      let checklist = try bundled(name)
      for point in checklist.points {
        var broken = checklist
        for domain in broken.domains.indices {
          for control in broken.domains[domain].controls.indices {
            broken.domains[domain].controls[control].points.removeAll { $0.id == point.id }
          }
        }
        let found = faults(of: rows.filter { $0.places.contains(point.id) }, in: broken)
        #expect(found.contains { $0.hasSuffix("there is no \(point.id)") }, "\(name) \(point.id)")
      }
    }
  }

  @Test("a figure that is changed is missed")
  func brokenFigure() throws {
    var broken = try bundled("production-25")
    let control = try #require(broken.domains[1].controls.firstIndex { $0.number == "10" })
    broken.domains[1].controls[control].points[0].text = "HSTS has max-age=315360000"
    broken.domains[1].controls[control].points[0].probes = []
    #expect(
      faults(of: try rows("production-25"), in: broken).contains {
        $0.hasPrefix("001-10.1: max-age=31536000 is not said at 10.1")
      })
  }

  @Test("figures are whole numbers and words, across the lines of a text")
  func figures() {
    for (figure, text, isSaid) in [
      ("21", "at least 21 days", true), ("21", "at least 210 days", false),
      ("21", "day 121", false), ("21", "21d", true), ("30 days", "within 30\n  days", true),
      ("TLS 1.2", "TLS 1.2.", true), ("TLS 1", "TLS 1.2", true), ("TLS 1.2", "TLS 1.23", false),
      ("bcrypt", "bcrypted", false), ("x", "", false),
    ] {
      let row = SourceRow(id: "1", kind: .figure, figures: [figure], places: ["a"])
      #expect(row.faults { _ in [text] }.isEmpty == isSaid, "\(figure) in \(text)")
      #expect(row.faults { _ in nil }.first == "1: there is no a")
    }
    let row = SourceRow(id: "1", kind: .figure, figures: [], places: [])
    #expect(row.faults { _ in [""] } == ["1 has no place"])
  }

  @Test("a table with broken rows is refused, with their lines")
  func brokenTable() {
    let table = "id\tkind\tfigures\tplaces\na\tpoint\t\t1.1\na\tpoint\t\t\nb\tpint\t\t1\nc\n"
    let found = #expect(throws: DocumentFaults.self) {
      try SourceRow.read(tsv: table, file: "t.tsv")
    }
    #expect(
      found?.faults.map(\.description) == [
        "t.tsv:3:1: a has no place", "t.tsv:3:1: a stands twice",
        "t.tsv:4:1: a row has the cells id, kind, figures, places",
        "t.tsv:5:1: a row has the cells id, kind, figures, places",
      ])
  }

  @Test("an auditor sees each statement with the product's own words")
  func shown() throws {
    let ties = try SourceTies(of: try bundled("production-25"))
    let lines = ties.text.split(separator: "\n")
    #expect(lines.count == 2 * 154)
    #expect(lines.contains { $0.hasPrefix("001-18.2  point") && $0.contains("  18.2") })
    let value = try #require(ties.value.array)
    #expect(value.count == 154 && value.allSatisfy { !($0["text"]?.string ?? "").isEmpty })
    #expect(throws: Problem.self) {
      var own = try bundled("production-25")
      own.id = "acme"
      _ = try SourceTies(of: own)
    }
  }
}
