internal import Checklist
internal import Evidence
internal import Foundation

/// Evidence files of other launches in a folder, the latest first.
///
/// Only what is intact is taken, and only so much of it that a first page does not wait for it.
struct EarlierLaunches {
  /// One launch that was walked before.
  struct Launch {
    var path: String
    var subject: String
    var release: String
    var evidence: Evidence
  }

  /// Larger files are left to `:carry` and `launchgate carry`.
  private static let sizeLimit = 16 << 20
  /// Only the files that were changed last are read.
  private static let countLimit = 8

  private let paths: [String]

  /// The files in that folder, without one.
  init(_ folder: String, besides own: String? = nil) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let files = names.filter { $0.hasSuffix(".evidence.json") }.compactMap { name in
      let path = URL(fileURLWithPath: folder).appendingPathComponent(name).standardizedFileURL.path
      let found = try? FileManager.default.attributesOfItem(atPath: path)
      guard path != own, let found, found[.type] as? FileAttributeType == .typeRegular,
        let size = found[.size] as? Int, size <= Self.sizeLimit,
        let changed = found[.modificationDate] as? Date
      else { return (path: String, changed: Date)?.none }
      return (path, changed)
    }
    paths = files.sorted { ($1.changed, $0.path) < ($0.changed, $1.path) }.prefix(Self.countLimit)
      .map(\.path)
  }

  /// The latest launch that is wanted, by its last record; nil where there is none.
  func first(where isWanted: (Launch) -> Bool = { _ in true }) -> Launch? {
    paths.compactMap(Self.launch).filter(isWanted).max {
      Self.end($0.evidence) < Self.end($1.evidence)
    }
  }

  private static func end(_ evidence: Evidence) -> Int {
    evidence.entries.map(\.record.at.seconds).max() ?? 0
  }

  private static func launch(_ path: String) -> Launch? {
    guard let evidence = try? EvidenceFile(path: path).read() else { return nil }
    for entry in evidence.entries {
      guard case .opened(let opened) = entry.record.body else { continue }
      return Launch(
        path: path, subject: opened.subject, release: opened.release, evidence: evidence)
    }
    return nil
  }
}
