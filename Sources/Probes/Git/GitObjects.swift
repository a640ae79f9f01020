import Glibc

/// What is stored in a repository, reachable or not, without the contents.
struct ObjectListing: Sendable {
  /// An object of the listing.
  struct Entry: Sendable {
    var id: String
    var type: String
    var size: Int
  }

  var entries: [Entry]

  /// The ids of one type.
  func ids(_ type: String) -> [String] { entries.filter { $0.type == type }.map(\.id) }
}

/// Why not every object of a repository's history can be there.
enum HistoryGap: String, Sendable, CaseIterable {
  case shallow
  case partial
  case missing

  var text: String {
    switch self {
    case .shallow: "the clone is shallow: earlier commits are not here"
    case .partial: "the clone is partial: some contents were never fetched"
    case .missing: "objects that the history needs are missing or damaged"
    }
  }

  var hint: String {
    switch self {
    case .shallow: "git fetch --unshallow --tags"
    case .partial: "make a full clone, without --filter"
    case .missing: "git fsck shows what is damaged; a fresh clone repairs it"
    }
  }
}

extension GitRepository {
  /// All objects, those of alternates and those that nothing refers to included.
  func objects() async throws(GitFailure) -> ObjectListing {
    let listing = try await run([
      "cat-file", "--batch-all-objects", "--unordered", "--batch-check", "--buffer",
    ])
    var entries: [ObjectListing.Entry] = []
    for line in listing.split(separator: 0x0A) {
      let words = line.split(separator: 0x20)
      guard words.count == 3, let size = Int(String(decoding: words[2], as: UTF8.self)) else {
        throw .refused("cat-file", "an object is listed without a size")
      }
      entries.append(
        .init(
          id: String(decoding: words[0], as: UTF8.self),
          type: String(decoding: words[1], as: UTF8.self), size: size))
    }
    return ObjectListing(entries: entries)
  }

  /// What is known to be absent from the history.
  func historyGaps() async throws(GitFailure) -> [HistoryGap] {
    var gaps: [HistoryGap] = []
    let shallow = try await run(["rev-parse", "--is-shallow-repository"])
    if shallow.starts(with: Array("true".utf8)) { gaps.append(.shallow) }
    let promisors = try await attempt([
      "config", "--get-regexp",
      #"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"#,
    ])
    guard promisors.status <= 1 else { throw .refused("config", promisors.complaint) }
    if !promisors.bytes.isEmpty { gaps.append(.partial) }
    let reached = try await attempt([
      "rev-list", "--objects", "--all", "--indexed-objects", "--no-object-names", "--missing=print",
    ])
    // Missing objects have a question mark in front, and names of files are not printed.
    let isMissing = reached.bytes.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memchr($0, 0x3F, bytes.count) != nil } ?? false
    }
    if !reached.succeeded || (isMissing && !gaps.contains(.partial)) { gaps.append(.missing) }
    return gaps
  }
}
