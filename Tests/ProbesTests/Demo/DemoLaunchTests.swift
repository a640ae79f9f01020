import Checklist
import Demo
import Testing

@testable import Probes

/// The faults of the example's repository are found by the real probes, and mended for good.
@Suite struct DemoLaunchTests {
  static let claims: [(DemoFault, String, [String: JSONValue])] = [
    (.committedSecret, "secrets.git-history", [:]), (.envNotIgnored, "secrets.env-ignored", [:]),
    (.carelessDockerfile, "container.dockerfile", [:]),
    (.missingLock, "dependencies.locked", [:]),
    (.rootLogin, "ssh.server-configuration", ["config": .string("sshd_config")]),
  ]

  private func finding(
    _ id: String, _ parameters: [String: JSONValue], _ launch: DemoLaunch
  ) async throws -> Finding {
    var parameters = parameters
    if let name = parameters["config"]?.string {
      parameters["config"] = .string("\(launch.folder)/\(name)")
    }
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
    let launch = try await DemoLaunch.start(in: folder.path, hostName: "tester", now: .real)
    let before = try await finding(id, parameters, launch)
    #expect(before.verdict == .fail, "\(before.message)")
    try launch.repair(fault)
    // The careless Dockerfile holds a token, which git remembers until its history is rewritten.
    if fault == .committedSecret { try launch.repair(.carelessDockerfile) }
    let after = try await finding(id, parameters, launch)
    #expect(after.verdict == .pass, "\(after.message) \(after.details)")
    try await launch.stop()
  }

  @Test func everyFaultStandsBehindAPoint() throws {
    let points = (1...25).flatMap { control in (1...6).map { "\(control).\($0)" } }
    let behind = Set(points.flatMap { DemoLaunch.faults(behind: $0) })
    #expect(behind == Set(DemoFault.allCases))
  }
}
