/// Paths whose secrets are most often made up.
enum SamplePath {
  private static let words: Set<String> = [
    "test", "tests", "testing", "testdata", "fixture", "fixtures", "mock", "mocks", "example",
    "examples", "sample", "samples", "spec", "specs", "__tests__", "demo", "doc", "docs", "e2e",
    "vendor", "node_modules", "third_party", "template", "dist", "snapshots",
  ]

  /// Whether a component, or a word of the file's name, says that it is a test or an example.
  static func isOne(_ path: GitPath) -> Bool {
    let components = path.text.lowercased().split(separator: "/")
    guard let name = components.last else { return false }
    return components.dropLast().contains { words.contains(String($0)) || $0.hasSuffix("tests") }
      || name.split { "._-".contains($0) }.contains { words.contains(String($0)) }
      || name.hasSuffix("test.go") || name.hasSuffix("tests.swift")
  }
}
