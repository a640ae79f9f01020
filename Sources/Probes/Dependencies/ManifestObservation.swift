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
      let loose = count.counted("requirement")
      return .init(weakened(.fail), "\(file) leaves \(loose) without an exact version")
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
