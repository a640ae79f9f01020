internal import Checklist
internal import Foundation
internal import Probes

/// Files that tools wrote elsewhere, as `--from NAME=FILE` names them.
struct ReportFiles: Equatable {
  /// Absolute paths by the name under which probes ask for them.
  let paths: [String: [String]]

  /// Reads what was typed, for the probes of those points.
  ///
  /// - Throws: a usage problem for what no probe of these points reads, or what is no file.
  init(
    _ arguments: [String], for points: [Point],
    folder: String = FileManager.default.currentDirectoryPath
  ) throws {
    let manuals = points.flatMap(\.probes).compactMap { ProbeRegistry.probe($0.id)?.manual }
    let known = Set(manuals.flatMap(\.reports)).sorted()
    var paths: [String: [String]] = [:]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw Problem(
          "--from takes NAME=FILE, not \(argument)", hint: Self.hint(known), code: Status.usage)
      }
      guard known.contains(parts[0]) else {
        throw Problem(
          "no probe of these points reads a report \(parts[0])", hint: Self.hint(known),
          code: Status.usage)
      }
      let path = Workspace.resolve(parts[1], in: folder)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { throw Problem("there is no file \(parts[1])", code: Status.usage) }
      paths[parts[0], default: []].append(path)
    }
    self.paths = paths
  }

  private static func hint(_ known: [String]) -> String {
    known.isEmpty
      ? "none of these points reads any" : "these points read: \(known.joined(separator: ", "))"
  }
}
