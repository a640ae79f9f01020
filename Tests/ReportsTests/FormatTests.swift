import Checklist
import Evidence
import Foundation
import Gate
import TestSupport
import Testing

@testable import Reports

/// Every format on a launch in which every state occurs.
@Suite struct FormatTests {
  @Test func theExampleHasEveryState() throws {
    let states = try Set(RichLaunch().report().points.map(\.state))
    #expect(states == Set(State.allCases))
    #expect(try RichLaunch(finishes: true).report().verdict == .go)
  }

  @Test(arguments: ReportFormat.allCases)
  func theReportIsAsItWas(_ format: ReportFormat) throws {
    let bytes = format.bytes(try RichLaunch().report())
    let file = URL(fileURLWithPath: "\(ReportReader.folder)/Goldens/rich.\(format.rawValue)")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Data(bytes).write(to: file)
      Issue.record("recorded \(file.lastPathComponent)")
    }
    #expect(FileManager.default.contents(atPath: file.path) == Data(bytes))
  }

  /// Whatever waits for a person or is not known is never said to be fine.
  @Test(arguments: ReportFormat.allCases)
  func othersReadTheStateOfEveryPoint(_ format: ReportFormat) throws {
    for finishes in [false, true] {
      let report = try RichLaunch(finishes: finishes).report()
      let reports = [format.bytes(report), format.bytes(report, forGitHub: true)]
      let complaint = try ReportReader.complaint(format, reports, states: states(report))
      #expect(complaint == nil, "\(complaint ?? "")")
    }
  }

  /// A reader that takes everything would prove nothing.
  @Test(arguments: ReportFormat.allCases)
  func othersNoticeAnotherState(_ format: ReportFormat) throws {
    let report = try RichLaunch().report()
    var states = states(report)
    states["3.2"] = "OK"
    let complaint = try ReportReader.complaint(format, [format.bytes(report)], states: states)
    #expect(complaint?.isEmpty == false)
  }

  @Test(arguments: ReportFormat.allCases)
  func hostileTextIsHarmless(_ format: ReportFormat) throws {
    var reports: [[UInt8]] = []
    var expected: [String: String] = [:]
    for (_, attack) in Hostile.attacks.sorted(by: { $0.key < $1.key }) {
      let isPoint = Set(try RichLaunch().report().points.map(\.id))
      let report = try RichLaunch { isPoint.contains($0) ? $0 : Hostile.recordable(attack($0)) }
        .report()
      expected = states(report)
      reports += [format.bytes(report), format.bytes(report, forGitHub: true)]
    }
    let complaint = try ReportReader.complaint(format, reports, states: expected)
    #expect(complaint == nil, "\(complaint ?? "")")
  }

  @Test(arguments: ReportFormat.allCases)
  func theSameRecordsGiveTheSameBytes(_ format: ReportFormat) throws {
    let launch = try RichLaunch(finishes: true)
    let bytes = format.bytes(try launch.report())
    #expect(format.bytes(try launch.report()) == bytes)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<5 {
      let shuffled = try Evidence(launch.evidence.entries.shuffled(using: &generator))
      let told = try launch.report()
      let report = Report(
        shuffled, try Gate.evaluate(shuffled, at: launch.now),
        Assurance(
          hasSigners: false, established: told.established, notEstablished: told.notEstablished),
        from: told.source)
      #expect(format.bytes(report) == bytes)
    }
  }

  /// What is settled before the points is counted apart, but never left out.
  @Test(arguments: ReportFormat.allCases)
  func anUnansweredFactIsNotFine(_ format: ReportFormat) throws {
    var checklist = Checklist.sample
    checklist.conditions = [Condition(id: "containers", question: "Does it run in containers?")]
    checklist.domains[0].controls[0].when = "containers"
    var launch = try SampleLaunch(checklist)
    try launch.finish()
    let report = Report(
      launch.evidence, try launch.report(),
      Assurance(hasSigners: false, established: ["it is read"], notEstablished: ["when"]),
      from: Report.Source(file: "a.json", tool: "launchgate 1.0.0"))
    #expect(report.points.count == report.counted.count + 1)
    #expect(states(report)["if.containers"] == "OPEN")
    let complaint = try ReportReader.complaint(
      format, [format.bytes(report)], states: states(report))
    #expect(complaint == nil, "\(complaint ?? "")")
  }

  private func states(_ report: Report) -> [String: String] {
    Dictionary(
      report.points.map { ($0.id, $0.state.rawValue) }, uniquingKeysWith: { first, _ in first })
  }
}
