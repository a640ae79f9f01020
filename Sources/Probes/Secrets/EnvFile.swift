/// Names of files that hold the settings of one environment.
enum EnvFile {
  private static let samples: Set<String> = [
    "example", "sample", "template", "dist", "tpl", "default", "defaults", "schema",
  ]

  /// Whether a file of that name holds real settings.
  static func isOne(_ name: String) -> Bool { hasName(name) && !isSample(name) }

  /// Whether a file of that name only shows which settings there are.
  static func isSample(_ name: String) -> Bool {
    hasName(name)
      && name.lowercased().split { "._-".contains($0) }.contains { samples.contains(String($0)) }
  }

  private static func hasName(_ name: String) -> Bool {
    let name = name.lowercased()
    guard name.hasPrefix(".env") else { return false }
    return name == ".env" || [".", "-", "_"].contains { name.dropFirst(4).hasPrefix($0) }
  }
}
