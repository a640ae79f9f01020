import BundledChecklists
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

  @Test("the short list at the end repeats fifteen topics and leaves five out")
  func ticks() {
    #expect(checklist.ticks.count == 15)
    let controls = Set(
      checklist.ticks.flatMap(\.points).compactMap {
        checklist.control(ofPoint: $0)?.number
      })
    #expect(
      checklist.controls.map(\.number).filter { !controls.contains($0) }
        == ["8", "9", "12", "16", "18"])
  }

  @Test("the three questions of the night have to be answered")
  func questions() {
    #expect(
      checklist.points.filter { $0.question != nil }.map(\.id) == ["20.2", "20.3", "20.4"])
  }

  @Test("it survives the way through a record")
  func roundTrip() throws {
    #expect(try Checklist.read(recorded: checklist.value) == checklist)
  }
}
