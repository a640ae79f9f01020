import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct ConfigurationNoDebugProbeTests {
  private func judge(
    _ text: String, _ checks: [DebugRule.Check] = DebugRule.Check.allCases, isChosen: Bool = false
  ) -> Finding {
    ConfigurationNoDebugProbe.judge([("prod", .text(text))], checks, isChosen: isChosen)
  }

  @Test(arguments: [
    ("DEBUG=true", Finding.Verdict.fail), ("export DEBUG=1", .fail), ("DEBUG = True", .fail),
    ("APP_DEBUG: yes", .fail), ("flask.debug=on", .fail), (#"  "debug": true,"#, .fail),
    ("DEBUG=*", .fail), ("NODE_ENV=development", .fail), ("RAILS_ENV=test", .fail),
    ("Environment=\"NODE_ENV=production\" \"DEBUG=true\"", .fail), ("- DEBUG=true", .fail),
    ("web: NODE_ENV=development node x.js", .fail), ("- name: DEBUG\n  value: \"true\"", .fail),
    ("spring.profiles.active=prod,dev", .fail), ("DJANGO_SETTINGS_MODULE=shop.settings.dev", .fail),
    ("GIN_MODE=debug", .fail), ("NODE_ENV=production\nALLOWED_HOSTS = ['*']", .fail),
    ("NODE_ENV=production\nALLOWED_HOSTS=a.b,*", .fail),
    ("NODE_ENV=production\nCORS_ORIGINS=https://a.b,http://localhost:3000", .fail),
    ("NODE_ENV=production\nCORS_ORIGIN=*", .fail),
    ("NODE_ENV=production\nCORS_ORIGIN=http://[::1]:1", .fail),
    ("NODE_ENV=production\nCORS_ALLOW_ALL_ORIGINS = True", .fail),
    ("NODE_ENV=production\nSTRIPE_KEY=sk_test_abc", .fail), ("DEBUG=false\nDEBUG=true", .fail),
    ("DEBUG=${DEBUG}", .review), ("NODE_ENV=staging", .review), ("DEBUG=app:*", .review),
    ("LOG_LEVEL=debug\nDEBUG=0", .review), ("# DEBUG=false", .review), ("PORT=80", .review),
    ("NODE_ENV=production\nALLOWED_HOSTS=", .review), ("", .review),
    ("NODE_ENV=production\nALLOWED_HOSTS=a.b,localhost", .review),
    ("DEBUG=false", .pass), ("NODE_ENV=production # DEBUG=true", .pass), ("DEBUG=", .pass),
    ("# DEBUG=true\nNODE_ENV='production'", .pass), ("DEBUG_TOOLBAR_COLOUR=x\nDEBUG=off", .pass),
    ("NODE_ENV=production\nALLOWED_HOSTS=a.b\nCORS_ORIGIN=https://a.b\nKEY=sk_live_x", .pass),
    ("web: NODE_ENV=production node x.js", .pass), ("- name: NODE_ENV\n  value: production", .pass),
  ])
  func judges(_ text: String, _ expected: Finding.Verdict) {
    let finding = judge(text)
    #expect(finding.verdict == expected, "\(text): \(finding.everything)")
  }

  @Test func aChosenCheckHasToBeSaid() {
    #expect(judge("DEBUG=false", [.hosts], isChosen: true).verdict == .review)
    #expect(judge("ALLOWED_HOSTS=a.b", [.hosts], isChosen: true).verdict == .pass)
    #expect(judge("PORT=1", [.testKeys], isChosen: true).verdict == .pass)
  }

  @Test func keysAreNeverShown() {
    let key = "sk_test_" + "51Hx7Kq2LmPzRt"
    let finding = judge("NODE_ENV=production\nSTRIPE_KEY=\(key)")
    #expect(finding.verdict == .fail)
    #expect(!finding.everything.contains(key))
  }

  @Test func unknownWhereAFileCannotBeRead() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("prod.env", "DEBUG=false\n")
    let run = { (files: [String], checks: [String]?) in
      var parameters: [String: JSONValue] = ["files": .strings(files)]
      parameters["checks"] = checks.map(JSONValue.strings)
      return await sandbox.run(ConfigurationNoDebugProbe(parameters: Parameters(parameters)))
    }
    #expect(await run(["prod.env"], nil).verdict == .pass)
    #expect(await run(["prod.env", "none.env"], nil).verdict == .unknown)
    #expect(await run([], nil).verdict == .unknown)
    #expect(await run(["prod.env"], ["all"]).verdict == .unknown)
    #expect(await run(["."], nil).verdict == .unknown)
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.top + "/link.env", withDestinationPath: "prod.env")
    #expect(await run(["link.env"], nil).verdict == .unknown)
    #expect(
      await run(["../work/prod.env"], nil).verdict == .pass, "the same folder by another name")
    try Data("DEBUG=false\n".utf8).write(to: URL(fileURLWithPath: sandbox.root + "/out.env"))
    #expect(await run(["../out.env"], nil).verdict == .unknown)
    #expect(await run([sandbox.root + "/out.env"], nil).verdict == .pass)
    try sandbox.write("prod.env", Array("DEBUG=false\n".utf8) + [0, 0xFF])
    #expect(await run(["prod.env"], nil).verdict == .unknown)
  }
}
