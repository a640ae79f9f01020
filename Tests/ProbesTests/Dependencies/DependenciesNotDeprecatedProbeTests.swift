import Checklist
import Testing

@testable import Probes

@Suite struct DependenciesNotDeprecatedProbeTests {
  private let probe = DependenciesNotDeprecatedProbe(parameters: Parameters())

  private func finding(_ files: [String: String]) async throws -> Finding {
    let sandbox = try await GitSandbox()
    for (path, text) in files { try sandbox.write(path, text) }
    try await sandbox.commit()
    return await sandbox.run(probe)
  }

  private static let clean =
    #"{"lockfileVersion":3,"packages":{"":{},"node_modules/a":{"version":"1.0.0"}}}"#

  @Test(arguments: [
    (["package-lock.json": clean], Finding.Verdict.pass),
    (
      [
        "package-lock.json":
          #"{"packages":{"":{},"node_modules/a/node_modules/@s/b":{"deprecated":"use c"}}}"#
      ], .review
    ),
    (["package-lock.json": #"{"lockfileVersion":1,"dependencies":{"a":{}}}"#], .review),
    (
      ["pnpm-lock.yaml": "lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    deprecated: gone\n"],
      .review
    ),
    (
      ["pnpm-lock.yaml": "lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    resolution: {}\n"],
      .pass
    ),
    (["composer.lock": #"{"packages":[{"name":"a/b","abandoned":"c/d"}]}"#], .review),
    (["composer.lock": #"{"packages":[{"name":"a/b","abandoned":true}]}"#], .review),
    (["composer.lock": #"{"packages":[{"name":"a/b"}]}"#], .pass),
    (["yarn.lock": "# yarn lockfile v1\n"], .review), (["uv.lock": "version = 1\n"], .review),
    (["package-lock.json": clean, "go.sum": "x"], .review),
    (["package-lock.json": "{"], .unknown), (["package-lock.json": "<<<<<<< a"], .unknown),
    (["pnpm-lock.yaml": "x: 1\n"], .unknown), (["composer.lock": "{}"], .unknown),
    (["a.txt": "x"], .unknown), (["node_modules/a/package-lock.json": clean], .unknown),
  ])
  func judges(_ files: [String: String], _ expected: Finding.Verdict) async throws {
    let finding = try await finding(files)
    #expect(finding.verdict == expected, "\(finding.everything)")
  }

  @Test func namesThePackageAndItsNote() async throws {
    let finding = try await finding([
      "package-lock.json":
        #"{"packages":{"node_modules/a/node_modules/@s/b":{"deprecated":"use c"}}}"#
    ])
    #expect(finding.message.contains("@s/b: use c"))
    #expect(finding.facts["package-lock.json"] == "@s/b: use c")
  }

  @Test func aDeepFileEndsAsUnknown() async throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(try await finding(["package-lock.json": #"{"packages":"# + deep]).verdict == .unknown)
  }
}
