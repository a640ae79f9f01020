internal import Synchronization

/// From where a blob came: the first commit that brought it in, and all its paths.
struct BlobOrigin: Equatable, Sendable {
  var commit: String
  var time: Int
  var paths: Set<GitPath>

  /// The earlier of the two commits, and the paths of both.
  mutating func unite(_ other: BlobOrigin) {
    if (other.time, other.commit) < (time, commit) { (commit, time) = (other.commit, other.time) }
    paths.formUnion(other.paths)
  }
}

extension GitRepository {
  /// The origins of these blobs in these commits.
  func origins(
    of blobs: Set<ObjectID>, commits: [ObjectID]
  ) async throws(GitFailure) -> [ObjectID: BlobOrigin] {
    guard !blobs.isEmpty, !commits.isEmpty else { return [:] }
    guard commits.count > Self.logShare else { return try await someOrigins(of: blobs, commits) }
    // Two at once: a long history takes git as long as a small share of its contents.
    let middle = commits.count / 2
    async let half = captured { () throws(GitFailure) in
      try await someOrigins(of: blobs, Array(commits[..<middle]))
    }
    var origins = try await someOrigins(of: blobs, Array(commits[middle...]))
    for (blob, origin) in try await half.get() { origins[blob, default: origin].unite(origin) }
    return origins
  }

  /// Fewer commits are not worth a second process.
  private static let logShare = 2_000

  private func someOrigins(
    of blobs: Set<ObjectID>, _ commits: [ObjectID]
  ) async throws(GitFailure) -> [ObjectID: BlobOrigin] {
    let reader = Mutex(BlobOriginReader(blobs))
    try await streamed(
      [
        "log", "--no-walk=unsorted", "--stdin", "--raw", "-m", "--root", "--no-abbrev",
        "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative",
        "--no-show-signature", "-z", "--format=%x01%H %ct",
      ], input: commits.lines
    ) { piece in try reader.withLock { try $0.take(piece) } }
    return reader.withLock(\.origins)
  }
}

/// Reads `log --raw -z`: a commit line, then pairs of a line `:modes ids status` and a path.
struct BlobOriginReader: Sendable {
  private(set) var origins: [ObjectID: BlobOrigin] = [:]
  private let blobs: Set<ObjectID>
  private var splitter = LineSplitter(at: 0)
  private var commit = ""
  private var time = 0
  private var isPath = false
  private var object: ObjectID?

  /// A reader for these blobs.
  init(_ blobs: Set<ObjectID>) { self.blobs = blobs }

  /// Takes the next piece of what git wrote.
  mutating func take(_ piece: UnsafeRawBufferPointer) throws {
    var splitter = splitter
    self.splitter = LineSplitter(at: 0)
    try splitter.take(piece) { take(token: $0) }
    self.splitter = splitter
  }

  private mutating func take(token: UnsafeRawBufferPointer) {
    if isPath {
      isPath = false
      guard let object else { return }
      let origin = BlobOrigin(commit: commit, time: time, paths: [GitPath(token)])
      origins[object, default: origin].unite(origin)
      return
    }
    let line =
      token.first == 0x0A ? UnsafeRawBufferPointer(rebasing: token.dropFirst()) : token
    if line.first == 0x01 {
      let words = String(decoding: line.dropFirst(), as: UTF8.self).split(separator: " ")
      commit = words.first.map(String.init) ?? ""
      time = words.dropFirst().first.flatMap { Int($0) } ?? 0
    } else if line.first == UInt8(ascii: ":") {
      isPath = true
      object = Self.newObject(line).flatMap { blobs.contains($0) ? $0 : nil }
    }
  }

  // `:100644 100644 <old> <new> M`: the new id lies between the third and the fourth blank.
  private static func newObject(_ line: UnsafeRawBufferPointer) -> ObjectID? {
    let width = (line.count - 18) / 2
    let begin = 16 + width
    guard line.count > 18, begin + width <= line.count else { return nil }
    return ObjectID(hex: UnsafeRawBufferPointer(rebasing: line[begin..<begin + width]))
  }
}
