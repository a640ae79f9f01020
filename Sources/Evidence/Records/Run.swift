public import Checklist

/// A batch of findings, seen by one machine at one time.
public struct Run: Equatable, Sendable {
  /// In the order of the checklist.
  public var findings: [ProbeFinding]

  /// These findings.
  public init(findings: [ProbeFinding]) { self.findings = findings }
}

/// What one probe concluded for one point.
public struct ProbeFinding: Equatable, Sendable {
  /// The point for which it looked.
  public var point: String
  /// The probe's id.
  public var probe: String
  /// The version of its judgement.
  public var version: Int
  /// All parameters, filled in.
  public var parameters: [String: JSONValue]
  /// The conclusion; the transcript is redacted before it gets here and bounded here.
  public var finding: Finding
  /// The digest of the whole redacted transcript, of which the finding keeps the beginning.
  public let transcriptDigest: Digest

  /// A finding of that probe.
  public init(
    point: String, probe: String, version: Int, parameters: [String: JSONValue], finding: Finding
  ) {
    self.point = point
    self.probe = probe
    self.version = version
    self.parameters = parameters
    self.finding = finding.recordable
    transcriptDigest = Digest(of: finding.transcript.utf8)
  }

  /// The digest of the stable facts, on which a sign-off relies.
  public var factsDigest: Digest {
    Digest(of: .object(finding.facts.mapValues(JSONValue.string)))
  }
}

extension Run {
  static let fields: [Shape.Field] = [
    .required("findings", .filledList(ProbeFinding.shape), "one for each probe of each point")
  ]

  var members: [String: JSONValue] { ["findings": .array(findings.map(\.value))] }

  init(_ members: Members) { findings = members.list("findings").map(ProbeFinding.init) }
}

extension ProbeFinding {
  private static let verdict = Shape.choice(Finding.Verdict.allCases.map(\.rawValue))

  static let shape = Shape.object([
    .required("point", .filledText, "the point for which it looked"),
    .required("probe", .filledText, "id of the probe"),
    .required("version", .count, "version of its judgement"),
    .required("parameters", .map(.any), "all parameters, filled in"),
    .required("verdict", verdict, "the conclusion"),
    .required("message", .text, "what happened, in one sentence"),
    .optional("hint", .text, "what to do about it"),
    .required(
      "details",
      .list(
        .object([
          .required("verdict", verdict, "how this part stands"),
          .required("text", .text, "what was seen"),
        ])), "the parts, such as single headers or ports"),
    .required("facts", .map(.text), "stable facts: no times, no counters"),
    .required("facts-digest", .digest, "digest of the canonical facts"),
    .optional(
      "faults",
      .object([
        .required("facts", .filledList(.filledText), "names of facts, each of which is a fault"),
        .required(
          "rest", .choice(["pass", "review", "unknown", "not-applicable"]),
          "the conclusion once all of them are accepted"),
      ]), "what a fail consists of, where a person can accept each by name"),
    .required("coverage", .map(.count), "how much was looked at"),
    .required("transcript", .text, "what was sent and seen, bounded and redacted"),
    .required("transcript-digest", .digest, "digest of the whole redacted transcript"),
    .optional("reproduce", .text, "a command by which a person sees the same"),
    .required(
      "vantage",
      .object([
        .required("host", .text, "the machine that looked"),
        .required(
          "network", .choice(Vantage.Network.allCases.map(\.rawValue)), "what lay between"),
      ]), "from where it was seen"),
  ])

  fileprivate var value: JSONValue {
    .object(
      [
        "point": .string(point), "probe": .string(probe), "version": .integer(version),
        "parameters": .object(parameters), "verdict": .string(finding.verdict.rawValue),
        "message": .string(finding.message),
        "details": .array(
          finding.details.map {
            .object(["verdict": .string($0.verdict.rawValue), "text": .string($0.text)])
          }),
        "facts": .object(finding.facts.mapValues(JSONValue.string)),
        "facts-digest": factsDigest.value,
        "coverage": .object(finding.coverage.mapValues(JSONValue.integer)),
        "transcript": .string(finding.transcript),
        "transcript-digest": transcriptDigest.value,
        "vantage": .object([
          "host": .string(finding.vantage.host),
          "network": .string(finding.vantage.network.rawValue),
        ]),
      ]
      .adding(
        "faults",
        finding.faults.map {
          .object(["facts": .strings($0.facts), "rest": .string($0.rest.rawValue)])
        }
      )
      .adding("hint", finding.hint.map(JSONValue.string))
      .adding("reproduce", finding.reproduce.map(JSONValue.string)))
  }

  fileprivate init(_ value: JSONValue) {
    let members = Members(value)
    let vantage = Members(members.value("vantage"))
    let faults = Members(members.value("faults"))
    point = members.text("point")
    probe = members.text("probe")
    version = members.number("version")
    parameters = members.object("parameters")
    transcriptDigest = members.digest("transcript-digest")
    finding = Finding(
      Finding.Verdict(rawValue: members.text("verdict")) ?? .unknown, members.text("message"),
      hint: members.optionalText("hint"),
      details: members.list("details").map { detail in
        let members = Members(detail)
        return Finding.Detail(
          Finding.Verdict(rawValue: members.text("verdict")) ?? .unknown, members.text("text"))
      },
      facts: members.object("facts").compactMapValues(\.string),
      faults: Finding.Faults(
        faults.texts("facts"), rest: Finding.Verdict(rawValue: faults.text("rest")) ?? .fail),
      coverage: members.object("coverage").compactMapValues(\.integer),
      transcript: members.text("transcript"), reproduce: members.optionalText("reproduce"),
      vantage: Vantage(
        host: vantage.text("host"),
        network: Vantage.Network(rawValue: vantage.text("network")) ?? .local))
  }
}
