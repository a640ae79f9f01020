import Checklist
import Testing

@testable import Probes

@Suite struct ContainerImageScanProbeTests {
  private static func trivy(
    severity: String? = nil, created: String = Timestamp.real.rfc3339,
    type: String = "container_image",
    packages: String = "{\"Name\":\"libssl3\"}", eol: Bool = false, secret: String = ""
  ) -> String {
    let flaw = severity.map {
      "{\"VulnerabilityID\":\"CVE-2026-1\",\"PkgName\":\"libssl3\",\"InstalledVersion\":\"3\","
        + "\"Severity\":\"\($0)\",\"CVSS\":{\"nvd\":{\"V3Score\":9.8}}}"
    }
    return """
      {"SchemaVersion":2,"CreatedAt":"\(created)","ArtifactName":"shop:1","ArtifactType":"\(type)",
      "Metadata":{"OS":{"Family":"debian","Name":"12","EOSL":\(eol)},"RepoDigests":["r.example/shop@sha256:ab"]},
      "Results":[{"Target":"shop:1 (debian 12)","Class":"os-pkgs","Type":"debian",
      "Packages":[\(packages)],"Vulnerabilities":[\(flaw ?? "")]}\(secret)]}
      """
  }

  private static let database =
    "{\"Version\":\"0.59.1\",\"VulnerabilityDB\":{\"Version\":2,\"UpdatedAt\":\"\(Timestamp.real.rfc3339)\"}}"
  private static let flaws: [String: JSONValue] = [
    "checks": .strings(["vulnerabilities"]), "image": .string("r.example/shop@sha256:ab"),
  ]

  private func find(
    _ reports: [String], _ values: [String: JSONValue] = flaws
  ) async throws -> Finding {
    let folder = try TemporaryFolder()
    let paths = try reports.enumerated().map { try folder.write("\($0).json", $1) }
    let context = ProbeContext(hostName: "ci", now: .real, reports: ["image": paths])
    return await ContainerImageScanProbe(parameters: Parameters(values)).run(in: context)
  }

  @Test func passesOnAScanOfTheImageThatShips() async throws {
    for report in [Self.trivy(), Self.trivy(severity: "HIGH")] {
      let finding = try await find([report, Self.database])
      #expect(finding.verdict == .pass, "\(finding.summary)")
    }
  }

  @Test(arguments: [trivy(severity: "CRITICAL"), trivy(severity: "UNKNOWN"), trivy(eol: true)])
  func fails(_ report: String) async throws {
    #expect(try await find([report, Self.database]).verdict == .fail)
  }

  @Test(arguments: [
    [], [database], [trivy(packages: ""), database], [trivy(type: "filesystem"), database],
    [trivy(created: "2026-01-01T00:00:00.5Z"), database], [trivy(created: ""), database],
    [trivy(), database.replacing("UpdatedAt\":\"20", with: "UpdatedAt\":\"19")],
    [trivy(), "{\"VulnerabilityDB\":{}}"], ["{\"SchemaVersion\":2}", database],
    [trivy().replacing("sha256:ab", with: "sha256:cd"), database],
    ["{\"SchemaVersion\":1}", database],
  ])
  func unknown(_ reports: [String]) async throws {
    let finding = try await find(reports)
    #expect(finding.verdict == .unknown, "\(finding.summary)")
  }

  @Test func asksWhereTheReportLeavesSomethingOpen() async throws {
    #expect(try await find([Self.trivy()]).verdict == .review, "no word about the database")
    let anyImage: [String: JSONValue] = ["checks": .strings(["vulnerabilities"])]
    #expect(try await find([Self.trivy(), Self.database], anyImage).verdict == .review)
    let secrets: [String: JSONValue] = ["checks": .strings(["secrets"])]
    #expect(try await find([Self.trivy()], secrets).verdict == .review)
    let found =
      ",{\"Target\":\"/app/.env\",\"Class\":\"secret\",\"Secrets\":[{\"RuleID\":\"stripe\",\"Match\":\"sk_1\"}]}"
    let finding = try await find([Self.trivy(secret: found)], secrets)
    #expect(finding.verdict == .fail && !"\(finding)".contains("sk_1"), "\(finding.summary)")
  }
}
