/// A package manager: its manifest, its lock files, and how both are read.
struct Ecosystem: Sendable {
  /// What a manifest says.
  enum Reading: Equatable, Sendable {
    case dependencies
    case none
    /// It belongs to a package manager whose lock files are not understood here.
    case foreign
    /// The reason for which it makes no sense.
    case malformed(String)
  }

  var name: String
  var manifest: String
  /// Any of them locks what the manifest asks for.
  var locks: [String]
  /// Whether a manifest further up may lock the dependencies of this one.
  var hasWorkspaces: Bool
  var read: @Sendable ([UInt8]) -> Reading

  /// Manifests that are known by name only; a person has to look at them.
  static func isForeign(_ name: String) -> Bool {
    [
      "pom.xml", "build.gradle", "build.gradle.kts", "setup.py", "environment.yml", "deno.json",
      "conanfile.txt", "conanfile.py", "vcpkg.json", "build.sbt", "project.clj", "rebar.config",
      "stack.yaml", "Cartfile", "flake.nix", "packages.config",
    ].contains(name)
      || [".csproj", ".fsproj", ".vbproj", ".cabal"].contains { name.hasSuffix($0) }
  }

  static let all: [Ecosystem] = [
    Ecosystem(
      name: "npm", manifest: "package.json",
      locks: [
        "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock",
        "bun.lockb",
      ], hasWorkspaces: true, read: NodeManifest.read),
    Ecosystem(
      name: "Python", manifest: "pyproject.toml",
      locks: ["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "requirements.txt"],
      hasWorkspaces: true, read: TOMLManifests.pyproject),
    Ecosystem(
      name: "pipenv", manifest: "Pipfile", locks: ["Pipfile.lock"], hasWorkspaces: false,
      read: TOMLManifests.pipfile),
    Ecosystem(
      name: "Cargo", manifest: "Cargo.toml", locks: ["Cargo.lock"], hasWorkspaces: true,
      read: TOMLManifests.cargo),
    Ecosystem(
      name: "Go", manifest: "go.mod", locks: ["go.sum"], hasWorkspaces: false,
      read: TextManifests.goModule),
    Ecosystem(
      name: "Composer", manifest: "composer.json", locks: ["composer.lock"],
      hasWorkspaces: false, read: NodeManifest.readComposer),
    Ecosystem(
      name: "Bundler", manifest: "Gemfile", locks: ["Gemfile.lock"], hasWorkspaces: false,
      read: TextManifests.gemfile),
    Ecosystem(
      name: "SwiftPM", manifest: "Package.swift", locks: ["Package.resolved"],
      hasWorkspaces: false, read: TextManifests.swiftPackage),
    Ecosystem(
      name: "Mix", manifest: "mix.exs", locks: ["mix.lock"], hasWorkspaces: true,
      read: TextManifests.mix),
    Ecosystem(
      name: "Pub", manifest: "pubspec.yaml", locks: ["pubspec.lock"], hasWorkspaces: true,
      read: TextManifests.pubspec),
    Ecosystem(
      name: "CocoaPods", manifest: "Podfile", locks: ["Podfile.lock"], hasWorkspaces: false,
      read: TextManifests.podfile),
  ]
}
