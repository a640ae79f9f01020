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
  /// The configuration, and the checklist where it is no bundled one: what trust is about.
  var files: [TrustedFile]
  /// Whether the user named the evidence file, and not the configuration.
  var isEvidenceGiven: Bool

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
    files = [TrustedFile(path: path, text: yaml)]
    isEvidenceGiven = options.evidence != nil
    if let evidence = options.evidence {
      self.evidence = EvidenceFile(path: evidence)
    } else {
      evidence = EvidenceFile(path: Self.resolve(configuration.evidence, in: folder))
    }
    let name = options.checklist ?? configuration.checklist
    let source = try Self.source(name, folder: folder)
    checklist = try Self.checklist(source)
    // The bytes that were read are those that trust is about: the file may be another one by now.
    if let path = source.path { files.append(TrustedFile(path: path, text: source.yaml)) }
  }

  /// There is no `launchgate.yaml` up to the repository's top.
  struct NotConfigured: Error {}

  /// The checklist of that name or path, if nothing keeps it from being used.
  static func checklist(_ name: String, folder: String) throws -> Checklist {
    try checklist(try source(name, folder: folder))
  }

  private static func checklist(_ source: Source) throws -> Checklist {
    let document = document(source)
    let faults = (document.faults + ProbeRegistry.faults(in: document)).inOrder
    guard faults.isEmpty else { throw DocumentFaults(faults) }
    return try document.sound()
  }

  /// The checklist of that name or path with its faults, which are not thrown.
  static func document(_ name: String, folder: String) throws -> ChecklistDocument {
    document(try source(name, folder: folder))
  }

  private static func document(_ source: Source) -> ChecklistDocument {
    ChecklistDocument(
      yaml: source.yaml, file: source.path ?? source.name, library: .bundled)
  }

  /// A checklist as it was read, once.
  private struct Source {
    var name: String
    /// Nil for a bundled one.
    var path: String?
    var yaml: String
  }

  private static func source(_ name: String, folder: String) throws -> Source {
    if let yaml = BundledChecklists.yaml(name) { return Source(name: name, yaml: yaml) }
    let path = resolve(name, in: folder)
    return Source(name: name, path: path, yaml: try text(of: path))
  }

  /// The text of a file of at most 1 MiB.
  static func text(of path: String) throws -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Problem("\(path) cannot be read", hint: "check the path and its permissions")
    }
    defer { try? handle.close() }
    let data = (try? handle.read(upToCount: DocumentText.limit + 1)) ?? Data()
    return try DocumentText.decode([UInt8](data), file: path)
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

extension ChecklistLibrary {
  /// The bundled checklists, and what the probes know of themselves.
  static let bundled = ChecklistLibrary(
    names: BundledChecklists.names, yaml: { BundledChecklists.yaml($0) },
    strictness: { ProbeRegistry.strictness($0, $1) })
}
