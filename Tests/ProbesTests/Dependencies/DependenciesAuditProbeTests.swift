import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct DependenciesAuditProbeTests {
  private static let package =
    "{\"name\":\"shop\",\"version\":\"1.0.0\",\"dependencies\":{\"lodash\":\"4.17.15\"}}"
  private static let lock = """
    {"name":"shop","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{
    "":{"name":"shop","version":"1.0.0","dependencies":{"lodash":"4.17.15"}},
    "node_modules/lodash":{"version":"4.17.15"}}}
    """
  private static let node = ["package.json": package, "package-lock.json": lock]
  private static let python = ["requirements.txt": "Flask==3.0.0\nrequests==2.31.0\n"]

  private func find(
    _ files: [String: String], reports: [String] = [], age: Double = 60,
    _ values: [String: JSONValue] = [:], environment: [String: String] = [:]
  ) async throws -> Finding {
    let sandbox = try await GitSandbox()
    for (path, text) in files { try sandbox.write(path, text) }
    try sandbox.write("README", "x")
    try await sandbox.git("add", "-A")
    try await sandbox.git("commit", "-q", "-m", "x")
    var paths: [String] = []
    for (number, text) in reports.enumerated() {
      let path = "\(sandbox.root)/report-\(number).json"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
      paths.append(path)
    }
    let context = ProbeContext(
      repository: sandbox.top, hostName: "ci", now: .real,
      environment: sandbox.environment.merging(environment) { $1 }, reports: ["audit": paths])
    return await DependenciesAuditProbe(parameters: Parameters(values)).run(in: context)
  }

  /// As npm 10.8 writes it.
  private static func npm(_ severity: String? = nil, total: Int = 1, high: Int? = nil) -> String {
    let count = high ?? (severity == "high" ? 1 : 0)
    let found = severity.map {
      """
      "lodash":{"name":"lodash","severity":"\($0)","isDirect":true,"via":[{"source":1,"name":"lodash",
      "url":"https://github.com/advisories/GHSA-p6mc-m468-83gw","severity":"\($0)",
      "cvss":{"score":7.4,"vectorString":"x"},"range":">=3.7.0 <4.17.19"}],"effects":[],"range":"",
      "nodes":["node_modules/lodash"],"fixAvailable":false}
      """
    }
    return """
      {"auditReportVersion":2,"vulnerabilities":{\(found ?? "")},"metadata":{"vulnerabilities":
      {"info":0,"low":0,"moderate":0,"high":\(count),"critical":0,"total":\(count)},"dependencies":
      {"prod":2,"dev":0,"optional":0,"peer":0,"peerOptional":0,"total":\(total)}}}
      """
  }

  private static let pip = """
    {"dependencies":[{"name":"flask","version":"3.0.0","vulns":[]},
    {"name":"requests","version":"2.31.0","vulns":[]}],"fixes":[]}
    """

  @Test func passesOnAWholeAnswerWithoutFlaws() async throws {
    let finding = try await find(Self.node, reports: [Self.npm()])
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.coverage["dependencies"] == 1)
    #expect(finding.transcript.contains("SHA-256") && finding.transcript.contains("minutes before"))
    let two = try await find(
      Self.node.merging(Self.python) { $1 }, reports: [Self.npm("moderate"), Self.pip])
    #expect(two.verdict == .pass, "\(two.summary)")
  }

  @Test func failsOnWhatIsGrave() async throws {
    let finding = try await find(Self.node, reports: [Self.npm("high")])
    #expect(finding.verdict == .fail)
    #expect(finding.facts == ["lodash GHSA-p6mc-m468-83gw": " high"])
    let strict: [String: JSONValue] = ["severity": .string("moderate")]
    #expect(try await find(Self.node, reports: [Self.npm("moderate")], strict).verdict == .fail)
    #expect(try await find(Self.node, reports: [Self.npm("odd")]).verdict == .fail)
    let flawed = Self.pip.replacing("\"vulns\":[]}]", with: "\"vulns\":[{\"id\":\"PYSEC-1\"}]}]")
    #expect(try await find(Self.python, reports: [flawed]).verdict == .fail)
    // A grave flaw is one even where the answer is not whole.
    #expect(
      try await find(Self.node.merging(Self.python) { $1 }, reports: [Self.npm("high")]).verdict
        == .fail)
  }

  @Test(
    "unknown where the answer is not whole",
    arguments: [
      (node, []), (python, []),
      (node, ["{\"message\":\"request failed\",\"error\":{\"summary\":\"\"}}"]),
      (node, [npm(total: 0)]), (node, [pip]), (node, [npm(high: 2)]), (node, ["{}"]),
      (node, ["[]"]),
      (node, ["npm error code ENOTFOUND"]),
      (node, [npm().replacing("\"total\":1", with: "\"x\":1")]),
      (node, ["{\"auditReportVersion\":2,\"vulnerabilities\":{}}"]),
      (
        node,
        [npm().replacing("\"auditReportVersion\":2", with: "\"auditReportVersion\":2,\"error\":{}")]
      ),
      (
        node.merging([
          "package-lock.json": lock.replacing(
            "\"node_modules/lodash\"", with: "\"node_modules/a\":{},\"node_modules/lodash\"")
        ]) { $1 },
        [npm()]
      ),
      (
        python,
        [
          pip.replacing(
            "\"version\":\"2.31.0\",\"vulns\":[]", with: "\"skip_reason\":\"not found\"")
        ]
      ),
      (python, [pip.replacing("\"name\":\"requests\"", with: "\"name\":\"other\"")]),
      (python, ["{\"dependencies\":[],\"fixes\":[]}"]),
      (python, ["{\"dependencies\":[{\"name\":\"flask\"}]}"]),
      (node.merging(python) { $1 }, [npm()]),
      (node.merging(["pom.xml": "<project/>"]) { $1 }, [npm()]),
    ])
  func partial(_ files: [String: String], _ reports: [String]) async throws {
    let finding = try await find(files, reports: reports)
    #expect(finding.verdict == .unknown, "\(finding.summary)")
    #expect(finding.hint?.contains("--from") == true)
  }

  @Test func unknownWhereTheReportIsOld() async throws {
    #expect(try await find(Self.node, reports: [Self.npm()], age: 90_000).verdict == .unknown)
    let week: [String: JSONValue] = ["within": .string("7d")]
    #expect(try await find(Self.node, reports: [Self.npm()], age: 90_000, week).verdict == .pass)
  }

  @Test func hasNoObjectWithoutDependencies() async throws {
    #expect(try await find([:]).verdict == .notApplicable)
  }

  private static let cargo = ["Cargo.toml": "[package]\nname = \"a\"\n[dependencies]\nb = \"1\"\n"]
  private static func cargo(_ updated: String, ignore: String = "", list: String = "") -> String {
    """
    {"database":{"advisory-count":700,"last-commit":"x","last-updated":"\(updated)"},
    "lockfile":{"dependency-count":3},"settings":{"ignore":[\(ignore)]},
    "vulnerabilities":{"found":false,"count":0,"list":[\(list)]},"warnings":{}}
    """
  }

  @Test func readsCargoAudit() async throws {
    let today = Timestamp.real.rfc3339
    #expect(try await find(Self.cargo, reports: [Self.cargo(today)]).verdict == .pass)
    #expect(
      try await find(Self.cargo, reports: [Self.cargo("2026-01-01T00:00:00Z")]).verdict == .unknown)
    #expect(try await find(Self.cargo, reports: [Self.cargo("")]).verdict == .unknown)
    let ignored = Self.cargo(today, ignore: "\"RUSTSEC-2024-0001\"")
    #expect(try await find(Self.cargo, reports: [ignored]).verdict == .review)
    let flaw =
      "{\"advisory\":{\"id\":\"RUSTSEC-1\"},\"package\":{\"name\":\"b\",\"version\":\"1\"}}"
    #expect(try await find(Self.cargo, reports: [Self.cargo(today, list: flaw)]).verdict == .fail)
  }

  private static func osv(_ score: String?, clean: Bool = true) -> String {
    let flawed = score.map {
      """
      {"package":{"name":"lodash","version":"4.17.15","ecosystem":"npm"},"vulnerabilities":[{"id":"G"}],
      "groups":[{"ids":["GHSA-1"],"max_severity":"\($0)"}]}
      """
    }
    let whole = "{\"package\":{\"name\":\"a\",\"version\":\"1\",\"ecosystem\":\"npm\"}}"
    let packages = [flawed, clean ? whole : nil].compactMap { $0 }.joined(separator: ",")
    return "{\"results\":[{\"source\":{\"path\":\"/x\"},\"packages\":[\(packages)]}]}"
  }

  @Test(arguments: [
    (osv(nil), Finding.Verdict.pass), (osv("6.9"), .pass), (osv("7.0"), .fail), (osv(""), .fail),
    (osv("6.9", clean: false), .unknown), (osv(nil, clean: false), .unknown),
    ("{\"results\":[]}", .unknown), ("{\"results\":null}", .unknown),
  ])
  func readsOSVScanner(_ report: String, _ verdict: Finding.Verdict) async throws {
    let finding = try await find(Self.node, reports: [report])
    #expect(finding.verdict == verdict, "\(finding.summary)")
  }

  private static func safety(
    _ found: String = "", count: Int = 0, packages: Int = 2, time: String? = nil,
    database: String = "null"
  ) -> String {
    let time = time ?? String(Timestamp.real.rfc3339.replacing("T", with: " ").prefix(19))
    return """
      {"report_meta":{"scan_target":"files","timestamp":"\(time)","packages_found":\(packages),
      "local_database_path":\(database),
      "vulnerabilities_found":\(count)},"scanned_packages":{"flask":{},"requests":{}},
      "affected_packages":{},"announcements":[],"vulnerabilities":[\(found)],
      "ignored_vulnerabilities":[],"remediations":{}}
      """
  }

  @Test(arguments: [
    (safety(), Finding.Verdict.pass), (safety(count: 1), .unknown), (safety(packages: 0), .unknown),
    (
      safety("{\"package_name\":\"flask\",\"vulnerability_id\":\"1\",\"severity\":null}", count: 1),
      .fail
    ),
    (
      safety(
        "{\"package_name\":\"flask\",\"severity\":{\"cvssv3\":{\"base_score\":5.3}}}", count: 1),
      .pass
    ),
    (safety().replacing("\"requests\":{}", with: "\"x\":{}"), .unknown),
    (safety(time: "2026-01-01 00:00:00"), .unknown), (safety(time: "x"), .unknown),
    (safety(database: "\"/srv/safety-db\""), .unknown),
  ])
  func readsSafety(_ report: String, _ verdict: Finding.Verdict) async throws {
    let finding = try await find(Self.python, reports: [report])
    #expect(finding.verdict == verdict, "\(finding.summary)")
  }

  @Test(
    "starts npm only where it was allowed, and never with the repository's own settings",
    .enabled(if: Tools.arePresent("git", "npm")))
  func realNPM() async throws {
    let server = try await ScriptedServer.http { path in
      let body =
        path.contains("advisories/bulk")
        ? """
        {"lodash":[{"id":1,"url":"https://github.com/advisories/GHSA-p6mc-m468-83gw","title":"x",
        "severity":"high","vulnerable_versions":"<4.17.19","cwe":[],"cvss":{"score":7.4}}]}
        """ : "{}"
      let status = body == "{}" ? "404 Not Found" : "200 OK"
      return "HTTP/1.1 \(status)\r\ncontent-type: application/json\r\ncontent-length: "
        + "\(body.utf8.count)\r\nconnection: close\r\n\r\n\(body)"
    }
    let allowed: [String: JSONValue] = ["run": .strings(["npm"])]
    let path = "/usr/local/bin:/usr/bin:/bin:\(Tools.ownPrograms)"
    let settings = ["PATH": path, "npm_config_registry": "http://127.0.0.1:\(server.port)/"]
    var files = Self.node
    files[".npmrc"] = "registry=http://127.0.0.1:1/\nfetch-retries=0\n"
    let none = try await find(files, environment: settings)
    #expect(none.verdict == .unknown && server.connections == 0)
    let finding = try await find(files, allowed, environment: settings)
    #expect(finding.verdict == .fail, "\(finding.summary)")
    #expect(finding.message.contains("GHSA-p6mc-m468-83gw"))
    let away = [
      "PATH": path, "npm_config_registry": "http://127.0.0.1:1/", "npm_config_fetch_retries": "0",
    ]
    let unreachable = try await find(Self.node, allowed, environment: away)
    #expect(unreachable.verdict == .unknown, "\(unreachable.summary)")
  }
}
