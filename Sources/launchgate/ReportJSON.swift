internal import Checklist
internal import Evidence
internal import Gate
internal import Probes

/// What the gate says, as one JSON document.
enum ReportJSON {
  /// The whole report with the records that it stands on.
  static func document(_ report: GateReport, _ evidence: Evidence) -> JSONValue {
    .object(
      [
        "verdict": .string(report.verdict.rawValue), "at": .string(report.at.rfc3339),
        "subject": .string(report.subject), "release": .string(report.release),
        "environment": .string(report.environment),
        "checklist": .string(report.checklist.id),
        "counts": .object(
          Dictionary(
            State.allCases.map { ($0.rawValue, .integer(report.count($0))) },
            uniquingKeysWith: { first, _ in first })),
        "observed-by-hand": .integer(report.points.filter(\.isObservedByHand).count),
        "facts": .array(report.facts.map { point($0, report) }),
        "points": .array(report.points.map { point($0, report) }),
        "ticks": .array(report.ticks.map(excerpt)),
        "priorities": .array(report.priorities.map(excerpt)),
        "dues": .array(report.dues.map(due)),
        "blockers": .array(report.blockers.map(blocker)),
        "warnings": .strings(report.warnings), "seal": seal(report.seal),
        "duties": .object(report.duties.mapValues(JSONValue.string)),
        "heads": .array(evidence.heads.map(\.value)),
        "records": .array(evidence.entries.map(record)),
      ]
      .adding("deviations", report.approval.map { point($0, report) })
      .adding("valid-until", report.validUntil.map { .string($0.rfc3339) })
      .adding("next-due", report.nextDue.map { .string($0.rfc3339) })
      .adding("commit", report.candidate.map { .string($0.commit) }))
  }

  /// What became of one use of a probe.
  static func outcome(_ outcome: ProbeRunner.Outcome) -> JSONValue {
    finding(LaunchRunner.finding(outcome))
  }

  private static func finding(_ seen: ProbeFinding) -> JSONValue {
    .object(
      [
        "point": .string(seen.point), "probe": .string(seen.probe),
        "verdict": .string(seen.finding.verdict.rawValue),
        "message": .string(seen.finding.message),
        "details": .array(
          seen.finding.details.map {
            .object(["verdict": .string($0.verdict.rawValue), "text": .string($0.text)])
          }), "facts": .object(seen.finding.facts.mapValues(JSONValue.string)),
        "coverage": .object(seen.finding.coverage.mapValues(JSONValue.integer)),
        "vantage": .string(seen.finding.vantage.network.rawValue),
      ]
      .adding(
        "faults",
        seen.finding.faults.map {
          .object(["facts": .strings($0.facts), "rest": .string($0.rest.rawValue)])
        }
      )
      .adding("hint", seen.finding.hint.map(JSONValue.string))
      .adding("reproduce", seen.finding.reproduce.map(JSONValue.string)))
  }

  private static func excerpt(_ standing: TickStanding) -> JSONValue {
    .object([
      "id": .string(standing.tick.id), "text": .string(standing.tick.text),
      "points": .strings(standing.tick.points), "settled": .bool(standing.isSettled),
      "missing": .strings(standing.missing),
    ])
  }

  private static func due(_ due: DueDate) -> JSONValue {
    .object([
      "occasion": .string(due.occasion), "text": .string(due.text),
      "at": .string(due.at.rfc3339), "enforced": .bool(due.isEnforced),
    ])
  }

  private static func point(_ standing: PointStanding, _ report: GateReport) -> JSONValue {
    let control = report.control(ofPoint: standing.point.id)
    return .object(
      [
        "id": .string(standing.point.id), "text": .string(standing.point.text),
        "control": .string(control?.number ?? ""),
        "severity": .string(control?.severity.rawValue ?? ""),
        "four-eyes": .bool(control?.fourEyes ?? false),
        "how": .string(standing.point.how.rawValue), "state": .string(standing.state.rawValue),
        "reason": .string(standing.reason), "observed-by-hand": .bool(standing.isObservedByHand),
        "findings": .array(standing.findings.map { finding($0.finding) }),
        "discounted": .strings(standing.discounted),
        "waits-for": .strings(standing.waitsFor),
      ]
      .adding("question", standing.point.question.map(JSONValue.string))
      .adding("duty", standing.point.duty.map(JSONValue.string))
      .adding(
        "duty-holder", standing.point.duty.flatMap { report.duties[$0] }.map(JSONValue.string)
      )
      .adding("way-out", standing.wayOut.map(JSONValue.string))
      .adding("expires", standing.expires.map { .string($0.rfc3339) })
      .adding("decision", standing.decision.map(decision)))
  }

  private static func decision(_ counted: CountedDecision) -> JSONValue {
    .object([
      "accepted": .array(
        counted.decision.accepted.map {
          .object(["fact": .string($0.fact), "rotated": .bool($0.isRotated)])
        }),
      "record": counted.record.value, "at": .string(counted.at.rfc3339),
      "decision": .string(counted.decision.answer.rawValue),
      "by": .string(counted.by.name), "role": .string(counted.by.person?.role ?? ""),
      "note": .string(counted.decision.note),
      "countersigned-by": .strings(counted.countersigners), "carried": .bool(counted.isCarried),
    ])
  }

  private static func blocker(_ blocker: Blocker) -> JSONValue {
    .object(
      ["state": .string(blocker.state.rawValue), "reason": .string(blocker.reason)]
        .adding("point", blocker.point.map(JSONValue.string))
        .adding("way-out", blocker.wayOut.map(JSONValue.string)))
  }

  private static func seal(_ status: SealStatus) -> JSONValue {
    switch status {
    case .unsealed: .object(["state": .string("unsealed")])
    case .sealed(let id, let by, let at):
      .object([
        "state": .string("sealed"), "record": id.value, "by": .string(by),
        "at": .string(at.rfc3339),
      ])
    case .reopened(let id, let reason):
      .object([
        "state": .string("reopened"), "record": id.value, "reason": .string(reason),
      ])
    }
  }

  private static func record(_ entry: Entry) -> JSONValue {
    .object([
      "id": entry.id.value, "type": .string(entry.record.body.type),
      "at": .string(entry.record.at.rfc3339), "by": .string(entry.record.by.name),
      "signed-by": .strings(entry.signatures.map(\.key)),
    ])
  }
}
