import Checklist
import Demo
import Foundation
import Testing

@testable import Probes

/// The faults of the example's repository are found by the real probes, and mended for good.
@Suite struct DemoLaunchTests {
  static let claims: [(DemoFault, String, [String: JSONValue])] = [
    (.committedSecret, "secrets.git-history", [:]), (.envNotIgnored, "secrets.env-ignored", [:]),
    (.carelessDockerfile, "container.dockerfile", [:]),
    (.missingLock, "dependencies.locked", [:]),
  ]

  private func finding(
    _ id: String, _ parameters: [String: JSONValue], _ launch: DemoLaunch
  ) async throws -> Finding {
    let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters(parameters))
    return await probe.run(
      in: ProbeContext(
        target: Target(hosts: ["tester"]), repository: launch.folder, hostName: "tester",
        now: .real, timeout: .seconds(60), environment: ["PATH": "/usr/bin:/bin:/usr/sbin"]))
  }

  @Test(arguments: claims.indices)
  func aFaultIsFoundAndItsRepairBelieved(_ index: Int) async throws {
    let (fault, id, parameters) = Self.claims[index]
    let folder = try TemporaryFolder()
    let launch = try await DemoLaunch.start(in: folder.path, now: .real)
    let before = try await finding(id, parameters, launch)
    #expect(before.verdict == .fail, "\(before.message)")
    try launch.repair(fault)
    // The careless Dockerfile holds a token, which git remembers until its history is rewritten.
    if fault == .committedSecret { try launch.repair(.carelessDockerfile) }
    let after = try await finding(id, parameters, launch)
    #expect(after.verdict == .pass, "\(after.message) \(after.details)")
    try await launch.stop()
  }

  /// What the operators keep, and how it stands with the image before and after its repair.
  static let kept: [(String, [String: String], Finding.Verdict)] = [
    ("dependencies.audit", ["report": "audit.json"], .pass),
    ("container.inspect", ["report": "container.json"], .review),
    ("errors.tracking", ["file": "production.env"], .pass),
    ("container.image-scan", ["report": "image.json"], .fail),
    ("container.layers", ["report": "image.json"], .fail),
  ]

  @Test(arguments: kept.indices)
  func whatTheOperatorsKeepIsRead(_ index: Int) async throws {
    let (id, files, verdict) = Self.kept[index]
    let folder = try TemporaryFolder()
    let launch = try await DemoLaunch.start(in: folder.path, now: .real)
    let parameters = files.mapValues { JSONValue.string("\(folder.path)/operations/\($0)") }
    let before = try await finding(id, parameters, launch)
    #expect(before.verdict == verdict, "\(before.message) \(before.details)")
    for fault in DemoFault.allCases { try launch.repair(fault) }
    let after = try await finding(id, parameters, launch)
    // The scan says neither how old its data is nor whether it looked for secrets.
    #expect(after.verdict == (verdict == .fail ? .review : verdict), "\(after.message)")
    try await launch.stop()
  }

  @Test func theTokensOfTheTestUsersAreForTheirUserAlone() async throws {
    let folder = try TemporaryFolder()
    let launch = try await DemoLaunch.start(in: folder.path, now: .real)
    let path = "\(folder.path)/server/test-users.env"
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(
      Set(text.split(separator: "\n").map(String.init))
        == Set(launch.credentials.map { "\($0.key)=\($0.value)" }))
    try await launch.stop()
  }

  @Test func everyFaultStandsBehindAPoint() throws {
    let points = (1...25).flatMap { control in (1...6).map { "\(control).\($0)" } }
    let behind = Set(points.flatMap { DemoLaunch.faults(behind: $0) })
    #expect(behind == Set(DemoFault.allCases))
  }
}
