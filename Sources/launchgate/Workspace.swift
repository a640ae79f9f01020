internal import BundledChecklists
internal import Checklist
internal import Evidence
internal import Foundation
internal import Probes

/// The configuration of one launch, its checklist and its evidence file.
struct Workspace: Sendable {
  /// The configuration's folder; relative paths in it start here.
  var folder: String
  var configuration: Configuration
  var checklist: Checklist
  var evidence: EvidenceFile

  /// The folder in which git and the repository's probes look.
  var repository: String { Self.resolve(configuration.repository, in: folder) }

  /// Reads what the options and the working folder lead to.
  ///
  /// - Throws: `NotConfigured` where there is no configuration, or a `Problem`.
  init(_ options: GlobalOptions) throws {
    guard let path = options.config ?? Self.findConfiguration() else { throw NotConfigured() }
    let yaml = try Self.text(of: path)
    configuration = try Configuration.read(yaml: yaml, file: path, launch: options.launch)
    folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    if let evidence = options.evidence {
      self.evidence = EvidenceFile(path: evidence)
    } else {
      evidence = EvidenceFile(path: Self.resolve(configuration.evidence, in: folder))
    }
    checklist = try Self.checklist(options.checklist ?? configuration.checklist, folder: folder)
  }

  /// There is no `launchgate.yaml` up to the repository's top.
  struct NotConfigured: Error {}

  /// The checklist of that name or path, linted.
  static func checklist(_ name: String, folder: String) throws -> Checklist {
    let isBundled = BundledChecklists.names.contains(name)
    let path = isBundled ? name : resolve(name, in: folder)
    let yaml = try BundledChecklists.yaml(name) ?? text(of: path)
    let checklist = try Checklist.read(yaml: yaml, file: path)
    let faults = ProbeRegistry.faults(in: checklist, file: path)
    guard faults.isEmpty else { throw DocumentFaults(faults) }
    return checklist
  }

  /// The text of a file of at most 1 MiB.
  static func text(of path: String) throws -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Problem("\(path) cannot be read", hint: "check the path and its permissions")
    }
    defer { try? handle.close() }
    let data = (try? handle.read(upToCount: 1 << 20 + 1)) ?? Data()
    guard data.count <= 1 << 20 else {
      throw Problem("\(path) is larger than 1 MiB", code: Status.usage)
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Problem("\(path) is not UTF-8", code: Status.usage)
    }
    return text
  }

  static func resolve(_ path: String, in folder: String) -> String {
    if path.hasPrefix("/") { return path }
    return URL(fileURLWithPath: folder).appendingPathComponent(path).standardizedFileURL.path
  }

  /// The next `launchgate.yaml` from here up to the top of the git repository.
  static func findConfiguration() -> String? {
    // The working folder may be gone: then its path is empty, and nothing is above it.
    var parts = FileManager.default.currentDirectoryPath.split(separator: "/")[...]
    while !parts.isEmpty {
      let folder = "/" + parts.joined(separator: "/")
      let file = "\(folder)/\(Configuration.fileName)"
      if FileManager.default.fileExists(atPath: file) { return file }
      if FileManager.default.fileExists(atPath: "\(folder)/.git") { return nil }
      parts = parts.dropLast()
    }
    return nil
  }
}
