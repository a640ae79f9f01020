internal import Synchronization

/// The four kinds of objects that git stores.
enum ObjectType: String, Sendable, CaseIterable {
  case blob
  case commit
  case tag
  case tree

  /// The kind of that name.
  init?(_ name: UnsafeRawBufferPointer) {
    guard let type = Self.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name) }) else {
      return nil
    }
    self = type
  }
}

/// What is stored in a repository, reachable or not, without the contents.
struct ObjectListing: Sendable {
  /// An object of the listing.
  struct Entry: Sendable {
    var id: ObjectID
    var type: ObjectType
    var size: Int
  }

  var entries: [Entry] = []
  /// Objects of which git cannot tell kind and size, because they are damaged.
  var unreadable = 0

  /// The ids of one type.
  func ids(_ type: ObjectType) -> [ObjectID] { entries.filter { $0.type == type }.map(\.id) }

  /// How many there are of one type.
  func count(_ type: ObjectType) -> Int { entries.count { $0.type == type } }

  /// Reads `<id> <type> <size>`; anything else stands for an object that cannot be read.
  mutating func take(line: UnsafeRawBufferPointer) {
    let words = ObjectListing.words(line)
    guard let words, let id = ObjectID(hex: words.0), let type = ObjectType(words.1),
      let size = ObjectListing.number(words.2)
    else {
      unreadable += 1
      return
    }
    entries.append(Entry(id: id, type: type, size: size))
  }

  /// Three words with single blanks between.
  static func words(
    _ line: UnsafeRawBufferPointer
  ) -> (UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer)? {
    guard let first = line.firstIndex(of: 0x20),
      let second = line[(first + 1)...].firstIndex(of: 0x20)
    else { return nil }
    return (
      UnsafeRawBufferPointer(rebasing: line[..<first]),
      UnsafeRawBufferPointer(rebasing: line[(first + 1)..<second]),
      UnsafeRawBufferPointer(rebasing: line[(second + 1)...])
    )
  }

  /// A number without sign that leaves room for one more.
  static func number(_ digits: UnsafeRawBufferPointer) -> Int? {
    guard (1...19).contains(digits.count) else { return nil }
    var number = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflows) = product.addingReportingOverflow(Int(digit) - 0x30)
      guard !isTooLarge, !overflows, sum < Int.max else { return nil }
      number = sum
    }
    return number
  }
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
    try await listing([
      "cat-file", "--batch-all-objects", "--unordered", "--batch-check", "--buffer",
    ])
  }

  /// These objects, in this order.
  func objects(_ ids: [ObjectID]) async throws(GitFailure) -> ObjectListing {
    guard !ids.isEmpty else { return ObjectListing() }
    return try await listing(["cat-file", "--batch-check", "--buffer"], input: ids.lines)
  }

  /// The names of all objects, each once, in ascending order.
  func objectNames() async throws(GitFailure) -> [ObjectID] {
    let names = Mutex<(splitter: LineSplitter, ids: [ObjectID])>((LineSplitter(at: 0x0A), []))
    try await streamed([
      "cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--buffer",
    ]) { piece in
      try names.withLock { names in
        var ids = names.ids
        names.ids = []
        try names.splitter.take(piece) { line in
          guard let id = ObjectID(hex: line) else { throw ObjectStream.Malformed() }
          ids.append(id)
        }
        names.ids = ids
      }
    }
    return names.withLock(\.ids)
  }

  private func listing(
    _ arguments: [String], input: [UInt8] = []
  ) async throws(GitFailure) -> ObjectListing {
    let state = Mutex<(splitter: LineSplitter, listing: ObjectListing)>(
      (LineSplitter(at: 0x0A), ObjectListing()))
    try await streamed(arguments, input: input) { piece in
      try state.withLock { state in
        var listing = state.listing
        state.listing = ObjectListing()
        try state.splitter.take(piece) { listing.take(line: $0) }
        state.listing = listing
      }
    }
    return state.withLock(\.listing)
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
    // Missing objects have a question mark in front, and names of files are not printed.
    let isMissing = Mutex(false)
    let reached: CommandOutput
    do throws(CommandFailure) {
      reached = try await command([
        "rev-list", "--objects", "--all", "--indexed-objects", "--no-object-names",
        "--missing=print",
      ]).stream(input: []) { piece in
        if piece.contains(0x3F) { isMissing.withLock { $0 = true } }
      }
    } catch {
      throw .command(error)
    }
    let misses = isMissing.withLock { $0 } && !gaps.contains(.partial)
    if !reached.succeeded || misses { gaps.append(.missing) }
    return gaps
  }
}

extension [ObjectID] {
  /// One a line, as git reads them.
  var lines: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * 41)
    for id in self {
      id.appendHex(to: &bytes)
      bytes.append(0x0A)
    }
    return bytes
  }
}
