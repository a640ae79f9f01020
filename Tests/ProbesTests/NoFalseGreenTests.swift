import Checklist
import Foundation
import Testing

@testable import Probes

/// What was not looked at is never a pass.
///
/// `Tests/Coverage/no-false-green.tsv` names the test of
/// each case that the mission names; two of them hold for every probe and stand here.
@Suite("no false green", .timeLimit(.minutes(3))) struct NoFalseGreenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  @Test("every case of the list has its test")
  func everyCaseIsTested() throws {
    let table = try String(
      contentsOf: Self.folder.appendingPathComponent("../Coverage/no-false-green.tsv").standardized,
      encoding: .utf8)
    let rows = table.split(separator: "\n").dropFirst().map { $0.split(separator: "\t") }
    #expect(rows.count >= 15)
    let files = try #require(FileManager.default.enumerator(atPath: Self.folder.path))
    var sources: [String: String] = [:]
    for case let path as String in files where path.hasSuffix("Tests.swift") {
      let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
      sources[name] = try String(contentsOfFile: "\(Self.folder.path)/\(path)", encoding: .utf8)
    }
    for row in rows {
      try #require(row.count == 3, "\(row)")
      let source = sources[String(row[1])] ?? ""
      #expect(source.contains("func \(row[2])("), "\(row[0]): no \(row[2]) in \(row[1])")
      #expect(source.contains("@Test"), "\(row[1])")
    }
  }

  /// A machine without any tool, an empty folder, and no target, but all permissions.
  private func barrenContext(_ folder: TemporaryFolder) -> ProbeContext {
    ProbeContext(
      repository: folder.path, authorised: ["shop.test"], hostName: "nowhere", now: .real,
      timeout: .seconds(5), active: true, environment: ["PATH": "/nonexistent"])
  }

  @Test(
    "without tools, target and files no probe passes, nor says that it has no object",
    arguments: ProbeRegistry.all.map { $0.manual.id })
  func nothingToLookAt(_ id: String) async throws {
    let probe = try #require(ProbeRegistry.probe(id))
    let folder = try TemporaryFolder()
    let finding = await probe.init(parameters: Parameters()).run(in: barrenContext(folder))
    #expect(finding.verdict == .unknown, "\(finding.summary)")
    #expect(finding.hint?.isEmpty == false, "it says what to do about it")
  }

  @Test(
    "a text that is empty, or a list without members, leads to no pass",
    arguments: ProbeRegistry.all.map { $0.manual.id })
  func emptyParameters(_ id: String) async throws {
    let probe = try #require(ProbeRegistry.probe(id))
    let folder = try TemporaryFolder()
    for parameter in probe.manual.parameters {
      let value: JSONValue? =
        switch parameter.kind {
        case .text, .value: .string("")
        case .texts, .integers, .codes: .array([])
        case .integer, .flag, .period: nil
        }
      guard let value else { continue }
      let finding = await probe.init(parameters: Parameters([parameter.name: value]))
        .run(in: barrenContext(folder))
      #expect(finding.verdict == .unknown, "\(parameter.name): \(finding.summary)")
    }
  }
}
