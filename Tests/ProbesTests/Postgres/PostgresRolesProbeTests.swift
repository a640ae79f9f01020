import Checklist
import Testing

@testable import Probes

@Suite struct PostgresRolesProbeTests {
  private func run(
    _ environment: [String: String], _ values: [String: JSONValue] = [:], authorised: [String] = []
  ) async -> Finding {
    let all = environment.merging(["PATH": "/usr/local/bin:/usr/bin:/bin"]) { first, _ in first }
    let context = ProbeContext(
      authorised: authorised, hostName: "x", now: .real, timeout: .seconds(20), environment: all)
    return await PostgresRolesProbe(parameters: Parameters(values)).run(in: context)
  }

  @Test("judges roles, TLS and rules of a real server", .enabled(if: PostgresServer.isPossible))
  func real() async throws {
    let server = try await PostgresServer()
    func url(_ user: String, _ password: String, _ query: String = "") -> String {
      "postgresql://\(user):\(password)@127.0.0.1:\(server.port)/postgres\(query)"
    }
    let app = ["DATABASE_URL": url("app", "app%2Dsecret"), "ADMIN": url("admin", "admin-secret")]
    let admin: [String: JSONValue] = ["admin-variable": .string("ADMIN")]
    let good = await run(app, admin)
    #expect(good.verdict == .pass, "\(good.summary)")
    #expect(good.facts["superuser"] == "false" && good.facts["trust"] == "0")

    let blind = await run(app)
    #expect(blind.verdict == .unknown, "the rules need a superuser: \(blind.summary)")
    #expect(await run(app, ["checks": .strings(["role", "tls"])]).verdict == .pass)

    let root = await run(["DATABASE_URL": url("admin", "admin-secret")])
    #expect(root.verdict == .fail && root.message.contains("superuser"), "\(root.summary)")
    let maker = await run(
      ["DATABASE_URL": url("maker", "x-secret")], ["checks": .strings(["role"])])
    #expect(maker.message == "the application's role has CREATEDB", "\(maker.summary)")

    let wrong = await run(["DATABASE_URL": url("app", "wr0ng-secret")])
    #expect(wrong.verdict == .unknown && !"\(wrong)".contains("wr0ng-secret"), "\(wrong.summary)")
    #expect(wrong.message.contains("the database refused"))

    try await server.addRule("host all all 10.0.0.0/8 trust")
    let trusting = await run(app, admin)
    #expect(trusting.verdict == .fail, "\(trusting.summary)")
    #expect(trusting.message == "line 1 of pg_hba.conf trusts host connections without a password")
    try await server.addRule("host all all nonsense")
    #expect(await run(app, admin).verdict == .unknown)
  }

  @Test(
    "contacts no host that is not authorised",
    arguments: [
      "postgresql://app:x@db.shop.example/shop", "postgres://app:x@8.8.8.8:5432/shop",
      "postgresql://app:x@localhost/shop?host=db.shop.example",
    ])
  func unauthorised(_ url: String) async {
    let finding = await run(["DATABASE_URL": url], authorised: ["shop.example"])
    #expect(finding.verdict == .unknown)
    #expect(finding.message == "the host in DATABASE_URL is not authorised")
  }

  @Test(
    "unknown where the string is none",
    arguments: [
      nil, "", "mysql://a@b/c", "postgresql://a@b,c/d",
      "postgresql://a@localhost/d?hostaddr=8.8.8.8",
      "postgresql://a@localhost/d?service=x", "postgresql://a:%zz@localhost/d",
      "postgresql://a:%00@localhost/d",
    ] as [String?])
  func unusable(_ url: String?) async {
    let finding = await run(url.map { ["DATABASE_URL": $0] } ?? [:])
    #expect(finding.verdict == .unknown && finding.hint != nil)
    #expect(finding.message.contains("DATABASE_URL"))
  }

  @Test(
    "ends in time, and never green, whatever answers",
    arguments: [
      ScriptedServer.Script.silence, .reset, .close, .answer(Array("S junk".utf8)),
      .endless(Array("R".utf8), [0]),
    ])
  func hostile(_ script: ScriptedServer.Script) async throws {
    let server = try await ScriptedServer.start(script)
    let url = "postgresql://app:hidden-secret@127.0.0.1:\(server.port)/x?sslmode=prefer"
    let context = ProbeContext(
      hostName: "x", now: .real, timeout: .seconds(3),
      environment: ["DATABASE_URL": url, "PATH": "/usr/local/bin:/usr/bin:/bin"])
    let finding = await PostgresRolesProbe(parameters: Parameters()).run(in: context)
    #expect(finding.verdict == .unknown && !"\(finding)".contains("hidden-secret"))
  }

  @Test func takesTheStringApart() throws {
    #expect(
      PostgresConnection.values("postgresql+psycopg://a%40b:p%3Aw@[::1]:6432/shop?sslmode=require")
        == [
          "PGUSER": "a@b", "PGPASSWORD": "p:w", "PGHOST": "::1", "PGPORT": "6432",
          "PGDATABASE": "shop", "PGSSLMODE": "require",
        ])
    #expect(PostgresConnection.values("postgres:///shop") == ["PGDATABASE": "shop"])
  }

  @Test(arguments: [
    (true, true, false, Finding.Verdict.pass), (true, false, true, .pass),
    (true, false, false, .review), (false, false, false, .fail),
  ])
  func encryption(_ server: Bool, _ own: Bool, _ local: Bool, _ verdict: Finding.Verdict) throws {
    let text = """
      {"superuser":false,"attributes":{"CREATEDB":false},"tls":\(server),
      "connection_tls":\(own),"local":\(local)}
      """
    let seen = try #require(PostgresObservation(try ToolJSON(Array(text.utf8))))
    let probe = PostgresRolesProbe(parameters: Parameters(["checks": .strings(["tls"])]))
    #expect(probe.judge(seen).verdict == verdict)
    #expect(PostgresObservation(.object([:])) == nil)
  }
}
