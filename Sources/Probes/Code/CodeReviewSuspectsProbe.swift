public import Checklist

/// Places in the source that a reviewer has to see.
public struct CodeReviewSuspectsProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "code.review-suspects", version: 1,
    claim: "A person has judged every place in the source that is known to go wrong.",
    standards: ["ASVS 1.2.4", "WSTG-INPV-05"], scope: .repository,
    method: """
      Looks for known constructions in the lines of source files and templates that are tracked or \
      would be, outside of node_modules and vendor, up to 2 MiB each: SQL that is put together, raw \
      HTML, code and shell commands from data, TLS and tokens without verification, fast hashes \
      near passwords, names of files from clients. It is a list for a reviewer and never a pass: \
      what spans several lines, and what goes another way, is not seen.
      """,
    facts: "the number of suspects of each kind, and a digest of their lines",
    fix: """
      Judge each place: bound parameters instead of put-together SQL, encoding instead of raw \
      HTML, verification left on. Say in the note why what stays is harmless.
      """,
    reproduce:
      "git grep -nE 'innerHTML|dangerouslySetInnerHTML|v-html|mark_safe|eval\\(|verify=False|SELECT .*(\\+|%s|\\$\\{)'",
    tools: ["git"],
    parameters: [
      .init(
        "suspects", .texts,
        """
        out of sql, html, evaluation, tls-verification, token-verification, password-hashing, \
        file-names, shell; all unless given
        """, stricter: .more)
    ])

  private static let foreign = LockSearch.foreign.union(["coverage", ".next"])

  private let suspects: [String]

  /// A probe for the chosen suspects.
  public init(parameters: Parameters) {
    suspects = parameters.texts("suspects") ?? CodeSuspect.Kind.allCases.map(\.rawValue)
  }

  /// Reads source files one after another.
  public func run(in context: ProbeContext) async -> Finding {
    let kinds = suspects.compactMap(CodeSuspect.Kind.init)
    guard !suspects.isEmpty, kinds.count == suspects.count else {
      return Self.local(
        .unknown(
          "no such suspects among \(suspects.joined(separator: ", "))",
          hint:
            "suspects may hold \(CodeSuspect.Kind.allCases.map(\.rawValue).joined(separator: ", "))"
        ), context)
    }
    return await Self.finding(in: context) { repository throws(GitFailure) in
      let paths = try await repository.files().filter {
        CodeSearch.isSource($0.name) && $0.isBelow(context.paths)
          && !$0.isInside(anyOf: Self.foreign) && !SamplePath.isOne($0)
      }
      context.progress("reading \(paths.count) source files")
      let search = CodeSearch(kinds)
      let read = try repository.texts(paths, limit: 2 << 20, isLenient: true) { path, text in
        CodeRead(path, text, search, deadline: repository.deadline)
      }
      return Self.judge(read, kinds)
    }
  }

  /// Unknown where a file could not be read; else review, with what was found and without.
  static func judge(_ files: [CodeRead], _ kinds: [CodeSuspect.Kind]) -> Finding {
    guard !files.isEmpty else {
      return .unknown(
        "there is no source file in a language that is known here",
        hint: "look at the code by hand, and say so")
    }
    let sightings = files.flatMap(\.sightings)
    var details = files.compactMap { file in
      file.trouble.map { Finding.Detail(.unknown, "\(file.path.text): \($0)") }
    }
    details += sightings.map { .init(.review, "\($0.path.text):\($0.line): \($0.title)") }
    if sightings.isEmpty {
      details.append(
        .init(.review, "no known construction was found, which does not show that there is none"))
    }
    var facts = Dictionary(grouping: sightings, by: \.kind).reduce(into: [:]) { facts, group in
      facts[group.key.rawValue] = String(group.value.count)
    }
    facts["digest"] =
      GitPath(
        sightings.map { "\($0.path.text) \($0.kind.rawValue) \($0.digest)" }.sorted()
          .joined(separator: "\n")
      ).digest
    facts["not-read"] = String(details.count { $0.verdict == .unknown })
    return Finding(
      of: details, passed: "",
      fix: sightings.isEmpty
        ? "read how data reaches databases, pages, shells and files, and say in the note what was read"
        : manual.fix,
      wayOut: "make the files readable, or look at them by hand", facts: facts,
      coverage: ["paths": files.count, "suspects": sightings.count])
  }
}

/// One source file with its suspects, or why it was not read.
struct CodeRead: Equatable, Sendable {
  var path: GitPath
  var sightings: [CodeSighting] = []
  var trouble: String?

  /// Looks at a file; nil where it is not there any more.
  init?(
    _ path: GitPath, _ text: RepositoryText, _ search: CodeSearch,
    deadline: ContinuousClock.Instant
  ) {
    self.path = path
    switch text {
    case .absent: return nil
    case .trouble(let reason): trouble = reason
    case .text(let text):
      guard let found = search.sightings(path, text, deadline: deadline) else {
        trouble = "there was not enough time to read it"
        return
      }
      sightings = found
    }
  }
}
