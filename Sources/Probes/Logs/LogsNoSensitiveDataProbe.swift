public import Checklist

/// Whether a sample of the logs holds nothing that does not belong there.
public struct LogsNoSensitiveDataProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "logs.no-sensitive-data", version: 1,
    claim: "A sample of the logs holds no secrets, tokens, card numbers or e-mail addresses.",
    standards: ["ASVS 16.2.5", "NIST AU-3"], scope: .files,
    method: """
      Reads the last 8 MiB of each named log file. The rules for secrets, bearer and web tokens, \
      tokens in queries of URLs, card numbers with a valid check digit and e-mail addresses fail; \
      values behind `password` and other guesses are left to a person, and so are samples of fewer \
      than 100 lines and logs that were last written more than 7 days ago. Nothing of a line is \
      shown or kept. A pass speaks of the sample only.
      """,
    facts: "kinds of what was found in each file",
    fix: """
      Take it out where it is logged (filter parameters, log identifiers instead of addresses), \
      rotate what was a secret, and delete the old logs.
      """,
    reproduce:
      "tail -c 8M FILE | grep -nEi 'bearer |access_token=|password=|eyJ[A-Za-z0-9_-]+\\.|[a-z0-9.]+@'",
    parameters: [
      .init("files", .texts, "log files, such as the output of journalctl", isRequired: true),
      .init(
        "kinds", .texts, "out of secrets, tokens, cards, emails; all unless given", stricter: .more),
    ])

  private static let fewLines = 100
  private static let old = Period.days(7)

  private let files: [String]
  private let kinds: [String]

  /// A probe of those files.
  public init(parameters: Parameters) {
    files = parameters.texts("files") ?? parameters.text("files").map { [$0] } ?? []
    kinds = parameters.texts("kinds") ?? LogRule.allCases.map(\.rawValue)
  }

  /// Reads the ends of the files.
  public func run(in context: ProbeContext) async -> Finding {
    let rules = kinds.compactMap(LogRule.init)
    guard !kinds.isEmpty, rules.count == kinds.count else {
      return Self.local(
        .unknown(
          "no such kinds among \(kinds.joined(separator: ", "))",
          hint: "kinds may hold secrets, tokens, cards and emails"), context)
    }
    guard !files.isEmpty else {
      return Self.local(.unknown("no log file was named", hint: "name one under `files`"), context)
    }
    let samples = files.map { name in
      LogSample(name, at: NamedFile(name: name, top: context.repository).path)
    }
    return Self.local(
      Self.judge(samples, rules, now: context.now, deadline: .now + context.timeout), context)
  }

  /// Fails on what is certain; unknown on a file that is not read; else review, or pass.
  static func judge(
    _ samples: [LogSample], _ rules: [LogRule], now: Timestamp,
    deadline: ContinuousClock.Instant = .now + .seconds(60)
  ) -> Finding {
    let search = LogSearch(rules)
    var details: [Finding.Detail] = []
    var facts: [String: String] = [:]
    var lines = 0
    for sample in samples {
      let name = sample.name
      if let trouble = sample.trouble {
        details.append(.init(.unknown, "\(name): \(trouble)"))
        continue
      }
      guard let seen = search.look(sample.bytes, deadline: deadline) else {
        details.append(.init(.unknown, "\(name): there was not enough time to read it"))
        continue
      }
      lines += seen.lines
      details += Self.details(name, seen.found)
      facts[GitPath(name).factName] = Set(seen.found.map(\.title)).sorted().joined(separator: ", ")
      if seen.lines < fewLines {
        details.append(.init(.review, "\(name): \(seen.lines) lines are too few to tell"))
      }
      if Timestamp(seconds: sample.written) + old < now {
        details.append(.init(.review, "\(name): it was last written more than 7 days ago"))
      }
    }
    return Finding(
      of: details, passed: "a sample of \(lines) lines is clean", fix: manual.fix,
      wayOut: "journalctl -u SERVICE -n 20000 > FILE, or zcat, and name that file", facts: facts,
      coverage: [
        "paths": samples.count, "lines": lines,
        "bytes": samples.reduce(0) { $0 + $1.bytes.count },
      ])
  }

  /// One part a kind, with the first line and the number of lines.
  private static func details(_ name: String, _ found: [LogSighting]) -> [Finding.Detail] {
    guard !found.isEmpty else { return [.init(.pass, "\(name): clean")] }
    return Dictionary(grouping: found, by: \.title).sorted { $0.key < $1.key }.map { title, same in
      let first = same.map(\.line).min() ?? 0
      let worst = same.map(\.verdict).max { $0.gravity < $1.gravity } ?? .review
      return .init(
        worst,
        "\(name): \(title) in \(same.count.counted("place")), first in line \(first) of the sample")
    }
  }
}
