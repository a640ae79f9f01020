import Foundation
public import TerminalUI

/// Compares surfaces with files in `Snapshots/`, beside the test.
///
/// With `RECORD_SNAPSHOTS=1` the files are written anew, and the test fails so that this is not
/// forgotten.
public enum Golden {
  /// What is different from the golden file; nil when nothing is.
  ///
  /// - Parameter name: the file's name; it must stand in the test as a literal, at least up to an
  ///   `@`, so that ``unused(file:)`` finds it.
  public static func mismatch(
    _ surface: Surface, _ name: String, file: String = #filePath
  ) -> String? {
    let url = folder(of: file).appendingPathComponent(name + ".txt")
    let actual = surface.golden
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      return record(actual, at: url)
    }
    guard let expected = try? String(contentsOf: url, encoding: .utf8) else {
      return "\(name): no golden file; RECORD_SNAPSHOTS=1 writes it. Actual:\n\(actual)"
    }
    return actual == expected ? nil : "\(name) differs\n\(difference(expected, actual))"
  }

  /// Golden files that no test beside this one names.
  public static func unused(file: String = #filePath) -> [String] {
    let tests = URL(fileURLWithPath: file).deletingLastPathComponent()
    let sources = files(in: tests, ending: ".swift")
      .compactMap { try? String(contentsOf: $0, encoding: .utf8) }
    return files(in: folder(of: file), ending: ".txt")
      .map { String($0.lastPathComponent.dropLast(4)) }
      .filter { name in
        let stem = name.split(separator: "@").first.map(String.init) ?? name
        return !sources.contains { $0.contains("\"\(stem)\"") || $0.contains("\"\(stem)@") }
      }
      .sorted()
  }

  private static func folder(of file: String) -> URL {
    URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Snapshots")
  }

  private static func files(in folder: URL, ending: String) -> [URL] {
    let found = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (found ?? []).filter { $0.lastPathComponent.hasSuffix(ending) }
  }

  private static func record(_ text: String, at url: URL) -> String {
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
      return "recorded \(url.lastPathComponent)"
    } catch {
      return "cannot record \(url.path): \(error)"
    }
  }

  private static func difference(_ expected: String, _ actual: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    var lines: [String] = []
    for index in 0..<max(old.count, new.count) {
      let before = index < old.count ? String(old[index]) : nil
      let after = index < new.count ? String(new[index]) : nil
      if before == after { continue }
      if let before { lines.append("- " + before) }
      if let after { lines.append("+ " + after) }
    }
    return lines.joined(separator: "\n")
  }
}
