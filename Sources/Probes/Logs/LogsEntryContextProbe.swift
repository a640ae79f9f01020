public import Checklist

/// Whether the entries of the logs tell enough to find out later who did what.
public struct LogsEntryContextProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "logs.entry-context", version: 1,
    claim: "Entries of the logs tell when, by whom, what, and how it ended.",
    standards: ["ASVS 16.2.1", "NIST AU-3"], scope: .files,
    method: """
      Reads the last 8 MiB of each named log file, 16 KiB of each line, and looks at the names of \
      the fields in JSON and in name=value, such as user, action and status; a time may also stand \
      before them. What not one entry names fails; what fewer than nine in ten name is left to a \
      person, and so are free text, which has no names, and samples of fewer than 20 entries. \
      Nothing of a line is shown or kept. Whether the values are right is not seen.
      """,
    facts: "what the entries of each file do not tell",
    fix: """
      Log in fields (JSON or name=value), and let one place of the application add time, user or \
      session, action and outcome to every entry.
      """,
    reproduce: "tail -n 20 FILE",
    parameters: [
      .init("files", .texts, "log files, such as the output of journalctl", isRequired: true),
      .init(
        "names", .texts, "names of one's own with what they stand for, such as who=kunde",
        stricter: .fewer),
    ])

  private static let fewEntries = 20

  private let files: [String]
  private let names: [String]

  /// A probe of those files.
  public init(parameters: Parameters) {
    files = parameters.texts("files") ?? []
    names = parameters.texts("names") ?? []
  }

  /// Reads the ends of the files.
  public func run(in context: ProbeContext) async -> Finding {
    var own: [String: LogEntry.Part] = [:]
    for name in names {
      let words = name.split(separator: "=", maxSplits: 1).map(String.init)
      guard words.count == 2, let part = LogEntry.Part(rawValue: words[0]) else {
        return Self.local(
          .unknown(
            "\(name) says of no field what it stands for",
            hint: "names may hold when=NAME, who=NAME, what=NAME and outcome=NAME"), context)
      }
      own[words[1]] = part
    }
    guard !files.isEmpty else {
      return Self.local(.unknown("no log file was named", hint: "name one under `files`"), context)
    }
    let samples = files.map { name in
      LogSample(name, at: NamedFile(name: name, top: context.repository).path)
    }
    return Self.local(
      Self.judge(samples, own: own, deadline: .now + context.timeout), context)
  }

  /// Fails on what no entry tells; unknown on a file that is not read; else review, or pass.
  static func judge(
    _ samples: [LogSample], own: [String: LogEntry.Part] = [:],
    deadline: ContinuousClock.Instant = .now + .seconds(60)
  ) -> Finding {
    var details: [Finding.Detail] = []
    var facts: [String: String] = [:]
    var total = 0
    for sample in samples {
      if let trouble = sample.trouble {
        details.append(.init(.unknown, "\(sample.name): \(trouble)"))
        continue
      }
      guard let count = Count(sample.bytes, own: own, deadline: deadline) else {
        details.append(.init(.unknown, "\(sample.name): there was not enough time to read it"))
        continue
      }
      total += count.entries
      let found = Self.details(count)
      details += found.map { .init($0.verdict, "\(sample.name): \($0.text)") }
      facts[GitPath(sample.name).factName] =
        count.isFreeText ? "free text" : count.missing.map(\.rawValue).joined(separator: " ")
    }
    return Finding(
      of: details,
      passed: total.counted("entry tells", "entries tell")
        + " when, by whom, what, and how it ended",
      fix: manual.fix, wayOut: "journalctl -u SERVICE -n 20000 -o cat > FILE, and name that file",
      facts: facts,
      coverage: [
        "paths": samples.count, "lines": total,
        "bytes": samples.reduce(0) { $0 + $1.bytes.count },
      ])
  }

  private static func details(_ count: Count) -> [Finding.Detail] {
    if count.isFreeText {
      return [.init(.review, "its entries are free text, which a person has to read")]
    }
    var details = count.missing.map { part in
      Finding.Detail(.fail, "no entry tells \(part.words)")
    }
    details += LogEntry.Part.allCases.compactMap { part in
      let has = count.telling[part] ?? 0
      guard has > 0, has * 10 < count.withFields * 9 else { return nil }
      return .init(
        .review,
        "\(count.withFields - has) of \(count.withFields) entries do not tell \(part.words)")
    }
    if count.entries < fewEntries {
      let few = count.entries.counted("entry is", "entries are")
      details.append(.init(.review, "\(few) too few to tell"))
    }
    let good = count.withFields.counted("entry tells", "entries tell") + " all four"
    return details.isEmpty ? [.init(.pass, good)] : details
  }
}

extension LogsEntryContextProbe {
  /// How many entries of a sample tell what.
  struct Count: Sendable {
    var entries = 0
    var withFields = 0
    var telling: [LogEntry.Part: Int] = [:]

    /// Counts all lines that are not empty; nil where the deadline is over before.
    init?(
      _ bytes: [UInt8], own: [String: LogEntry.Part], deadline: ContinuousClock.Instant
    ) {
      for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
        if entries.isMultiple(of: 512), ContinuousClock.now > deadline { return nil }
        entries += 1
        let entry = LogEntry(line, own: own)
        guard entry.hasFields else { continue }
        withFields += 1
        for part in entry.parts { telling[part, default: 0] += 1 }
      }
    }

    /// Whether most entries have no fields whose names could be read.
    var isFreeText: Bool { withFields * 2 < entries || withFields == 0 }

    /// What not one entry tells.
    var missing: [LogEntry.Part] {
      LogEntry.Part.allCases.filter { telling[$0] == nil }
    }
  }
}
