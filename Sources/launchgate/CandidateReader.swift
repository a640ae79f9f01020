internal import Checklist
internal import Evidence
internal import Foundation

/// Finds out what the launch is to ship: the commit and the digests of the declared paths.
struct CandidateReader {
  var repository: String
  /// Declared paths; empty means all.
  var paths: [String]
  /// Absolute paths of evidence and configuration, which do not belong to what ships.
  var excluded: [String]

  /// The candidate as it lies in the working tree, or nil where this is no repository with a
  /// commit, or one whose settings put the working tree elsewhere.
  ///
  /// Changes that are not committed are part of what the probes see. They get into the digests
  /// and mark the commit, so that nobody takes the findings for those of the plain commit.
  func read() -> Candidate? {
    let git = GitCommand(folder: repository)
    guard let commit = git.line(["rev-parse", "--verify", "HEAD"]),
      let top = git.top
    else { return nil }
    let skipped = Set(excluded.map { relative($0, to: top) })
    var trees: [String: String] = [:]
    var isChanged = false
    for path in paths.isEmpty ? ["."] : paths {
      guard
        let listing = git.output(["ls-tree", "-r", "-z", "--full-tree", "HEAD", "--"] + of(path)),
        let changes = changes(git, top, path, skipped)
      else { return nil }
      let lines = listing.split(separator: 0).filter { line in
        guard let tab = line.firstIndex(of: 0x09) else { return false }
        return !skipped.contains(String(decoding: line[line.index(after: tab)...], as: UTF8.self))
      }
      isChanged = isChanged || !changes.isEmpty
      trees[path] = Digest(of: Array(lines.joined(separator: [0])) + [0] + changes).description
    }
    return Candidate(commit: isChanged ? "\(commit)+changes" : commit, trees: trees)
  }

  private func of(_ path: String) -> [String] { path == "." ? [] : [path] }

  /// What the working tree has that the commit has not; empty where nothing.
  private func changes(
    _ git: GitCommand, _ top: String, _ path: String, _ skipped: Set<String>
  ) -> [UInt8]? {
    let pathspec =
      [":(top)\(path == "." ? "" : path)"]
      + skipped.sorted().map {
        ":(top,exclude,literal)\($0)"
      }
    guard
      let difference = git.output(
        ["diff", "--no-ext-diff", "--no-textconv", "--binary", "HEAD", "--"] + pathspec),
      let untracked = git.output(
        ["ls-files", "-z", "--others", "--exclude-standard", "--full-name", "--"] + pathspec)
    else { return nil }
    guard let below = submodules(git, top, pathspec) else { return nil }
    if untracked.isEmpty { return Array(difference) + below }
    return Array(difference) + Array(untracked) + Array(hashes(top, untracked)) + below
  }

  /// What the working trees of submodules have that their commits have not.
  ///
  /// Each is asked by itself: git would ask it with the filters that stand in its own settings.
  private func submodules(
    _ git: GitCommand, _ top: String, _ pathspec: [String]
  ) -> [UInt8]? {
    guard let staged = git.output(["ls-files", "-z", "--stage", "--full-name", "--"] + pathspec)
    else { return nil }
    var found: [UInt8] = []
    for line in staged.split(separator: 0) where line.starts(with: "160000 ".utf8) {
      guard let tab = line.firstIndex(of: 0x09) else { return nil }
      let name = String(decoding: line[line.index(after: tab)...], as: UTF8.self)
      let folder = "\(top)/\(name)"
      guard FileManager.default.fileExists(atPath: "\(folder)/.git") else { continue }
      let below = GitCommand(folder: folder)
      guard let topBelow = below.top, let changed = changes(below, topBelow, ".", []) else {
        return nil
      }
      if !changed.isEmpty { found += Array(name.utf8) + [0] + changed }
    }
    return found
  }

  private func hashes(_ top: String, _ names: Data) -> Data {
    let files = names.split(separator: 0).filter { !$0.contains(0x0a) }
    let inTop = GitCommand(folder: top)
    return inTop.output(
      ["hash-object", "--no-filters", "--stdin-paths"],
      input: Data(files.map { $0 + [0x0a] }.joined())) ?? Data()
  }

  private func relative(_ path: String, to top: String) -> String {
    let full = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let base = URL(fileURLWithPath: top).resolvingSymlinksInPath().path + "/"
    return full.hasPrefix(base) ? String(full.dropFirst(base.count)) : path
  }
}
