public import Checklist

/// Whether neither the working tree nor anything that git has stored holds a secret.
public struct SecretsGitHistoryProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "secrets.git-history", version: 2,
    claim: "No secret lies in the git history, the index or the working tree.",
    standards: ["ASVS 13.3.1", "NIST IA-5(7)"], scope: .repository,
    method: """
      Reads every object that git has stored (reachable or not, commit and tag messages too), the \
      index, and the tracked and untracked files that are not ignored, up to 64 MiB each. Formats \
      of providers, checksums, private keys and URLs with passwords decide; values behind telling \
      names, and secrets in tests and examples, are left to a person. UTF-16 and base 64 are \
      decoded once, and what Git LFS fetched is read; archives are not opened, and submodules are \
      repositories of their own. Nothing is contacted, and no ignore or allow list of the \
      repository is obeyed. Packs that were looked at by the same program are known again by all \
      of their bytes; what was found in them is kept in the user's cache folder, without the \
      secrets. A person accepts a secret by the name of its fact, with a reason and whether it was \
      replaced.
      """,
    facts: "rule, object, line and path of every secret found",
    fix: """
      Revoke and replace the secret first: whoever has a clone has it. Then take it out of the \
      files, and out of the history with git filter-repo if that is worth a rewrite.
      """,
    reproduce: "git log --all -p | grep -nE 'AKIA|ghp_|sk_live_|PRIVATE KEY|://[^/]*:[^/]*@'",
    tools: ["git"],
    standsFor: ["git grep", "git log --all --full-history", "git secrets --scan-history"])

  /// A probe; it has no parameters.
  public init(parameters: Parameters) {}

  /// Looks at everything that is stored and at the working tree.
  public func run(in context: ProbeContext) async -> Finding {
    await Self.finding(in: context) { repository throws(GitFailure) in
      let store = ScanMemoryStore(
        environment: context.environment, repository: repository,
        commonFolder: try await repository.commonFolder())
      let search = SecretSearch(repository: repository, store: store)
      return Self.judge(try await search.observe(context.progress))
    }
  }

  /// Fails on what is certain; else unknown if anything was not looked at; else review, or pass.
  static func judge(_ observation: SecretObservation) -> Finding {
    let sightings = observation.sightings
    let certain = sightings.count { $0.verdict == .fail }
    let gaps = observation.gaps.joined(separator: "; ")
    var finding =
      if certain > 0 {
        Finding(
          .fail,
          (certain == 1 ? "a secret was found" : "\(certain) secrets were found")
            + " in the repository"
            + (gaps.isEmpty ? "" : ", and not all was looked at"),
          hint: """
            revoke and replace them first; then remove them from files and history, or accept each \
            by name: launchgate sign POINT --decision met --accept FACT=rotated
            """)
      } else if !gaps.isEmpty {
        Finding.unknown(
          "not all was looked at: \(gaps)", hint: observation.hint ?? "scan a full clone")
      } else if !sightings.isEmpty {
        Finding(
          .review,
          sightings.count.counted(
            "place looks like a secret; a person has to judge it",
            "places look like secrets; a person has to judge them"),
          hint: "replace what is real; say of the others why they are harmless")
      } else {
        Finding(.pass, "no secret was found in any object or file")
      }
    finding.details =
      observation.gaps.map { .init(.unknown, $0) } + Self.details(sightings)
      + observation.others.map {
        .init(.notApplicable, "\($0.text) is a repository of its own: look at it separately")
      }
      + observation.unfetched.map {
        .init(.unknown, "\($0.text) is kept by Git LFS: its content was not looked at")
      }
    finding.details.sort { $0.verdict.gravity > $1.verdict.gravity }
    finding.details = Array(finding.details.prefix(200))
    finding.facts = Dictionary(
      sightings.prefix(200).map { ($0.factName, $0.path?.text ?? "") }
    ) { first, _ in first }
    let failing = Set(sightings.filter { $0.verdict == .fail }.map(\.factName))
    // More are not listed, and what is not listed cannot be accepted.
    if sightings.count <= 200 {
      finding.faults = Finding.Faults(
        failing.sorted(),
        rest: !gaps.isEmpty ? .unknown : certain < sightings.count ? .review : .pass)
    }
    finding.facts["complete"] = gaps.isEmpty ? "yes" : "no"
    finding.facts["secrets"] = String(sightings.count)
    // Of all, since no more than 200 are listed.
    finding.facts["digest"] =
      GitPath(sightings.map(\.factName).sorted().joined(separator: "\n")).digest
    finding.coverage = [
      "objects": observation.objects, "blobs": observation.blobs, "bytes": observation.bytes,
      "commits": observation.commits, "tags": observation.tags,
      "worktree-files": observation.worktreeFiles,
    ]
    if observation.remembered > 0 {
      finding.coverage["objects-seen-before"] = observation.remembered
    }
    finding.transcript = finding.details.map { "\($0.verdict.rawValue) \($0.text)" }
      .joined(separator: "\n")
    return finding
  }

  /// What is certain one by one; what a person has to judge as one line a rule and file.
  private static func details(_ sightings: [SecretSighting]) -> [Finding.Detail] {
    struct Group: Hashable {
      var rule: String
      var path: GitPath?
    }
    var counts: [Group: Int] = [:]
    for sighting in sightings where sighting.verdict == .review {
      counts[Group(rule: sighting.rule, path: sighting.path), default: 0] += 1
    }
    return sightings.compactMap { sighting in
      guard sighting.verdict == .review else { return .init(sighting.verdict, sighting.text) }
      // Only the first of a group finds its count.
      guard let count = counts.removeValue(forKey: Group(rule: sighting.rule, path: sighting.path))
      else { return nil }
      let more = count > 1 ? ", and \(count - 1) more places in it" : ""
      return .init(.review, sighting.text + more)
    }
  }
}
