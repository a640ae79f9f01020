import BundledChecklists
import Testing

@testable import Checklist

@Suite("The checklist production-25")
struct ProductionTests {
  private let checklist: Checklist

  init() throws {
    checklist = try Checklist.read(
      yaml: BundledChecklists.yaml("production-25") ?? "", file: "production-25.yaml")
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

  @Test("controls are done as the source wants them done")
  func modes() {
    let modes = Dictionary(
      uniqueKeysWithValues: checklist.controls.map { ($0.number, $0.mode) })
    #expect(["5", "8", "10"].allSatisfy { modes[$0] == .automated })
    #expect(["1", "2"].allSatisfy { modes[$0] == .semiAutomated })
    #expect(["14", "24"].allSatisfy { modes[$0] == .manualGate })
    #expect(!modes.values.contains(nil))
  }

  @Test("what does not apply to every launch depends on a condition, and nothing else does")
  func conditions() {
    let dependent = checklist.points.map(\.id).filter {
      !checklist.conditions(ofPoint: $0).isEmpty
    }
    #expect(
      dependent == [
        "1.4", "3.1", "3.2", "3.3", "4.1", "4.2", "4.3", "4.4", "6.2", "13.1", "13.2", "13.3",
        "15.1", "15.2", "15.3",
        "15.4", "20.1", "20.2", "20.3", "24.3",
      ])
    #expect(
      checklist.conditions(ofPoint: "20.3").map(\.id) == ["processors", "personal-data-transfers"])
  }

  @Test("it survives the way through a record")
  func roundTrip() throws {
    #expect(try Checklist.read(recorded: checklist.value) == checklist)
  }
}
