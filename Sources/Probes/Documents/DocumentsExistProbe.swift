public import Checklist

/// Whether a document is there, says what it has to, and is kept up.
public struct DocumentsExistProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "documents.exist", version: 1,
    claim: "The document is committed, has its sections, and was changed lately.",
    standards: ["NIST IR-8"], scope: .repository,
    method: """
      Reads the named files, up to 4 MiB each: headings of Markdown, AsciiDoc, reStructuredText, \
      HTML and plain text, at least 20 words beside them, and the date of the last commit that \
      touched each. A section that is only mentioned, a format that is not read here, and changes \
      without a commit are left to a person. It is evidence for a sign-off: whether the document \
      is true, nobody but a person can say.
      """,
    facts: "the headings of each document, and the commit that last changed it",
    fix: "Write the missing sections, read the whole through once a year, and commit it.",
    reproduce: "git log -1 --format=%cs -- FILE; grep -nE '^#' FILE", tools: ["git"],
    parameters: [
      .init("files", .texts, "the documents", isRequired: true),
      .init(
        "sections", .texts, "what headings have to speak of; other words for it behind |",
        stricter: .more),
      .init("within", .period, "the age of the last change; any unless given", stricter: .lower),
    ])

  private let files: [String]
  private let sections: [String]
  private let within: Period?

  /// A probe of those documents.
  public init(parameters: Parameters) {
    files = parameters.texts("files") ?? parameters.text("files").map { [$0] } ?? []
    sections = parameters.texts("sections") ?? []
    within = parameters.period("within")
  }

  /// Reads the documents and asks git for their last change.
  public func run(in context: ProbeContext) async -> Finding {
    guard !files.isEmpty else {
      return Self.local(.unknown("no document was named", hint: "name it under `files`"), context)
    }
    return await Self.finding(in: context) { repository throws(GitFailure) in
      let isCutOff = try await repository.historyGaps().contains(.shallow)
      let tracked = Dictionary(
        try await repository.index().map { ($0.path, $0.object) }
      ) { first, _ in first }
      var read: [DocumentObservation] = []
      for name in files {
        var document = DocumentObservation(name: name)
        document.read(NamedFile(name: name, top: repository.top))
        if !name.hasPrefix("/"), document.isThere {
          document.change =
            isCutOff
            ? .notKnown("the clone is shallow")
            : try await Self.change(of: name, tracked, repository)
          if let committed = tracked[GitPath(name)], document.trouble == nil {
            // `git status` could run filters that the repository's configuration names.
            let here = try await repository.run(["hash-object", "--no-filters", "--", name])
            document.isEdited = String(decoding: here, as: UTF8.self)[...].trimmed != committed[...]
          }
        }
        read.append(document)
      }
      return Self.judge(read, sections, within: within, now: context.now)
    }
  }

  private static func change(
    of name: String, _ tracked: [GitPath: String], _ repository: GitRepository
  ) async throws(GitFailure) -> DocumentObservation.Change {
    guard tracked[GitPath(name)] != nil else { return .notCommitted }
    let log = try await repository.attempt(["log", "-1", "--format=%ct", "--", ":(literal)" + name])
    guard log.succeeded, let seconds = Int(log.text[...].trimmed) else { return .notCommitted }
    return .committed(seconds)
  }

  /// Fails on what is missing or old; unknown on what cannot be read; else review, or pass.
  static func judge(
    _ documents: [DocumentObservation], _ sections: [String], within: Period?, now: Timestamp
  ) -> Finding {
    let facts = documents.map { document in
      let headings = document.outline?.headings.joined(separator: " / ") ?? ""
      let change =
        if case .committed(let seconds) = document.change {
          " @\(Timestamp(seconds: seconds).date)"
        } else { "" }
      return (GitPath(document.name).factName, headings + change)
    }
    return Finding(
      of: documents.flatMap { $0.details(sections, within: within, now: now) },
      passed: documents.count.counted(
        "document is there, with its sections", "documents are there, with their sections"),
      fix: manual.fix,
      wayOut: "make the file readable", facts: Dictionary(facts) { first, _ in first },
      coverage: ["paths": documents.count])
  }
}

extension DocumentObservation {
  private static let formats = [
    ".md", ".markdown", ".txt", ".adoc", ".asciidoc", ".rst", ".html", ".htm",
  ]

  mutating func read(_ file: NamedFile) {
    let isText =
      Self.formats.contains { name.lowercased().hasSuffix($0) }
      || !(name.split(separator: "/").last ?? "").contains(".")
    switch file.read(limit: 4 << 20) {
    case .absent: isThere = false
    case .trouble(let reason):
      // Of a PDF nothing is known but that it is there.
      if isText || reason != "it is no text in UTF-8" { trouble = reason }
    case .text(let text): outline = isText ? DocumentOutline(text) : nil
    }
  }
}
