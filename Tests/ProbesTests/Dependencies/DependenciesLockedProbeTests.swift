import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct DependenciesLockedProbeTests {
  private let probe = DependenciesLockedProbe(parameters: Parameters())
  private static let package = #"{"name":"a","dependencies":{"x":"^1.0.0"}}"#
  private static let lock =
    #"{"lockfileVersion":3,"packages":{"":{"dependencies":{"x":"^1.0.0"}}}}"#

  private func sandbox(_ files: [String: String]) async throws -> GitSandbox {
    let sandbox = try await GitSandbox()
    for (path, text) in files { try sandbox.write(path, text) }
    try await sandbox.commit()
    return sandbox
  }

  private func verdict(_ files: [String: String]) async throws -> Finding.Verdict {
    await (try await sandbox(files)).run(probe).verdict
  }

  @Test(arguments: [
    ["package.json": package, "package-lock.json": lock],
    ["package.json": package, "npm-shrinkwrap.json": lock],
    ["package.json": package, "yarn.lock": "# yarn lockfile v1\n\nx@^1.0.0:\n  version 1.0.0\n"],
    ["package.json": package, "pnpm-lock.yaml": "lockfileVersion: 9\nimporters:\n  .:\n    x:\n"],
    ["package.json": package, "bun.lock": "{}"],
    ["package.json": #"{"name":"a","dependencies":{}}"#],
    [
      "package.json": package,
      "package-lock.json": #"{"lockfileVersion":1,"dependencies":{"x":{}}}"#,
    ],
    [
      "pyproject.toml": "[project]\ndependencies = [\n  'x>=1', # y\n]\n",
      "uv.lock": "version = 1\n[[package]]\nname = \"X\"\n",
    ],
    [
      "pyproject.toml": "[tool.poetry.dependencies]\npython = '^3'\nx = '^1'\n",
      "poetry.lock": "[[package]]\nname = \"x\"\n",
    ],
    ["pyproject.toml": "[project]\nname = 'a'\ndependencies = []\n[tool.black]\nline-length = 9\n"],
    ["pyproject.toml": "[project]\ndependencies = ['x']\n", "requirements.txt": "x==1.0\n"],
    [
      "requirements.txt":
        "# a\nx==1.0 \\\n  --hash=sha256:aa\ny[z]==2 ; python_version > '3'\n--index-url https://p\n"
    ],
    ["Pipfile": "[packages]\nx = '*'\n", "Pipfile.lock": #"{"default":{"x":{}}}"#],
    [
      "Cargo.toml": "[package]\nname='a'\n[dependencies]\nx = \"1\"\n",
      "Cargo.lock": "[[package]]\n",
    ],
    [
      "Cargo.toml": "[workspace]\nmembers=['a']\n", "a/Cargo.toml": "[dependencies]\nx = '1'\n",
      "Cargo.lock": "[[package]]\n",
    ],
    ["Cargo.toml": "[dependencies]\nb = { path = '../b' }\n"],
    ["go.mod": "module a\n\nrequire x v1\n", "go.sum": "x v1\n"],
    ["go.mod": "module a\n\ngo 1.22\n"],
    [
      "composer.json": #"{"require":{"php":">=8","a/b":"^1"}}"#,
      "composer.lock": #"{"packages":[{"name":"a/b"}]}"#,
    ],
    ["composer.json": #"{"require":{"php":">=8","ext-json":"*"},"require-dev":[]}"#],
    ["Gemfile": "source 'x'\ngem 'rails'\n", "Gemfile.lock": "GEM\n  specs:\n    rails (7.0)\n"],
    [
      "Package.swift": "let package = Package(\n .package(\n url: \"x\"))",
      "Package.resolved": #"{"pins":[{"identity":"x"}]}"#,
    ],
    ["Package.swift": "let package = Package(name: \"a\")\n// .package(url: \"x\")\n"],
    ["mix.exs": "defmodule A do\n {:x, \"~> 1\"}\n", "mix.lock": "%{}"],
    [
      "package.json": #"{"workspaces":["a"],"devDependencies":{"x":"1"}}"#,
      "a/package.json": package,
      "package-lock.json":
        #"{"packages":{"":{"devDependencies":{"x":"1"}},"a":{"dependencies":{"x":"^1.0.0"}}}}"#,
    ],
    [
      "package.json": #"{"workspaces":["a"]}"#, "a/package.json": package,
      "pnpm-lock.yaml": "importers:\n\n  .:\n    x: 1\n\n  a:\n    x: 1\n",
    ],
    ["package.json": package, "package-lock.json": lock, "node_modules/y/package.json": package],
  ])
  func passes(_ files: [String: String]) async throws {
    let finding = await (try await sandbox(files)).run(probe)
    #expect(finding.verdict == .pass, "\(finding.everything)")
  }

  /// An empty lock file, or one of another manifest, locks nothing.
  @Test(arguments: [
    ["package.json": package, "yarn.lock": "# yarn lockfile v1\n"],
    ["package.json": package, "yarn.lock": "\"y@npm:^1.0.0\":\n  version: 1\n"],
    ["package.json": package, "pnpm-lock.yaml": "lockfileVersion: 9\n"],
    ["pyproject.toml": "[project]\ndependencies = ['x>=1']\n", "uv.lock": "version = 1\n"],
    ["pyproject.toml": "[tool.poetry.dependencies]\nx = '^1'\n", "poetry.lock": ""],
    ["Pipfile": "[packages]\nx = '*'\n", "Pipfile.lock": "{}"],
    ["Cargo.toml": "[dependencies]\nx = '1'\n", "Cargo.lock": "version = 3\n"],
    ["go.mod": "module a\n\nrequire x v1\n", "go.sum": "y v1 h1:\n"],
    ["composer.json": #"{"require":{"a/b":"^1"}}"#, "composer.lock": #"{"packages":[]}"#],
    ["Gemfile": "gem 'rails'\n", "Gemfile.lock": "GEM\n"],
    [
      "Package.swift":
        "let package = Package(dependencies: [.package(url: \"h/x.git\", from: \"1\")])",
      "Package.resolved": "{}",
    ],
  ])
  func failsOnALockFileThatDoesNotKnowADependency(_ files: [String: String]) async throws {
    let finding = await (try await sandbox(files)).run(probe)
    #expect(finding.verdict == .fail, "\(finding.everything)")
    #expect(finding.message.contains("differ in"))
  }

  @Test(arguments: [
    ["package.json": package], ["a/package.json": package, "package-lock.json": lock],
    ["package.json": package, "package-lock.json": lock.replacing("^1.0.0", with: "^1.1.0")],
    ["package.json": package, "package-lock.json": lock.replacing("\"x\"", with: "\"y\"")],
    ["package.json": package, "package-lock.json": #"{"lockfileVersion":1,"dependencies":{}}"#],
    ["package.json": package, "package-lock.json": lock, "api/package.json": package],
    ["pyproject.toml": "[project]\ndependencies = ['x>=1']\n"],
    ["pyproject.toml": "[tool.poetry.group.dev.dependencies]\nx = '^1'\n"],
    ["pyproject.toml": "[dependency-groups]\ndev = ['x']\n"],
    ["pyproject.toml": "[project]\ndependencies = ['x']\n", "requirements.txt": "x>=1\n"],
    ["requirements.txt": "x==1\ny\n"], ["requirements.txt": "x==1.*\n"],
    ["requirements-dev.txt": "x~=1\n"],
    ["requirements.txt": "git+https://host/x\n"], ["Pipfile": "[packages]\nx = '*'\n"],
    ["Cargo.toml": "[target.'cfg(unix)'.dependencies]\nx = \"1\"\n"],
    ["Cargo.toml": "[dependencies.x]\nversion = '1'\n"],
    ["go.mod": "module a\nrequire (\n x v1\n)\n"],
    ["composer.json": #"{"require-dev":{"a/b":"^1"}}"#], ["Gemfile": "gem 'rails'\n"],
    ["Package.swift": "let package = Package(dependencies: [.package(name: \"x\", url: \"y\")])"],
    ["mix.exs": "defmodule A do\n {:x, git: \"y\"}\n"], ["Podfile": "pod 'x'\n"],
    ["pubspec.yaml": "name: a\ndependencies:\n  x: ^1\n"],
  ])
  func failsWithoutALockFileThatFits(_ files: [String: String]) async throws {
    let finding = await (try await sandbox(files)).run(probe)
    #expect(finding.verdict == .fail, "\(finding.everything)")
    #expect(finding.hint != nil)
  }

  @Test(arguments: [
    ["package.json": "{", "package-lock.json": lock], ["package.json": "[]"], ["package.json": ""],
    ["package.json": #"{"dependencies":["x"]}"#],
    ["package.json": package, "package-lock.json": "{\n<<<<<<< HEAD\n"],
    ["package.json": package, "package-lock.json": #"{"packages":{}}"#],
    ["package.json": package, "yarn.lock": "a\n<<<<<<< HEAD\nb\n"],
    ["pyproject.toml": "[project\n"], ["pyproject.toml": "[project]\ndependencies = [\n"],
    ["pyproject.toml": "[project]\nname = 'a\n"], ["Cargo.toml": "what is this\n"],
    ["Cargo.toml": "<<<<<<< HEAD\n[dependencies]\n"], ["go.mod": "<<<<<<< HEAD\n"], ["go.mod": ""],
    ["Gemfile": ">>>>>>> x\n"], ["Package.swift": "import X"], ["composer.json": "x"],
    ["Gemfile": "gem 'x'\u{0}"], ["package.json": String(repeating: "[", count: 100_000)],
    ["Pipfile": "[packages]\nx = '*'\n", "Pipfile.lock": "x"],
  ])
  func unknownWhereItDoesNotParse(_ files: [String: String]) async throws {
    let finding = await (try await sandbox(files)).run(probe)
    #expect(finding.verdict == .unknown, "\(finding.everything)")
    #expect(finding.hint != nil)
  }

  // A rule that tries every way to share out the spaces would take hours.
  @Test func spacesWithoutEndAreReadOnce() {
    let spaces = String(repeating: " ", count: 200_000)
    let manifest = "defmodule A do\n {:x,\(spaces)!}\n"
    #expect(TextManifests.mix(Array(manifest.utf8)) == .none)
    let real = "defmodule A do\n {:x,\(spaces)git: \"y\"}\n"
    #expect(TextManifests.mix(Array(real.utf8)) == .dependencies)
  }

  @Test func reviewsALockFileThatIsNotCommitted() async throws {
    let sandbox = try await sandbox(["package.json": Self.package])
    try sandbox.write("package-lock.json", Self.lock)
    let untracked = await sandbox.run(probe)
    #expect(untracked.verdict == .review)
    #expect(untracked.message.contains("not committed"))
    try sandbox.write(".gitignore", "*-lock.json\n")
    let ignored = await sandbox.run(probe)
    #expect(ignored.verdict == .review)
    #expect(ignored.message.contains("ignored by git"))
  }

  @Test(arguments: ["pom.xml", "app/build.gradle.kts", "a.csproj", "setup.py"])
  func leavesWhatItDoesNotKnowToAPerson(_ name: String) async throws {
    #expect(try await verdict([name: "x"]) == .review)
  }

  @Test func leavesExamplesToAPerson() async throws {
    #expect(try await verdict(["Tests/fixtures/package.json": Self.package]) == .review)
  }

  @Test func unknownWhenATrackedLockFileIsGoneOrALink() async throws {
    let sandbox = try await sandbox(["package.json": Self.package, "package-lock.json": Self.lock])
    try sandbox.remove("package-lock.json")
    #expect(await sandbox.run(probe).verdict == .unknown)
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.top + "/package-lock.json", withDestinationPath: "/etc/passwd")
    #expect(await sandbox.run(probe).verdict == .unknown)
  }

  @Test func notApplicableWithoutManifest() async throws {
    let sandbox = try await sandbox(["a.txt": "x", "vendor/go.mod": "module a\nrequire x v1\n"])
    #expect(await sandbox.run(probe).verdict == .notApplicable)
    #expect(await probe.run(in: sandbox.context(folder: sandbox.root)).verdict == .unknown)
  }

  @Test func looksOnlyBelowThePathsOfTheService() async throws {
    let sandbox = try await sandbox([
      "a/package.json": Self.package, "b/package.json": Self.package,
      "b/package-lock.json": Self.lock,
      "weird\nname/go.mod": "module a\n",
    ])
    #expect(await probe.run(in: sandbox.context(paths: ["b"])).verdict == .pass)
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .fail)
    #expect(finding.facts.keys.allSatisfy { $0.allSatisfy { $0.isASCII && $0 != "\n" } })
  }

  @Test func readsTOML() {
    let text = """
      a.b = 1 # c
      "q # r" = '''
      [not.a.table]
      ''' 
      [x."y.z"]
      k = { a = "}", b = [1,
        2] }
      [[list]]
      n = "a\\"b"
      """
    let outline = TOMLOutline(Array(text.utf8))
    #expect(
      outline?.entries.map(\.path) == [["a", "b"], ["q # r"], ["x", "y.z", "k"], ["list", "n"]])
    #expect(outline?.tables == [["x", "y.z"], ["list"]])
  }
}
