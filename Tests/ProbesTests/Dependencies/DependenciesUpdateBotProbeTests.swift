import Checklist
import Testing

@testable import Probes

@Suite struct DependenciesUpdateBotProbeTests {
  private let probe = DependenciesUpdateBotProbe(parameters: Parameters())
  private static let npm = #"{"dependencies":{"x":"1.0.0"}}"#

  private static func dependabot(_ ecosystem: String, _ more: String = "") -> String {
    """
    version: 2
    updates:
      - package-ecosystem: \(ecosystem)
        directory: /
        schedule: { interval: weekly }
        \(more)
    """
  }

  @Test(arguments: [
    ([".github/dependabot.yml": dependabot("npm"), "package.json": npm], Finding.Verdict.pass),
    ([".github/dependabot.yaml": dependabot("'npm'")], .pass),
    ([".github/dependabot.yml": dependabot("github-actions"), "package.json": npm], .review),
    ([".github/dependabot.yml": dependabot("npm", "open-pull-requests-limit: 0")], .fail),
    (
      [".github/dependabot.yml": dependabot("npm").replacing("version: 2", with: "version: 1")],
      .fail
    ),
    ([".github/dependabot.yml": "version: 2\nupdates: []\n"], .fail),
    ([".github/dependabot.yml": "version: 2\nupdates:\n  - package-ecosystem: npm\n"], .fail),
    ([".github/dependabot.yml": "version: [\n"], .fail), ([".github/dependabot.yml": ""], .fail),
    (["dependabot.yml": dependabot("npm")], .fail),
    (["renovate.json": #"{"extends":["config:recommended"]}"#, "package.json": npm], .pass),
    (["renovate.json": #"{"enabled":false}"#], .fail), (["renovate.json": "{"], .fail),
    (["renovate.json": #"{"enabledManagers":[]}"#], .fail),
    (["renovate.json5": "{ // why\n extends: ['config:base',], /* x */ }\n"], .pass),
    (["renovate.json5": "{ enabled: false }\n"], .fail),
    (["renovate.json": "[1]"], .fail),
    (["package.json": #"{"renovate":{"extends":[]}}"#], .pass),
    (["package.json": #"{"renovate":{"enabled":false}}"#], .fail), (["package.json": npm], .fail),
    (["README.md": "we use renovate"], .fail),
    ([".github/dependabot.yml": "version: [", "renovate.json": "{}"], .pass),
  ])
  func judges(_ files: [String: String], _ expected: Finding.Verdict) async throws {
    let sandbox = try await GitSandbox()
    for (path, text) in files { try sandbox.write(path, text) }
    try await sandbox.commit()
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == expected, "\(finding.everything)")
  }

  @Test func oneThatIsNotCommittedHelpsNobody() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("renovate.json", "{}")
    #expect(await sandbox.run(probe).verdict == .fail)
    try sandbox.write("renovate.json", Array("{}".utf8) + [0])
    #expect(await sandbox.run(probe).verdict == .unknown)
    #expect(await probe.run(in: sandbox.context(folder: sandbox.root)).verdict == .unknown)
  }
}
