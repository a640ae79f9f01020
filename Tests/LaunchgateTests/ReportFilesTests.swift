import BundledChecklists
import Checklist
import Foundation
import Testing

@testable import launchgate

@Suite struct ReportFilesTests {
  private func points() throws -> [Point] {
    try Workspace.checklist("production-25", folder: "/").points
  }

  @Test(arguments: ["audit", "=", "audit=", "=x.json", "nothing=/etc/passwd"])
  func refuses(_ argument: String) throws {
    let problem = #expect(throws: Problem.self) { try ReportFiles([argument], for: points()) }
    #expect(problem?.code == Status.usage)
  }

  @Test func needsNone() throws {
    #expect(try ReportFiles([], for: points()).paths == [:])
  }
}
