/// A file of the index.
struct IndexEntry: Hashable, Sendable {
  /// `100644`, `120000` for a link, `160000` for a submodule.
  var mode: String
  var object: String
  var path: GitPath

  var isFile: Bool { mode.hasPrefix("100") }
}

extension GitRepository {
  /// What is tracked now, conflicting stages included.
  func index() async throws(GitFailure) -> [IndexEntry] {
    let listing = try await run(["ls-files", "-z", "--stage"])
    return listing.split(separator: 0).compactMap { line in
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let words = line[..<tab].split(separator: UInt8(ascii: " "))
        .map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 3 else { return nil }
      return IndexEntry(mode: words[0], object: words[1], path: GitPath(line[(tab + 1)...]))
    }
  }

  /// What lies in the working tree, is not tracked and not ignored.
  func untracked() async throws(GitFailure) -> [GitPath] {
    GitPath.list(try await run(["ls-files", "-z", "--others", "--exclude-standard"]))
  }

  /// What lies in the working tree, is not tracked and is ignored; whole folders end with `/`.
  func ignored() async throws(GitFailure) -> [GitPath] {
    GitPath.list(
      try await run([
        "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory",
      ]))
  }

  /// Tracked files and those that would be, links too, each once, in order.
  func files() async throws(GitFailure) -> [GitPath] {
    let tracked = try await index().filter { $0.mode != "160000" }.map(\.path)
    return Array(Set(tracked + (try await untracked()))).sorted()
  }
}
