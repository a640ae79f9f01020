import TestSupport
import Testing

/// The program as a pipeline or a script uses it: exit codes and JSON, no screen.
@Suite struct ScriptTests {
  @Test(
    "A script alone does what the screen does",
    arguments: [
      "release", "pipeline", "carry", "signatures", "clones", "usage", "auditor", "facts",
      "monorepo", "occasions", "own", "keys", "timestamps", "reports", "audit", "trust", "hostile",
      "commands", "xdg", "json",
    ])
  func aScriptAloneDoesWhatTheScreenDoes(_ name: String) throws {
    let sandbox = try Sandbox()
    let result = try sandbox.run(
      "/usr/bin/env", ["bash", "\(Self.scripts)/\(name).sh"])
    #expect(result.code == 0, "\(result.output)")
  }

  private static let scripts: String = {
    let file = #filePath
    return file.prefix(file.utf8.count - "ScriptTests.swift".utf8.count) + "Scripts"
  }()
}
