import Checklist

/// One manifest and the lock file that belongs to it.
struct ManifestObservation: Equatable, Sendable {
  /// How a lock file is kept.
  enum Keeping: Equatable, Sendable {
    case tracked
    case untracked
    case ignored
  }

  /// A lock file beside the manifest or in a folder above.
  struct Lock: Equatable, Sendable {
    var path: GitPath
    var keeping: Keeping
    /// What is wrong with it, or with what it locks.
    var fault: Fault?
  }

  /// Why a lock file does not lock this manifest.
  enum Fault: Equatable, Sendable {
    case malformed(String)
    case differs([String])
    case notMember
    case unpinned(Int)
  }

  var path: GitPath
  var ecosystem: String
  var reading: Ecosystem.Reading
  var lock: Lock?

  var detail: Finding.Detail {
    let name = path.text
    switch reading {
    case .malformed(let reason): return .init(.unknown, "\(name): \(reason)")
    case .foreign:
      return .init(.review, "\(name): its lock files are not understood here")
    case .none: return .init(.pass, "\(name) has no dependencies")
    case .dependencies: break
    }
    guard let lock else {
      return .init(weakened(.fail), "\(name) has dependencies and no lock file")
    }
    let file = lock.path.text
    switch (lock.fault, lock.keeping) {
    case (.malformed(let reason), _): return .init(.unknown, "\(name): \(file): \(reason)")
    case (.differs(let names), _):
      let list = names.prefix(5).joined(separator: ", ")
      return .init(weakened(.fail), "\(name) and \(file) differ in \(list)")
    case (.notMember, _):
      return .init(weakened(.fail), "\(name) is not locked by \(file), which does not know it")
    case (.unpinned(let count), _):
      return .init(weakened(.fail), "\(file) leaves \(count) requirements without an exact version")
    case (nil, .untracked): return .init(.review, "\(file) is not committed")
    case (nil, .ignored): return .init(.review, "\(file) is ignored by git")
    case (nil, .tracked): return .init(.pass, "\(name) is locked by \(file)")
    }
  }

  // What tests and examples install reaches no production; a person judges it.
  private func weakened(_ verdict: Finding.Verdict) -> Finding.Verdict {
    SamplePath.isOne(path) ? .review : verdict
  }
}

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

/// What is wrong with the content of a lock file.
enum LockFault {
  static func find(
    _ name: String, _ bytes: [UInt8], manifest: [UInt8], member: String
  ) -> ManifestObservation.Fault? {
    if name == "bun.lockb" { return nil }
    guard let text = String(validating: bytes, as: UTF8.self), !text.contains("\n<<<<<<< "),
      !text.hasPrefix("<<<<<<< ")
    else { return .malformed("it is no text, or holds a merge conflict") }
    switch name {
    case "package-lock.json", "npm-shrinkwrap.json":
      switch NodeManifest.compare(manifest, lock: bytes, path: member) {
      case .same: return nil
      case .notMember: return .notMember
      case .differs(let names): return .differs(names)
      case .malformed(let reason): return .malformed(reason)
      }
    case "pnpm-lock.yaml" where !member.isEmpty:
      let isMember = ["\n  \(member):", "\n  '\(member)':", "\n  \"\(member)\":"]
        .contains { text.contains($0) }
      return isMember ? nil : .notMember
    case "yarn.lock" where !member.isEmpty && text.contains("__metadata:"):
      return text.contains("@workspace:\(member)\"") ? nil : .notMember
    case "requirements.txt":
      guard let unpinned = TextManifests.unpinned(bytes) else { return .malformed("it is no text") }
      return unpinned.isEmpty ? nil : .unpinned(unpinned.count)
    case "composer.lock", "Pipfile.lock", "Package.resolved":
      return text.trimmedStart.hasPrefix("{") ? nil : .malformed("it is no JSON object")
    default: return nil
    }
  }
}

extension String {
  /// Without white space at the beginning.
  fileprivate var trimmedStart: Substring { drop(while: \.isWhitespace) }
}
