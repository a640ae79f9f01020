import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct ToolReportTests {
  private let folder: TemporaryFolder
  private let now = Timestamp(seconds: 1_800_000_000)

  init() throws { folder = try TemporaryFolder() }

  private func report(_ text: String, age: Int = 60) throws -> ToolReport {
    let path = try folder.write("report.json", text)
    let date = Date(timeIntervalSince1970: Double(now.seconds - age))
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    return try ToolReport(path, within: .hours(24), now: now)
  }

  @Test func saysWhichBytesAndHowOld() throws {
    let read = try report("[]", age: 7_300)
    #expect(read.json == .array([]))
    #expect(
      read.digest == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945",
      "printf '[]' | sha256sum")
    #expect(read.origin(now).contains(read.digest))
    #expect(read.origin(now).hasSuffix("2 hours before"))
  }

  @Test(arguments: [
    ("[]", 86_401, "more than 1d ago"), ("[]", -301, "ahead of now"), ("", 60, "no JSON document"),
    ("{}\n{}", 60, "no JSON document"), ("npm error", 60, "no JSON document"),
  ])
  func refuses(_ text: String, age: Int, reason: String) throws {
    let fault = #expect(throws: ToolReport.Fault.self) { try report(text, age: age) }
    #expect(fault?.reason.contains(reason) == true)
    #expect(fault?.finding.verdict == .unknown && fault?.finding.hint?.isEmpty == false)
  }

  @Test(arguments: ["/nowhere.json", "/", "/dev/zero"])
  func refusesWhatIsNoFile(_ path: String) {
    #expect(throws: ToolReport.Fault.self) { try ToolReport(path, within: .hours(24), now: now) }
  }

  @Test func acceptsTheLastMoment() throws {
    #expect(throws: Never.self) { try report("{}", age: 86_400) }
    #expect(throws: Never.self) { try report("{}", age: -300) }
  }
}
