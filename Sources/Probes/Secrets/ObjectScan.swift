internal import Checklist
internal import Foundation

/// Looks at objects in several streams at once, and at what Git LFS fetched for them.
struct ObjectScan: Sendable {
  let repository: GitRepository
  let scanner: SecretScanner

  private(set) var matches: [ScanPass.Found] = []
  private(set) var pointers: [LFSPointer] = []
  /// Those of the pointers whose content is not here or too large.
  private(set) var unfetched: [LFSPointer] = []
  /// Whether every object of the listing that is small enough was read and looked at.
  private var isComplete = false

  init(repository: GitRepository, scanner: SecretScanner) {
    self.repository = repository
    self.scanner = scanner
  }

  /// Less is not worth a second process.
  private static let streamShare = 8 << 20
  /// What an object costs beside its bytes, in bytes.
  private static let objectCost = 4_096
  /// Deltas are put together from bases that git keeps; half of its own limit costs hardly any
  /// time and keeps two processes small.
  private static let reading = [
    "-c", "core.deltaBaseCacheLimit=48m", "cat-file", "--batch", "--buffer",
  ]

  /// What one stream gave, why it ended early, and whether git had nothing to complain of.
  private struct Reading: Sendable {
    var result: ScanPass.Result
    var failure: CommandFailure?
    var isClean = false
  }

  /// Looks at all objects of the listing but trees, which hold nothing but names.
  mutating func scan(_ listing: ObjectListing, _ observation: inout SecretObservation) async {
    let wanted = listing.entries.filter { $0.type != .tree }
    let small = wanted.filter { $0.size <= SecretSearch.sizeLimit }
    observation.objects += listing.entries.count
    if listing.unreadable > 0 {
      observation.miss(
        listing.unreadable.counted("object is damaged", "objects are damaged"),
        hint: HistoryGap.missing.hint)
    }
    if small.count < wanted.count {
      observation.miss(
        (wanted.count - small.count).counted("object")
          + " above \(SecretSearch.sizeLimit >> 20) MiB skipped",
        hint: "look at those large files by hand")
    }
    observation.blobs += small.count { $0.type == .blob }
    observation.commits += small.count { $0.type == .commit }
    observation.tags += small.count { $0.type == .tag }
    let parts = Self.shares(small)
    let readings = await withTaskGroup(of: Reading.self) { [repository, scanner] group in
      for part in parts {
        group.addTask { await Self.stream(part, repository, scanner) }
      }
      return await group.reduce(into: [Reading]()) { $0.append($1) }
    }
    let read = readings.reduce(0) { $0 + $1.result.stream.count }
    isComplete =
      read == small.count && listing.unreadable == 0
      && readings.allSatisfy { $0.failure == nil && $0.isClean && !$0.result.isCut }
    for failure in readings.compactMap(\.failure).prefix(1) {
      observation.miss(failure.reason, hint: failure.hint)
    }
    if read < small.count || readings.contains(where: { !$0.result.stream.isComplete }) {
      observation.miss(
        "\(small.count - read) of \(small.count.counted("object")) could not be read",
        hint: HistoryGap.missing.hint)
    }
    for reading in readings {
      observation.bytes += reading.result.bytes
      matches += reading.result.matches
      pointers += reading.result.pointers
    }
  }

  /// Neighbours stay together, because git stores the versions of a file beside each other.
  private static func shares(_ entries: [ObjectListing.Entry]) -> [[ObjectID]] {
    let total = entries.reduce(0) { $0 + $1.size + objectCost }
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let count = max(1, min(processors, 8, total / streamShare))
    var shares: [[ObjectID]] = [[]]
    var cost = 0
    for entry in entries {
      if cost * count >= total * shares.count, !shares[shares.count - 1].isEmpty {
        shares.append([])
      }
      shares[shares.count - 1].append(entry.id)
      cost += entry.size + objectCost
    }
    return shares.filter { !$0.isEmpty }
  }

  private static func stream(
    _ ids: [ObjectID], _ repository: GitRepository, _ scanner: SecretScanner
  ) async -> Reading {
    let pass = ScanPass(scanner)
    do throws(CommandFailure) {
      let answer = try await repository.command(reading)
        .stream(input: ids.lines) { try pass.take($0) }
      // A complaint means that git found its way round some damage.
      return Reading(
        result: pass.result, isClean: answer.succeeded && answer.errors.isEmpty)
    } catch {
      return Reading(result: pass.result, failure: error)
    }
  }

  /// Adds what an earlier scan found in objects that were not looked at now.
  mutating func add(
    _ memory: ScanMemory, _ coverage: ScanCoverage, _ observation: inout SecretObservation
  ) {
    guard !coverage.isEmpty else { return }
    matches += memory.matches.filter { coverage.contains($0.object) }
    pointers += memory.pointers.filter { coverage.contains($0.object) }
    observation.objects += coverage.count
    observation.remembered = coverage.count
    for pack in memory.packs {
      observation.blobs += pack.blobs
      observation.commits += pack.commits
      observation.tags += pack.tags
      observation.bytes += pack.bytes
    }
  }

  /// Looks at contents that Git LFS keeps beside the objects; those that are not here are a gap.
  mutating func scanFetched(_ commonFolder: String, _ observation: inout SecretObservation) {
    for pointer in pointers {
      let path = pointer.path(below: commonFolder)
      if ContinuousClock.now < repository.deadline,
        case .content(let bytes) = FileBytes.read(path, limit: SecretSearch.sizeLimit)
      {
        observation.bytes += bytes.count
        matches += bytes.withUnsafeBytes(scanner.scan).map {
          ScanPass.Found(object: pointer.object, type: .blob, match: $0)
        }
      } else {
        unfetched.append(pointer)
      }
    }
    if !unfetched.isEmpty {
      observation.miss(
        unfetched.count.counted(
          "file that Git LFS keeps is not here or too large",
          "files that Git LFS keeps are not here or too large"),
        hint: "git lfs fetch --all")
    }
  }
}

extension ObjectScan {
  /// From where the blobs with findings came.
  struct Places: Sendable {
    /// In all commits.
    var all: [ObjectID: BlobOrigin] = [:]
    /// In the commits of packs alone, whose memory can be kept; nil where that is not known.
    var packed: [ObjectID: BlobOrigin]?
  }

  /// Asks the commits; those of known packs only where a blob with a finding is new.
  func origins(
    _ listing: ObjectListing, _ memory: ScanMemory, _ coverage: ScanCoverage,
    _ packs: [PackFile], _ observation: inout SecretObservation
  ) async -> Places {
    let blobs = Set(
      matches.filter { $0.type == .blob }.map(\.object) + unfetched.map(\.object))
    let isKnown = !coverage.isEmpty && blobs.allSatisfy { memory.origins[$0] != nil }
    var places = Places(packed: isKnown ? memory.origins : [:])
    do throws(GitFailure) {
      let commits =
        isKnown || coverage.isEmpty
        ? listing.ids(.commit) : try await repository.objects().ids(.commit)
      let names = packs.map(\.names)
      let isPacked = { (id: ObjectID) in names.contains { $0.holds(id) } }
      let packed = commits.filter(isPacked)
      let loose = packed.count == commits.count ? [] : commits.filter { !isPacked($0) }
      places.packed?.unite(try await repository.origins(of: blobs, commits: packed))
      places.all = places.packed ?? [:]
      places.all.unite(try await repository.origins(of: blobs, commits: loose))
    } catch {
      places.packed = nil
      observation.miss(
        "paths of the findings are not known: \(error.reason)", hint: error.hint)
    }
    return places
  }

  /// What the next scan need not look at again; nil where something was not looked at now.
  func memory(
    _ listing: ObjectListing, _ memory: ScanMemory, _ packs: [PackFile], _ places: Places
  ) -> ScanMemory? {
    guard isComplete, let origins = places.packed, !packs.isEmpty,
      matches.count <= ScanMemory.matchLimit
    else { return nil }
    var next = ScanMemory(key: memory.key)
    let entries = listing.entries.sorted { $0.id < $1.id }
    let repeated = ScanCoverage.repeated(packs)
    let known = Dictionary(memory.packs.map { ($0.digest, $0) }) { first, _ in first }
    next.packs = packs.map { pack in
      known[pack.digest] ?? Self.remembered(pack, entries, repeated)
    }
    let kept = ScanCoverage(next, packs)
    next.matches = matches.filter { kept.contains($0.object) }
    next.pointers = pointers.filter { kept.contains($0.object) }
    let isWanted = Set(next.matches.map(\.object) + next.pointers.map(\.object))
    next.origins = origins.filter { isWanted.contains($0.key) }
    return next == memory ? nil : next
  }

  /// A pack that was looked at: what of it was in the sorted listing.
  private static func remembered(
    _ pack: PackFile, _ entries: [ObjectListing.Entry], _ repeated: Set<ObjectID>
  ) -> ScanMemory.Pack {
    var record = ScanMemory.Pack(
      digest: pack.digest, skipped: [], blobs: 0, commits: 0, tags: 0, bytes: 0)
    var next = 0
    for name in pack.names {
      while next < entries.count, entries[next].id < name { next += 1 }
      guard next < entries.count, entries[next].id == name, !repeated.contains(name),
        entries[next].type == .tree || entries[next].size <= SecretSearch.sizeLimit
      else {
        record.skipped.insert(name.hex)
        continue
      }
      switch entries[next].type {
      case .blob: record.blobs += 1
      case .commit: record.commits += 1
      case .tag: record.tags += 1
      case .tree: continue
      }
      record.bytes += entries[next].size
    }
    return record
  }
}

extension [ObjectID] {
  /// Whether ascending names hold that one.
  fileprivate func holds(_ id: ObjectID) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == id
  }
}

extension [ObjectID: BlobOrigin] {
  /// Adds what other commits say.
  fileprivate mutating func unite(_ others: [ObjectID: BlobOrigin]) {
    for (object, origin) in others { self[object, default: origin].unite(origin) }
  }
}
