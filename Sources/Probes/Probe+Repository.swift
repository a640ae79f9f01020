internal import Checklist

extension Probe {
  /// Opens the repository of the context and looks at it; failing to look is unknown.
  static func finding(
    in context: ProbeContext, _ look: (GitRepository) async throws(GitFailure) -> Finding
  ) async -> Finding {
    var finding: Finding
    do throws(GitFailure) {
      finding = try await look(GitRepository(context, deadline: .now + context.timeout))
    } catch {
      finding = error.finding
    }
    return local(finding, context)
  }

  /// With the command by which a person sees the same, as seen on this machine.
  static func local(_ finding: Finding, _ context: ProbeContext) -> Finding {
    var finding = finding
    finding.reproduce = finding.reproduce ?? manual.reproduce
    finding.vantage = Vantage(host: context.hostName, network: .local)
    return finding
  }
}

extension Finding {
  /// The conclusion from parts, of which the gravest counts.
  ///
  /// - Parameters:
  ///   - passed: the message where all parts pass.
  ///   - fix: the hint for a fault or a suspect.
  ///   - wayOut: the hint where something could not be looked at.
  init(
    of details: [Detail], passed: String, fix: String, wayOut: String,
    facts: [String: String] = [:], coverage: [String: Int] = [:]
  ) {
    // Sorting is not stable, and the order of parts with one verdict is that of the files.
    let sorted = details.enumerated().sorted {
      ($1.element.verdict.gravity, $0.offset) < ($0.element.verdict.gravity, $1.offset)
    }.map(\.element)
    let worst = sorted.first?.verdict ?? .unknown
    let more = sorted.count { $0.verdict == worst } - 1
    let first = sorted.first?.text ?? "nothing was looked at"
    self.init(
      worst, worst == .pass ? passed : more > 0 ? "\(first); and \(more) more" : first,
      hint: worst == .pass || worst == .notApplicable ? nil : worst == .unknown ? wayOut : fix,
      details: Array(sorted.prefix(200)), facts: facts, coverage: coverage,
      transcript: sorted.prefix(1_000).map { "\($0.verdict.rawValue) \($0.text)" }
        .joined(separator: "\n"))
  }
}

extension GitRepository {
  /// The texts of these files, one after another, as long as there is time.
  func texts<Read>(
    _ paths: [GitPath], limit: Int, isLenient: Bool = false,
    _ read: (GitPath, RepositoryText) -> Read?
  ) throws(GitFailure) -> [Read] {
    var found: [Read] = []
    for path in paths {
      guard ContinuousClock.now < deadline, !Task.isCancelled else {
        throw .command(.timedOut("reading \(paths.count.counted("file"))"))
      }
      let text = RepositoryText.read(path, below: top, limit: limit, isLenient: isLenient)
      if let one = read(path, text) { found.append(one) }
    }
    return found
  }
}
