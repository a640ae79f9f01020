import BundledChecklists
import Foundation
import Testing

@testable import Checklist

@Suite("The checklist go-live-20")
struct GoLiveTests {
  private let checklist: Checklist

  init() throws {
    checklist = try Checklist.read(
      yaml: BundledChecklists.yaml("go-live-20") ?? "", file: "go-live-20.yaml")
  }

  @Test("20 controls, their points numbered in order, every one with its texts")
  func counts() {
    #expect(checklist.controls.map(\.number) == (1...20).map(String.init))
    #expect(
      checklist.controls.map(\.points.count)
        == [2, 2, 3, 2, 4, 2, 1, 1, 2, 3, 1, 2, 4, 1, 2, 1, 2, 1, 5, 6])
    for control in checklist.controls {
      #expect(!control.why.isEmpty && !control.fix.isEmpty && !control.look.isEmpty)
      #expect(!control.signers.isEmpty && !control.references.isEmpty)
    }
  }

  @Test("every row of the source is there, with all its figures")
  func figures() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Sources/go-live-20-sources.tsv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(rows.count == 67)
    for row in rows {
      let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let control = try #require(
        checklist.control(cells[0]) ?? checklist.control(ofPoint: cells[0]), "\(cells[0])")
      let points = checklist.point(cells[0]).map { [$0] } ?? control.points
      let words =
        [control.title, control.why, control.fix, control.look]
        + points.flatMap { point in
          [point.text, point.evidence ?? ""] + point.probes.map { "\($0.parameters)" }
        }
      for figure in cells[2].split(separator: "|") {
        #expect(words.joined(separator: "\n").contains(figure), "\(cells[0]): \(figure)")
      }
    }
  }

  @Test("it survives the way through a record")
  func roundTrip() throws {
    #expect(try Checklist.read(recorded: checklist.value) == checklist)
  }
}
