/// What earlier scans of a repository found, so that no pack is looked at twice.
///
/// A pack is known by all of its bytes, not by a name, a time or a path: whoever changes what lies
/// in it makes it another pack. What is loose, and what lies in two packs, is looked at each time.
struct ScanMemory: Equatable, Sendable {
  /// A pack of which everything was looked at.
  struct Pack: Hashable, Sendable, Codable {
    var digest: String
    /// Objects in it that were not looked at after all, in hexadecimal digits.
    var skipped: Set<String>
    var blobs: Int
    var commits: Int
    var tags: Int
    var bytes: Int
  }

  var key = FingerprintKey()
  var packs: [Pack] = []
  var matches: [ScanPass.Found] = []
  var pointers: [LFSPointer] = []
  /// Of the blobs among the matches and pointers, in the commits of these packs.
  var origins: [ObjectID: BlobOrigin] = [:]

  /// Findings of larger number are looked for again, so that what is kept stays small.
  static let matchLimit = 20_000
}

/// What need not be looked at again.
struct ScanCoverage: Sendable {
  /// In ascending order.
  private let names: [ObjectID]

  /// Nothing was looked at.
  init() { names = [] }

  /// All that lies in known packs, if all packs that the memory speaks of are still there.
  ///
  /// A pack that is gone takes commits and paths with it, of which the memory tells nothing apart.
  init(_ memory: ScanMemory, _ packs: [PackFile]) {
    let known = Dictionary(memory.packs.map { ($0.digest, $0) }) { first, _ in first }
    let present = packs.filter { known[$0.digest] != nil }
    guard !known.isEmpty, Set(present.map(\.digest)).count == known.count else {
      names = []
      return
    }
    let repeated = Self.repeated(packs)
    var names: [ObjectID] = []
    for pack in present {
      let skipped = Set((known[pack.digest]?.skipped ?? []).compactMap(ObjectID.init))
      names += skipped.isEmpty ? pack.names : pack.names.filter { !skipped.contains($0) }
    }
    if !repeated.isEmpty { names.removeAll(where: repeated.contains) }
    self.names = present.count == 1 ? names : names.sorted()
  }

  /// What lies in more than one pack: which of them git reads is not known.
  static func repeated(_ packs: [PackFile]) -> Set<ObjectID> {
    guard packs.count > 1 else { return [] }
    let all = packs.flatMap(\.names).sorted()
    return Set(zip(all, all.dropFirst()).filter { $0 == $1 }.map(\.0))
  }

  var isEmpty: Bool { names.isEmpty }

  var count: Int { names.count }

  /// Whether it was looked at.
  func contains(_ id: ObjectID) -> Bool {
    var (low, high) = (0, names.count)
    while low < high {
      let middle = (low + high) / 2
      if names[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low < names.count && names[low] == id
  }

  /// Those of ascending names that were not looked at.
  func rest(of all: [ObjectID]) -> [ObjectID] {
    var next = 0
    return all.filter { id in
      while next < names.count, names[next] < id { next += 1 }
      return next >= names.count || names[next] != id
    }
  }
}
