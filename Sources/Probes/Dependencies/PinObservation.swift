import Checklist

/// One manifest, what it asks for, and whether a lock file settles it.
struct PinObservation: Equatable, Sendable {
  var path: GitPath
  var reading: RequirementReader.Reading
  /// Whether a committed lock file fits the manifest.
  var isLocked: Bool

  /// What it comes to; one part a dependency that is not exact.
  func details(exact: Bool?) -> [Finding.Detail] {
    switch reading {
    case .malformed(let reason): return [.init(.unknown, "\(path.text): \(reason)")]
    case .notUnderstood:
      return [.init(.review, "\(path.text): what it asks for is not understood here")]
    case .requirements(let requirements):
      let open = requirements.filter { $0.firmness != .exact && $0.firmness != .local }
      guard !open.isEmpty else {
        return [.init(.pass, "\(path.text): all \(requirements.count) are exact")]
      }
      return open.map { requirement in
        let what = "\(path.text): \(requirement.name) \(requirement.spelled)"
        let verdict = verdict(exact)
        return .init(
          verdict,
          what + (isLocked ? " is a range; the lock file settles it" : " is not one version"))
      }
    }
  }

  private func verdict(_ exact: Bool?) -> Finding.Verdict {
    if SamplePath.isOne(path) { return .review }
    guard isLocked else { return .fail }
    return exact.map { $0 ? .fail : .pass } ?? .review
  }

  var facts: String {
    switch reading {
    case .malformed(let reason): reason
    case .notUnderstood: "not understood"
    case .requirements(let requirements):
      (isLocked ? "locked; " : "")
        + requirements.filter { $0.firmness != .exact && $0.firmness != .local }
        .map { "\($0.name) \($0.spelled)" }.joined(separator: ", ")
    }
  }
}
