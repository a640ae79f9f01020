import Checklist

/// What the path of a file in an image says about what it holds.
struct LayerPath {
  let path: GitPath
  private let parts: [String]

  init(_ path: GitPath) {
    self.path = path
    parts = path.text.lowercased().split(separator: "/").map(String.init)
  }

  private static let packages: Set<String> = [
    "node_modules", "site-packages", "dist-packages", "vendor", "gems", "third_party",
  ]
  private static let system: Set<String> = ["bin", "lib", "lib32", "lib64", "libx32", "sbin"]
  private static let local: Set<String> = ["bin", "go", "include", "lib", "libexec", "share"]

  /// Whether it comes from a distribution or a package rather than from whoever built the image.
  var isForeign: Bool {
    guard let first = parts.first else { return false }
    if parts.dropLast().contains(where: Self.packages.contains) || Self.system.contains(first) {
      return true
    }
    guard first == "usr", parts.count > 1, parts[1] != "src" else { return false }
    return parts[1] != "local" || parts.count > 2 && Self.local.contains(parts[2])
  }

  /// Whether it belongs to a test, an example or a package that everybody can have.
  var isSample: Bool {
    // What is called `dist` is what ships.
    parts.dropLast().contains(where: Self.packages.contains)
      || SamplePath.isOne(GitPath(parts.filter { $0 != "dist" }.joined(separator: "/")))
  }

  /// What the name alone says; nil where it says nothing.
  var remark: Finding.Verdict? {
    guard let name = parts.last else { return nil }
    let isPrivate =
      EnvFile.isOne(name) || DockerfileSecrets.privateNames.contains(name)
      || name == "credentials" && parts.dropLast().last == ".aws"
    if isPrivate { return isForeign || isSample ? .review : .fail }
    let isDoubtful =
      DockerfileSecrets.privateEndings.contains(where: name.hasSuffix)
      || [".npmrc", ".pypirc", ".yarnrc.yml"].contains(name)
    return isDoubtful && !isForeign && !isSample ? .review : nil
  }
}
