internal import Evidence
internal import Foundation

extension Workspace {
  /// The path without symbolic links, as far as it exists; a link that leads to no file is
  /// followed too.
  static func real(_ path: String) -> String {
    var target = URL(fileURLWithPath: path).standardizedFileURL.path
    // As many links as Linux follows.
    for _ in 0..<40 {
      guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: target) else {
        break
      }
      let folder = URL(fileURLWithPath: target).deletingLastPathComponent()
      target = URL(fileURLWithPath: link, relativeTo: folder).standardizedFileURL.path
    }
    let url = URL(fileURLWithPath: target)
    let folder = url.deletingLastPathComponent().resolvingSymlinksInPath().path
    return url.lastPathComponent == "/"
      ? "/" : "\(folder == "/" ? "" : folder)/\(url.lastPathComponent)"
  }

  /// Where the evidence is written indeed.
  var evidencePlace: String { Self.real(evidence.path) }

  /// Whether the configuration, and not the user, leads the evidence out of its own folder.
  var writesOutside: Bool {
    !isEvidenceGiven && !evidencePlace.hasPrefix("\(Self.real(folder))/")
  }

  /// Wants trust before a configuration makes a file where it does not belong.
  ///
  /// - Throws: `Permission.Missing`.
  func requirePlace() throws {
    if writesOutside, !evidence.exists { _ = try Permission(self) }
  }
}
