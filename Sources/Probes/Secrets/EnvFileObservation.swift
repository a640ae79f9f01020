/// What git says about env files.
struct EnvFileObservation: Equatable, Sendable {
  var rules: [IgnoreRule] = []
  /// All of the index.
  var tracked: Set<GitPath> = []
  /// Env files that some commit added and that are not tracked now.
  var onceTracked: [GitPath] = []
  /// Whether an env file lies ignored in the working tree.
  var hasIgnoredEnvFile = false
  var commits = 0
  /// Why the history says nothing about earlier files.
  var gap: HistoryGap?

  var trackedEnvFiles: [GitPath] { tracked.filter { EnvFile.isOne($0.name) }.sorted() }
  var hasExample: Bool { tracked.contains { EnvFile.isSample($0.name) } }
  var usesEnvFiles: Bool {
    hasIgnoredEnvFile || !onceTracked.isEmpty || !trackedEnvFiles.isEmpty
  }

  var facts: [String: String] {
    var facts = Dictionary(
      rules.map { ("ignored:\(GitPath($0.path).factName)", $0.isIgnored ? $0.pattern : "no") }
    ) { first, _ in first }
    for path in trackedEnvFiles { facts["tracked:\(path.factName)"] = "now" }
    for path in onceTracked { facts["tracked:\(path.factName)"] = "earlier" }
    return facts
  }
}

extension EnvFileObservation {
  private static let names = [".env", ".env.production", ".env.local", "sub/.env"]

  /// Asks git; the service's own folders are asked about beside the top one.
  init(_ repository: GitRepository, paths: [String]) async throws(GitFailure) {
    tracked = Set(try await repository.index().map(\.path))
    let asked =
      Self.names
      + paths.map { ($0 == "." ? "" : $0 + "/") + ".env" }
      .filter { !Self.names.contains($0) }
    rules = try await Self.rules(repository, asked)
    hasIgnoredEnvFile = try await repository.ignored().contains { EnvFile.isOne($0.name) }
    let gaps = try await repository.historyGaps()
    gap = gaps.first { $0 == .shallow }
    let log = try await repository.attempt([
      "log", "--all", "--reflog", "-m", "--root", "--no-renames", "--no-relative",
      "--no-show-signature", "--diff-filter=A", "--name-only", "-z", "--format=%x01%H",
    ])
    guard log.succeeded else {
      gap = gaps.first ?? .missing
      return
    }
    var added: Set<GitPath> = []
    for token in log.bytes.split(separator: 0) {
      if token.first == 0x01, token.count == 41 || token.count == 65 {
        commits += 1
        continue
      }
      let path = GitPath(token.first == 0x0A ? token.dropFirst() : token)
      if EnvFile.isOne(path.name) { added.insert(path) }
    }
    onceTracked = added.subtracting(tracked).sorted()
  }

  private static func rules(
    _ repository: GitRepository, _ paths: [String]
  ) async throws(GitFailure) -> [IgnoreRule] {
    // Without --no-index a tracked file counts as not ignored, whatever the rules say.
    let answer = try await repository.attempt(
      ["check-ignore", "--no-index", "-v", "-n", "-z", "--stdin"],
      input: paths.flatMap { Array($0.utf8) + [0] })
    guard answer.status <= 1 else { throw .refused("check-ignore", answer.complaint) }
    let fields = answer.bytes.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard fields.count == paths.count * 4 + 1 else {
      throw .refused("check-ignore", "its answer is not understood")
    }
    return paths.indices.map { number in
      let source = fields[number * 4]
      return IgnoreRule(
        path: paths[number], source: source.isEmpty ? nil : source,
        pattern: fields[number * 4 + 2])
    }
  }
}
