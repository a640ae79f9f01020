/// From where a blob came: the first commit that brought it in, and all its paths.
struct BlobOrigin: Equatable, Sendable {
  var commit: String?
  var time: Int
  var paths: Set<GitPath>
}

extension GitRepository {
  /// The origins of these blobs, from all commits that are stored, reachable or not.
  func origins(
    of blobs: Set<String>, commits: [String]
  ) async throws(GitFailure) -> [String: BlobOrigin] {
    guard !blobs.isEmpty, !commits.isEmpty else { return [:] }
    let log = try await run(
      [
        "log", "--no-walk=unsorted", "--stdin", "--raw", "-m", "--root", "--no-abbrev",
        "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative",
        "--no-show-signature", "-z", "--format=%x01%H %ct",
      ], input: Array((commits.joined(separator: "\n") + "\n").utf8))
    return Self.origins(of: blobs, log: log)
  }

  /// Reads `log --raw -z`: a commit line, then pairs of a line `:modes ids status` and a path.
  static func origins(of blobs: Set<String>, log: [UInt8]) -> [String: BlobOrigin] {
    var origins: [String: BlobOrigin] = [:]
    var commit = ""
    var time = 0
    var object: String?
    for token in log.split(separator: 0) {
      if let blob = object {
        object = nil
        guard blobs.contains(blob) else { continue }
        var origin = origins[blob] ?? BlobOrigin(commit: commit, time: time, paths: [])
        if (time, commit) < (origin.time, origin.commit ?? "") {
          (origin.commit, origin.time) = (commit, time)
        }
        origin.paths.insert(GitPath(token))
        origins[blob] = origin
        continue
      }
      let line = token.first == 0x0A ? token.dropFirst() : token
      if line.first == 0x01 {
        let words = String(decoding: line.dropFirst(), as: UTF8.self).split(separator: " ")
        commit = words.first.map(String.init) ?? ""
        time = words.dropFirst().first.flatMap { Int($0) } ?? 0
      } else if line.first == UInt8(ascii: ":") {
        let words = line.split(separator: 0x20)
        object = words.count == 5 ? String(decoding: words[3], as: UTF8.self) : ""
      }
    }
    return origins
  }
}
