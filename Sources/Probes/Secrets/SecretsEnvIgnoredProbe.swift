public import Checklist

/// Whether env files stay out of the repository, by rules that the whole team shares.
public struct SecretsEnvIgnoredProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "secrets.env-ignored", version: 1,
    claim: "Env files are ignored by a committed rule, and none was ever committed.",
    standards: ["ASVS 13.3.1"], scope: .repository,
    method: """
      Asks git whether .env, .env.production, .env.local and sub/.env would be ignored, and by \
      which rule of which file; lists the env files of the index and those that any commit added. \
      Rules of one person only (global, or .git/info/exclude) do not count.
      """,
    facts: "the rule for each name; the env files that are or were tracked",
    fix: """
      Commit a .gitignore with the lines `.env*` and `!.env.example`; git rm --cached what is \
      tracked. Replace every secret of an env file that was ever committed.
      """,
    reproduce: "git check-ignore -v -n --no-index .env .env.production .env.local sub/.env",
    tools: ["git"],
    standsFor: ["git check-ignore", "git log --all --full-history"])

  /// A probe; it has no parameters.
  public init(parameters: Parameters) {}

  /// Asks git about the rules, the index and the history.
  public func run(in context: ProbeContext) async -> Finding {
    await Self.finding(in: context) { repository throws(GitFailure) in
      Self.judge(try await EnvFileObservation(repository, paths: context.paths))
    }
  }

  /// Fails on what is not ignored, tracked, or was; unknown where the history is cut off.
  static func judge(_ seen: EnvFileObservation) -> Finding {
    var details = seen.rules.map { $0.detail(trackedFiles: seen.tracked) }
    details += seen.trackedEnvFiles.map { .init(.fail, "\($0.text) is tracked") }
    details += seen.onceTracked.map {
      .init(.fail, "\($0.text) was committed once: its secrets are in every clone")
    }
    if seen.usesEnvFiles && !seen.hasExample {
      details.append(.init(.review, "env files are used, but no .env.example says what goes in"))
    } else if !seen.hasExample {
      details.append(.init(.pass, "no .env.example, and no sign that env files are used"))
    }
    if let gap = seen.gap { details.append(.init(.unknown, gap.text)) }
    details.sort { $0.verdict.gravity > $1.verdict.gravity }
    let worst = details.map(\.verdict).max { $0.gravity < $1.gravity } ?? .unknown
    return Finding(
      worst, details.first.map { worst == .pass ? "env files are ignored" : $0.text } ?? "",
      hint: hint(worst, seen), details: details, facts: seen.facts,
      coverage: [
        "paths": seen.rules.count, "tracked-files": seen.tracked.count, "commits": seen.commits,
      ],
      transcript: details.map { "\($0.verdict.rawValue) \($0.text)" }.joined(separator: "\n"))
  }

  private static func hint(_ worst: Finding.Verdict, _ seen: EnvFileObservation) -> String? {
    switch worst {
    case .unknown: seen.gap?.hint
    case .fail where !(seen.onceTracked + seen.trackedEnvFiles).isEmpty:
      "rotate every secret that those files held; then git rm --cached and ignore them"
    case .fail: "commit a .gitignore with `.env*` and `!.env.example`, in this order"
    case .review: "commit a .env.example with names and no values"
    case .pass, .notApplicable: nil
    }
  }
}
