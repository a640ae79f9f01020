import Foundation
import Gate
import Reports
import TestSupport

/// Reads reports with parsers of other people: `Readers/check.py`.
enum ReportReader {
  /// What is wrong with one of these reports in that format; nil where nothing is.
  ///
  /// - Parameter states: how each point stands.
  static func complaint(
    _ format: ReportFormat, _ reports: [[UInt8]], states: [String: String]
  ) throws -> String? {
    let sandbox = try Sandbox()
    var files: [String] = []
    for (index, bytes) in reports.enumerated() {
      let path = "\(sandbox.work)/\(index).\(format == .junit ? "xml" : "json")"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      files.append(path)
    }
    let python = "\(package)/.build/report-readers/bin/python3"
    guard FileManager.default.isExecutableFile(atPath: python) else {
      return "the readers are not installed: Tests/run installs them"
    }
    let expected = String(decoding: try JSONEncoder().encode(states), as: UTF8.self)
    let result = try sandbox.run(
      python, ["\(folder)/Readers/check.py", format.rawValue, expected] + files)
    return result.code == 0 ? nil : result.output
  }

  /// The folder of these tests.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
  private static let package = URL(fileURLWithPath: folder).deletingLastPathComponent()
    .deletingLastPathComponent().path
}
