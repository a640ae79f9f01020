/// Runs the scanner over everything that a repository holds.
struct SecretSearch: Sendable {
  /// Larger contents are not looked at; how many is said.
  static let sizeLimit = 64 << 20

  let repository: GitRepository
  let scanner = SecretScanner()

  /// Looks at objects, index and working tree; what is out of reach becomes a gap.
  func observe(_ progress: (String) -> Void) async throws(GitFailure) -> SecretObservation {
    var observation = SecretObservation()
    for gap in try await repository.historyGaps() {
      observation.gaps.append(gap.text)
      observation.hint = observation.hint ?? gap.hint
    }
    let index = try await repository.index()
    let untracked = try await repository.untracked()
    observation.others = Set(
      index.filter { $0.mode == "160000" }.map(\.path)
        + untracked.filter { $0.bytes.last == UInt8(ascii: "/") }
    ).sorted()
    let tree = scanWorkingTree(
      Set(index.filter(\.isFile).map(\.path)).union(untracked), &observation)
    let listing: ObjectListing
    do throws(GitFailure) {
      listing = try await repository.objects()
    } catch {
      observation.gaps.append(error.reason)
      observation.hint = observation.hint ?? error.hint
      observation.sightings = SecretSighting.merged([], tree, origins: [:], index: index)
      return observation
    }
    progress("scanning \(listing.entries.count) objects")
    let pass = await scanObjects(listing, &observation)
    let blobs = Set(pass.matches.filter { $0.type == "blob" }.map(\.object))
    var origins: [String: BlobOrigin] = [:]
    do throws(GitFailure) {
      origins = try await repository.origins(of: blobs, commits: listing.ids("commit"))
    } catch {
      observation.gaps.append("paths of the findings are not known: \(error.reason)")
    }
    observation.sightings = SecretSighting.merged(
      pass.matches, tree, origins: origins, index: index)
    return observation
  }

  private func scanObjects(
    _ listing: ObjectListing, _ observation: inout SecretObservation
  ) async -> ScanPass.Result {
    let wanted = listing.entries.filter { $0.type != "tree" }
    let small = wanted.filter { $0.size <= Self.sizeLimit }
    observation.objects = listing.entries.count
    if small.count < wanted.count {
      observation.gaps.append(
        "\(wanted.count - small.count) objects above \(Self.sizeLimit >> 20) MiB were skipped")
      observation.hint = observation.hint ?? "look at those large files by hand"
    }
    let count = { (type: String) in small.count { $0.type == type } }
    (observation.blobs, observation.commits, observation.tags) = (
      count("blob"), count("commit"), count("tag")
    )
    let names = small.map { $0.id + "\n" }.joined()
    let pass = ScanPass(scanner)
    do throws(CommandFailure) {
      let answer = try await repository.command(["cat-file", "--batch", "--buffer"])
        .stream(input: Array(names.utf8)) { try pass.take($0) }
      let result = pass.result
      if !answer.succeeded || result.stream.count < small.count || !result.stream.isComplete {
        observation.gaps.append(
          "\(small.count - result.stream.count) of \(small.count) objects could not be read")
        observation.hint = observation.hint ?? HistoryGap.missing.hint
      }
    } catch {
      observation.gaps.append(error.reason)
      observation.hint = observation.hint ?? error.hint
    }
    observation.bytes = pass.result.bytes
    return pass.result
  }

  private func scanWorkingTree(
    _ paths: Set<GitPath>, _ observation: inout SecretObservation
  ) -> [(GitPath, SecretMatch)] {
    var found: [(GitPath, SecretMatch)] = []
    var unseen = 0
    for path in paths {
      if Task.isCancelled || ContinuousClock.now > repository.deadline {
        observation.gaps.append("the working tree was not read to its end in time")
        observation.hint = observation.hint ?? "allow more time with --timeout"
        break
      }
      switch FileBytes.read(path, below: repository.top, limit: Self.sizeLimit) {
      case .content(let bytes):
        observation.worktreeFiles += 1
        found += bytes.withUnsafeBytes(scanner.scan).map { (path, $0) }
      case .absent, .notRegular: break
      case .tooLarge, .unreadable: unseen += 1
      }
    }
    if unseen > 0 {
      observation.gaps.append("\(unseen) files of the working tree are too large or unreadable")
      observation.hint = observation.hint ?? "make them readable, or look at them by hand"
    }
    return found
  }
}
