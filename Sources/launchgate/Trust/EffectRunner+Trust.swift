internal import Evidence
internal import Session

extension TrustContent {
  /// What is missing, as the screen shows it.
  init(_ missing: Permission.Missing, _ store: TrustStore = TrustStore()) {
    let difference = TrustDifference(missing.request, store)
    self.init(
      files: missing.files.map { File(path: $0.path, digest: $0.digest.description) },
      since: difference.since, effects: difference.lines)
  }
}

extension EffectRunner {
  /// Shows what would be done, where it was a run that was asked for.
  func ask(_ missing: Permission.Missing, for effect: Effect) {
    switch effect {
    case .runProbes(let points), .trust(_, let points), .send(_, let points):
      send(.trustNeeded(TrustContent(missing), points: points))
    default: report(missing, of: effect)
    }
  }

  /// Trusts what the user was shown; what lies there otherwise by now is asked about again.
  func trust(_ content: TrustContent, _ workspace: Workspace) throws {
    let request = TrustRequest(workspace)
    let shown = Set(content.files.map(\.digest))
    let missing = Permission.missing(request)
    guard missing.allSatisfy({ shown.contains($0.digest.description) }) else {
      throw Permission.Missing(request: request, files: missing)
    }
    try TrustStore().trust(request)
  }
}
