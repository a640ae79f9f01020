import Checklist
import Testing

@testable import Probes

@Suite struct DependenciesPinnedProbeTests {
  private func firmness(_ name: String, _ text: String) -> [VersionRequirement.Firmness]? {
    guard case .requirements(let found)? = RequirementReader.read(name, text, development: false)
    else { return nil }
    return found.map(\.firmness)
  }

  @Test(arguments: [
    ("4.18.2", VersionRequirement.Firmness.exact), ("=4.18.2", .exact), ("v1.2.3-rc.1+b", .exact),
    ("^4.18.2", .range), ("~4.18.2", .range), ("4.18", .range), ("4.x", .range), ("1.2.x", .range),
    ("*", .range), ("", .range), ("latest", .range), (">=1.0.0 <2", .range),
    ("1.0.0 || 2.0.0", .range),
    ("1.0.0 - 2.0.0", .range), ("next", .range), ("npm:other@1.2.3", .exact), ("npm:o@^1", .range),
    ("npm:@s/o", .range), ("file:../a", .local), ("workspace:*", .local), ("link:../b", .local),
    ("git+https://h/x.git", .movable), ("git+https://h/x.git#main", .movable),
    ("owner/repo", .movable),
    ("git+https://h/x#0123456789abcdef0123456789abcdef01234567", .exact),
    ("https://h/x.tgz", .movable), ("git@github.com:a/b.git", .movable),
  ])
  func judgesNPM(_ version: String, _ expected: VersionRequirement.Firmness) {
    #expect(firmness("package.json", #"{"dependencies":{"x":"\#(version)"}}"#) == [expected])
  }

  @Test(arguments: [
    ("x==1.2", VersionRequirement.Firmness.exact), ("x[y] == 1.0 ; python_version>'3'", .exact),
    ("x===1.0", .exact), ("x==1.*", .range), ("x>=1", .range), ("x~=1.2", .range), ("x", .range),
    ("x==1,<2", .range), ("x!=1", .range), ("x==1.2 --hash=sha256:aa", .exact),
    ("x @ git+https://h/x@main", .movable), ("x @ https://h/x.whl#sha256=aa", .exact),
    ("x @ git+https://h/x@0123456789abcdef0123456789abcdef01234567", .exact),
    ("git+https://h/x#egg=x", .movable), ("-e git+https://h/x", .movable),
    ("x==1.2 # why >=1 is not", .exact),
  ])
  func judgesRequirements(_ line: String, _ expected: VersionRequirement.Firmness) {
    #expect(
      firmness("requirements.txt", "# a\n--index-url https://p\n-r b.txt\n\n\(line)\n") == [
        expected
      ])
  }

  @Test(arguments: [
    (
      "pyproject.toml", "[project]\ndependencies = ['x==1.0', \"y>=2\"]\n",
      [VersionRequirement.Firmness.exact, .range]
    ),
    (
      "pyproject.toml",
      "[tool.poetry.dependencies]\npython = '^3'\nx = '1.0.0'\ny = '^1'\nz = {git='h'}\n",
      [.exact, .range, .movable]
    ),
    (
      "Pipfile",
      "[packages]\nx = '*'\ny = '==1.0.0'\nz = {version = '==1.0.0'}\n[dev-packages]\na = '*'\n",
      [.range, .exact, .exact]
    ),
    (
      "Cargo.toml",
      "[package]\nversion='1.0.0'\n[dependencies]\na = '1.0.0'\nb = '=1.0.0'\nc = {version='=1.0.0', features=['x']}\nd = {path='../d'}\ne.workspace = true\n[dependencies.f]\nversion = '2'\n",
      [.range, .exact, .exact, .local, .range]
    ),
    (
      "composer.json", #"{"require":{"php":">=8","a/b":"1.0.0","a/c":"^1","a/d":"dev-main"}}"#,
      [.exact, .range, .movable]
    ),
    (
      "Gemfile",
      "gem 'a', '1.0.0'\ngem 'b', '~> 1.0'\ngem 'c'\ngem 'd', path: 'x'\ngem 'e', git: 'h'\n",
      [.exact, .range, .range, .local, .movable]
    ),
    (
      "Package.swift",
      ".package(url: \"h\", exact: \"1.0.0\"), .package(url: \"g\", from: \"1.0.0\")\n// .package(url: \"z\", from: \"1\")\n",
      [.exact, .range]
    ),
    ("go.mod", "module a\nrequire x v1.0.0\n", []),
  ])
  func judgesOthers(_ name: String, _ text: String, _ expected: [VersionRequirement.Firmness]) {
    #expect(firmness(name, text) == expected)
  }

  private static let package =
    #"{"name":"a","dependencies":{"x":"^1.0.0"},"devDependencies":{"y":"*"}}"#
  private static let lock =
    #"{"lockfileVersion":3,"packages":{"":{"dependencies":{"x":"^1.0.0"},"devDependencies":{"y":"*"}}}}"#

  private func verdict(
    _ files: [String: String], _ parameters: [String: JSONValue] = [:]
  ) async throws -> Finding {
    let sandbox = try await GitSandbox()
    for (path, text) in files { try sandbox.write(path, text) }
    try await sandbox.commit()
    return await sandbox.run(DependenciesPinnedProbe(parameters: Parameters(parameters)))
  }

  @Test func theProfileDecidesWhetherALockFileIsEnough() async throws {
    let both = ["package.json": Self.package, "package-lock.json": Self.lock]
    #expect(try await verdict(both).verdict == .review)
    #expect(try await verdict(both, ["exact": .bool(true)]).verdict == .fail)
    #expect(try await verdict(both, ["exact": .bool(false)]).verdict == .pass)
    let loose = ["package.json": Self.package]
    #expect(try await verdict(loose, ["exact": .bool(false)]).verdict == .fail)
    #expect(try await verdict(["package.json": Self.package]).verdict == .fail)
    let exact = ["package.json": #"{"dependencies":{"x":"1.0.0"}}"#]
    #expect(try await verdict(exact, ["exact": .bool(true)]).verdict == .pass)
    let other = [
      "package.json": #"{"dependencies":{"x":"1.0.0"},"devDependencies":{"y":"^1.0.0"}}"#
    ]
    #expect(try await verdict(other, ["exact": .bool(true)]).verdict == .pass)
    #expect(
      try await verdict(other, ["exact": .bool(true), "development": .bool(true)]).verdict == .fail)
  }

  @Test func aLockFileThatDoesNotFitSettlesNothing() async throws {
    let lock = #"{"lockfileVersion":3,"packages":{"":{"dependencies":{"x":"^2.0.0"}}}}"#
    let finding = try await verdict(["package.json": Self.package, "package-lock.json": lock])
    #expect(finding.verdict == .fail, "\(finding.everything)")
  }

  @Test(arguments: [
    ["package.json": "{"], ["package.json": "<<<<<<< HEAD\n{}\n"],
    ["package.json": #"{"dependencies":[1]}"#],
    ["requirements.txt": "x==1\n!!\n"], ["Cargo.toml": "= ="], ["requirements.txt": "a\u{0}b"],
  ])
  func unknownWhereItDoesNotParse(_ files: [String: String]) async throws {
    let finding = try await verdict(files)
    #expect(finding.verdict == .unknown, "\(finding.everything)")
  }

  @Test func otherPackageManagersAreLeftToAPerson() async throws {
    #expect(try await verdict(["pom.xml": "<project/>"]).verdict == .review)
    #expect(try await verdict(["a.txt": "x"]).verdict == .notApplicable)
    let sample = ["examples/a/package.json": Self.package]
    #expect(try await verdict(sample, ["exact": .bool(true)]).verdict == .review)
  }

  @Test func passwordsInAddressesAreNotShown() async throws {
    let secret = "hx7" + "Kq2"
    let finding = try await verdict(
      ["package.json": #"{"dependencies":{"x":"git+https://bot:\#(secret)@h/x.git"}}"#])
    #expect(finding.verdict == .fail)
    #expect(!finding.everything.contains(secret), "\(finding.everything)")
  }
}
