import Checklist

/// Runs the scanner over everything that a repository holds.
struct SecretSearch: Sendable {
  /// Larger contents are not looked at; how many is said.
  static let sizeLimit = 64 << 20

  let repository: GitRepository
  /// Where earlier scans are remembered; nil looks at everything again.
  var store: ScanMemoryStore?

  /// Looks at objects, index and working tree; what is out of reach becomes a gap.
  func observe(_ progress: (String) -> Void) async throws(GitFailure) -> SecretObservation {
    var observation = SecretObservation()
    async let gaps = captured { () throws(GitFailure) in try await repository.historyGaps() }
    let commonFolder = try await repository.commonFolder()
    let known = store?.load()
    let memory = known ?? ScanMemory()
    async let hashed = packs(commonFolder)
    // Without a memory nothing has to wait for the packs to be hashed.
    let coverage = known == nil ? ScanCoverage() : ScanCoverage(memory, await hashed)
    async let listed = captured { () throws(GitFailure) in try await list(besides: coverage) }
    let scanner = SecretScanner(key: memory.key)
    let index = try await repository.index()
    let untracked = try await repository.untracked()
    observation.others = Set(
      index.filter { $0.mode == "160000" }.map(\.path)
        + untracked.filter { $0.bytes.last == UInt8(ascii: "/") }
    ).sorted()
    let tree = scanWorkingTree(
      Set(index.filter(\.isFile).map(\.path)).union(untracked), scanner, &observation)
    for gap in try await gaps.get() { observation.miss(gap.text, hint: gap.hint) }
    let listing: ObjectListing
    do throws(GitFailure) {
      listing = try await listed.get()
    } catch {
      observation.miss(error.reason, hint: error.hint)
      observation.sightings = SecretSighting.merged([], tree, origins: [:], index: index)
      return observation
    }
    progress("scanning \(listing.entries.count.counted("object"))")
    var objects = ObjectScan(repository: repository, scanner: scanner)
    await objects.scan(listing, &observation)
    objects.add(memory, coverage, &observation)
    objects.scanFetched(commonFolder, &observation)
    let packs = await hashed
    let places = await objects.origins(listing, memory, coverage, packs, &observation)
    if let store, let next = objects.memory(listing, memory, packs, places) { store.save(next) }
    observation.unfetched = objects.unfetched.compactMap { places.all[$0.object]?.paths.min() }
    observation.sightings = SecretSighting.merged(
      objects.matches, tree, origins: places.all, index: index)
    return observation
  }

  /// The packs by which a scan is remembered; none where nothing is kept.
  private func packs(_ commonFolder: String) async -> [PackFile] {
    guard store != nil, let width = try? await repository.nameWidth() else { return [] }
    return PackFile.all(in: commonFolder + "/objects/pack", nameWidth: width)
  }

  /// All objects, or where some are known those that are not.
  private func list(besides coverage: ScanCoverage) async throws(GitFailure) -> ObjectListing {
    guard !coverage.isEmpty else { return try await repository.objects() }
    return try await repository.objects(coverage.rest(of: repository.objectNames()))
  }

  private func scanWorkingTree(
    _ paths: Set<GitPath>, _ scanner: SecretScanner, _ observation: inout SecretObservation
  ) -> [WorkingTreeMatch] {
    var found: [WorkingTreeMatch] = []
    var unseen = 0
    for path in paths {
      if Task.isCancelled || ContinuousClock.now > repository.deadline {
        observation.miss(
          "the working tree was not read to its end in time", hint: "allow more time with --timeout"
        )
        break
      }
      switch FileBytes.read(path, below: repository.top, limit: Self.sizeLimit) {
      case .content(let bytes):
        observation.worktreeFiles += 1
        let matches = bytes.withUnsafeBytes(scanner.scan)
        guard !matches.isEmpty else { break }
        let content = WorkingTreeMatch.blobName(bytes)
        found += matches.map { WorkingTreeMatch(path: path, match: $0, content: content) }
      case .absent, .notRegular: break
      case .tooLarge, .unreadable: unseen += 1
      }
    }
    if unseen > 0 {
      observation.miss(
        "\(unseen) files of the working tree are too large or unreadable",
        hint: "make them readable, or look at them by hand")
    }
    return found
  }
}
