/// Pairs the manifests of a repository with their lock files.
struct LockSearch: Sendable {
  static let sizeLimit = 64 << 20
  static let foreign: Set<String> = [
    "node_modules", "vendor", "third_party", ".build", "bower_components", "Pods",
    "site-packages", ".venv", "venv", "dist", "target",
  ]

  let top: String
  let tracked: Set<GitPath>
  let untracked: Set<GitPath>

  init(_ repository: GitRepository) async throws(GitFailure) {
    top = repository.top
    tracked = Set(try await repository.index().filter { $0.mode != "160000" }.map(\.path))
    untracked = Set(try await repository.untracked())
  }

  /// All manifests below the folders, in order.
  func observe(_ folders: [String]) -> [ManifestObservation] {
    let candidates = tracked.union(untracked).filter {
      $0.isBelow(folders) && !$0.isInside(anyOf: Self.foreign)
    }
    return candidates.sorted().compactMap { path in
      if let ecosystem = Ecosystem.all.first(where: { $0.manifest == path.name }) {
        return observe(path, ecosystem)
      }
      if Ecosystem.isForeign(path.name) {
        return ManifestObservation(
          path: path, ecosystem: "other", reading: .foreign, lock: nil)
      }
      return isFreeRequirements(path, candidates) ? requirements(path) : nil
    }
  }

  /// The paths of all manifests below the folders that `RequirementReader` may know, in order.
  func manifests(_ folders: [String]) -> [GitPath] {
    tracked.union(untracked).filter { path in
      path.isBelow(folders) && !path.isInside(anyOf: Self.foreign)
        && (Ecosystem.all.contains { $0.manifest == path.name } || Ecosystem.isForeign(path.name)
          || path.name.hasPrefix("requirements"))
    }.sorted()
  }

  private func observe(_ path: GitPath, _ ecosystem: Ecosystem) -> ManifestObservation? {
    var observation = ManifestObservation(
      path: path, ecosystem: ecosystem.name, reading: .none, lock: nil)
    switch content(path) {
    case .failure(let trouble): observation.reading = .malformed(trouble.reason)
    case .success(nil): return nil
    case .success(let manifest?):
      observation.reading = ecosystem.read(manifest)
      guard observation.reading == .dependencies else { break }
      observation.lock = lock(path, ecosystem, manifest)
    }
    return observation
  }

  private func lock(
    _ manifest: GitPath, _ ecosystem: Ecosystem, _ content: [UInt8]
  ) -> ManifestObservation.Lock? {
    var folder = manifest.folder
    var first: ManifestObservation.Lock?
    while true {
      let here = ecosystem.locks.map { GitPath(folder.isEmpty ? $0 : "\(folder)/\($0)") }
      // A committed one before one that is only lying there.
      let locks =
        here.filter(tracked.contains) + here.filter { !tracked.contains($0) && exists($0) }
      if let path = locks.first {
        let keeping: ManifestObservation.Keeping =
          tracked.contains(path) ? .tracked : untracked.contains(path) ? .untracked : .ignored
        let lock = ManifestObservation.Lock(
          path: path, keeping: keeping,
          fault: fault(path, manifest: manifest, content, below: folder))
        if lock.fault != .notMember { return lock }
        first = first ?? lock
      }
      guard ecosystem.hasWorkspaces, !folder.isEmpty else { return first }
      folder = GitPath(folder).folder
    }
  }

  private func fault(
    _ lock: GitPath, manifest: GitPath, _ content: [UInt8], below folder: String
  ) -> ManifestObservation.Fault? {
    let bytes: [UInt8]
    switch self.content(lock) {
    case .failure(let trouble): return .malformed(trouble.reason)
    case .success(nil): return .malformed("it is tracked but not there")
    case .success(let found?): bytes = found
    }
    let member =
      manifest.folder == folder
      ? "" : String(manifest.folder.dropFirst(folder.isEmpty ? 0 : folder.count + 1))
    return LockFault.find(lock.name, bytes, manifest: content, member: member)
  }

  private struct Trouble: Error { var reason: String }

  private func content(_ path: GitPath) -> Result<[UInt8]?, Trouble> {
    switch FileBytes.read(path, below: top, limit: Self.sizeLimit) {
    case .content(let bytes): .success(bytes)
    case .absent: .success(nil)
    case .notRegular: .failure(Trouble(reason: "it is no regular file"))
    case .tooLarge: .failure(Trouble(reason: "it is larger than 64 MiB"))
    case .unreadable: .failure(Trouble(reason: "it cannot be read"))
    }
  }

  private func exists(_ path: GitPath) -> Bool {
    FileBytes.read(path, below: top, limit: 0) != .absent
  }

  // Requirements beside a pyproject.toml are its lock file, and judged there.
  private func isFreeRequirements(_ path: GitPath, _ all: Set<GitPath>) -> Bool {
    guard path.name.contains(#/^requirements([-_.][A-Za-z0-9_.\-]+)?\.txt$/#) else { return false }
    let folder = path.folder.isEmpty ? "" : path.folder + "/"
    return path.name != "requirements.txt" || !all.contains(GitPath(folder + "pyproject.toml"))
  }

  private func requirements(_ path: GitPath) -> ManifestObservation? {
    var observation = ManifestObservation(
      path: path, ecosystem: "pip", reading: .dependencies, lock: nil)
    switch content(path) {
    case .success(nil): return nil
    case .failure(let trouble): observation.reading = .malformed(trouble.reason)
    case .success(let bytes?):
      let fault = LockFault.find("requirements.txt", bytes, manifest: [], member: "")
      observation.lock = .init(
        path: path, keeping: tracked.contains(path) ? .tracked : .untracked, fault: fault)
    }
    return observation
  }
}
