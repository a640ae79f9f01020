import Checklist
import Testing

@testable import Probes

@Suite struct ErrorsTrackingProbeTests {
  private func find(_ env: String?, _ manifests: [String: String]) async throws -> Finding {
    let sandbox = try await GitSandbox()
    for (path, text) in manifests { try sandbox.write(path, text) }
    if let env { try sandbox.write("env", env) }
    try sandbox.write("x", "x")
    try await sandbox.git("add", "-A")
    try await sandbox.git("commit", "-q", "-m", "x")
    let context = ProbeContext(
      repository: sandbox.top, hostName: "x", now: .real, environment: sandbox.environment)
    return await ErrorsTrackingProbe(parameters: Parameters(["file": .string("env")])).run(
      in: context)
  }

  private static let dsn = "export SENTRY_DSN='https://abc123@o1.ingest.sentry.io/4'\n"
  private static let package = ["package.json": "{\"dependencies\":{\"@sentry/node\":\"8.0.0\"}}"]

  @Test func passesOnBothHalvesOfOneTracker() async throws {
    let finding = try await find(Self.dsn, Self.package)
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(!"\(finding)".contains("abc123"), "the value is not kept")
  }

  @Test(
    arguments: [
      (dsn, [:], Finding.Verdict.review),
      (dsn, ["package.json": "{\"dependencies\":{\"rollbar\":\"1\"}}"], .review),
      ("SENTRY_DSN=\n", package, .review), ("SENTRY_DSN=${SENTRY_DSN}\n", package, .review),
      ("# \(dsn)", package, .review), ("SENTRY_DSN=your-dsn-here\n", package, .review),
      ("A=1\n", [:], .fail), (dsn, ["tests/package.json": "{\"x\":\"@sentry/node\"}"], .review),
      (dsn, ["requirements.txt": "# sentry-sdk==2.0\n"], .review), (nil, package, .unknown),
    ] as [(String?, [String: String], Finding.Verdict)])
  func judges(_ env: String?, _ manifests: [String: String], _ verdict: Finding.Verdict)
    async throws
  {
    let finding = try await find(env, manifests)
    #expect(finding.verdict == verdict, "\(finding.summary)")
  }
}
