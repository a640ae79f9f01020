import Foundation
import Testing

/// What the screen can do, each with what shows it.
///
/// `Tests/Coverage/screen-features.tsv` has a row for each feature by which screens in a terminal
/// are compared.
@Suite struct ScreenFeatureTests {
  private static let tests = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()

  private struct Feature {
    var id: String
    var words: String
    var tests: [String]
    var pictures: [String]
  }

  private func features() throws -> [Feature] {
    let table = try String(
      contentsOf: Self.tests.appendingPathComponent("Coverage/screen-features.tsv"),
      encoding: .utf8)
    return try table.split(separator: "\n").dropFirst().map { row in
      let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(cells.count == 4, "\(row)")
      func names(_ cell: String) -> [String] { cell.split(separator: " ").map(String.init) }
      return Feature(
        id: cells[0], words: cells[1], tests: names(cells[2]), pictures: names(cells[3]))
    }
  }

  /// The sources of all tests, by the name of their suite.
  private func suites() throws -> [String: String] {
    let files = try #require(FileManager.default.enumerator(atPath: Self.tests.path))
    var sources: [String: String] = [:]
    for case let path as String in files where path.hasSuffix(".swift") {
      let file = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
      let suite = file.split(separator: "+").first.map(String.init) ?? file
      sources[suite, default: ""] += try String(
        contentsOf: Self.tests.appendingPathComponent(path), encoding: .utf8)
    }
    return sources
  }

  /// Whether that function of the source is a test, and not something that tests use.
  private func isTest(_ name: String, in source: String) -> Bool {
    guard let place = source.firstRange(of: "func \(name)(") else { return false }
    let before = source[..<place.lowerBound]
    let former = before.ranges(of: "func ").last?.upperBound ?? before.startIndex
    return before[former...].contains("@Test")
  }

  @Test func everyFeatureIsShown() throws {
    let features = try features()
    #expect(features.count == 34)
    #expect(Set(features.map(\.id)).count == features.count)
    let suites = try suites()
    for feature in features {
      #expect(feature.words.hasSuffix(".") && !feature.tests.isEmpty, "\(feature.id)")
      for test in feature.tests {
        let parts = test.split(separator: ".").map(String.init)
        try #require(parts.count == 2, "\(test)")
        let isThere = isTest(parts[1], in: suites[parts[0]] ?? "")
        #expect(isThere, "\(feature.id): there is no \(test)")
      }
      for picture in feature.pictures {
        let path = Self.tests.appendingPathComponent("../Screenshots/\(picture)").standardized.path
        #expect(
          picture.hasSuffix(".png") && FileManager.default.fileExists(atPath: path),
          "\(feature.id): there is no \(picture)")
      }
    }
  }
}
