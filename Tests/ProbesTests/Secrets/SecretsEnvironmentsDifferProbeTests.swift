import Checklist
import Testing

@testable import Probes

@Suite struct SecretsEnvironmentsDifferProbeTests {
  // Made up here; none of them opens anything.
  private static let first = "q7Vt2" + "mZx9KpL"
  private static let second = "Rw4c8" + "NbYh1sD"

  private func judge(_ production: String, _ others: String...) -> Finding {
    SecretsEnvironmentsDifferProbe.judge(
      [("prod.env", .text(production))]
        + others.enumerated().map { ("other\($0.offset).env", .text($0.element)) })
  }

  @Test(arguments: [
    ("API_KEY=\(first)", "API_KEY=\(second)", Finding.Verdict.pass),
    ("API_KEY=\(first)", "API_KEY=\(first)", .fail),
    ("API_KEY='\(first)'", "export OTHER_TOKEN=\"\(first)\"", .fail),
    ("DATABASE_URL=postgres://u:\(first)@a/b", "DATABASE_URL=postgres://v:\(first)@c/d", .fail),
    ("DATABASE_URL=postgres://u:\(first)@a/b", "DB_PASSWORD=\(first)", .fail),
    ("DATABASE_URL=postgres://u:\(first)@a/b", "DATABASE_URL=postgres://u:\(second)@a/b", .pass),
    ("API_KEY=\(first)\nPORT=80", "API_KEY=\(second)\nPORT=80", .pass),
    ("APP_NAME=\(first)\nAPI_KEY=\(second)", "APP_NAME=\(first)\nAPI_KEY=x1\(first)", .pass),
    ("API_KEY=changeme", "API_KEY=changeme", .review), ("API_KEY=", "API_KEY=\(first)", .review),
    ("API_KEY=\(first)", "", .review), ("", "", .review),
    ("API_KEY=${KEY}", "API_KEY=${KEY}", .review), ("API_KEY=vault:a", "API_KEY=vault:a", .review),
    ("PUBLIC_KEY=\(first)\nA_TOKEN=\(first)1", "PUBLIC_KEY=\(first)\nA_TOKEN=\(second)", .pass),
  ])
  func judges(_ production: String, _ other: String, _ expected: Finding.Verdict) {
    let finding = judge(production, other)
    #expect(finding.verdict == expected, "\(finding.everything)")
    #expect(!finding.everything.contains(Self.first) && !finding.everything.contains(Self.second))
  }

  @Test func everyOtherFileCounts() {
    let finding = judge(
      "API_KEY=\(Self.first)", "API_KEY=\(Self.second)", "X_TOKEN=\(Self.first)")
    #expect(finding.verdict == .fail)
    #expect(finding.message == "API_KEY of prod.env has the same value in other1.env")
  }

  @Test func factsAreTheSameInEveryRun() {
    let runs = (0..<3).map { _ in judge("API_KEY=\(Self.first)", "API_KEY=\(Self.first)").facts }
    #expect(Set(runs).count == 1)
  }

  @Test func unknownWhereAFileCannotBeRead() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("prod.env", "API_KEY=\(Self.first)\n")
    try sandbox.write("dev.env", "API_KEY=\(Self.second)\n")
    let run = { (production: String, others: [String]) in
      await sandbox.run(
        SecretsEnvironmentsDifferProbe(
          parameters: Parameters([
            "production": .string(production), "others": .strings(others),
          ])))
    }
    #expect(await run("prod.env", ["dev.env"]).verdict == .pass)
    #expect(await run("prod.env", ["dev.env", "none.env"]).verdict == .unknown)
    #expect(await run("none.env", ["dev.env"]).verdict == .unknown)
    #expect(await run("prod.env", []).verdict == .unknown)
    #expect(await run("prod.env", ["prod.env"]).verdict == .unknown)
    try sandbox.write("dev.env", [0xFF, 0xFE, 0x41, 0])
    #expect(await run("prod.env", ["dev.env"]).verdict == .unknown)
  }
}
