internal import Checklist
internal import Evidence
internal import Gate

/// An in-toto Statement, version 1, about what is launched: the gate's verdict and its grounds.
///
/// It is not signed: a pipeline that trusts its own judgement wraps it in a DSSE envelope.
struct InTotoReport {
  /// What the predicate means; no accepted predicate tells of decisions by people.
  static let predicateType = "urn:launchgate:gate-report:v1"

  private let report: Report

  init(_ report: Report) { self.report = report }

  /// The statement as canonical JSON (RFC 8785) with a line end.
  var bytes: [UInt8] {
    CanonicalJSON.bytes(
      .object([
        "_type": .string("https://in-toto.io/Statement/v1"),
        "subject": .array(subjects), "predicateType": .string(Self.predicateType),
        "predicate": predicate,
      ])) + [0x0a]
  }

  /// The artifact and the commit, where they are known, and the evidence by its heads.
  private var subjects: [JSONValue] {
    var subjects: [(String, String, String)] = []
    if let artifact = report.candidate?.artifact, let digest = Digest(artifact) {
      subjects.append((report.title, "sha256", String(digest.description.dropFirst(7))))
    }
    if let commit = report.candidate?.commit, [40, 64].contains(commit.utf8.count),
      commit.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    {
      subjects.append(("\(report.subject) commit", "gitCommit", commit))
    }
    subjects += report.heads.map {
      (
        "evidence \(report.source.file) up to \($0.short)", "sha256",
        String($0.description.dropFirst(7))
      )
    }
    return subjects.map { name, algorithm, value in
      .object(["name": .string(name), "digest": .object([algorithm: .string(value)])])
    }
  }

  private var predicate: JSONValue {
    .object(
      [
        "verdict": .string(report.verdict.rawValue), "judgedAt": .string(report.at.rfc3339),
        "launch": .object([
          "id": report.launch.value, "subject": .string(report.subject),
          "release": .string(report.release), "environment": .string(report.environment),
        ]),
        "checklist": .object([
          "id": .string(report.checklist.id), "version": .integer(report.checklist.version),
          "digest": report.checklist.digest.value,
        ]),
        "evidence": .object([
          "file": .string(report.source.file), "records": .integer(report.records.count),
          "leftOut": .integer(report.source.leftOut), "heads": .array(report.heads.map(\.value)),
        ]),
        "release": .string(report.seal.words),
        "counts": .object(
          Dictionary(
            State.allCases.map { ($0.rawValue, .integer(report.count($0))) },
            uniquingKeysWith: { first, _ in first })),
        "points": .array(
          report.controls.flatMap { control in control.points.map { point($0, control) } }),
        "blockers": .array(report.blockers.map(blocker)),
        "established": .strings(report.established),
        "notEstablished": .strings(report.notEstablished),
        "remarks": .strings(remarks),
        "tool": .string(report.source.tool),
      ]
      .adding("validUntil", report.validUntil.map { .string($0.rfc3339) })
      .adding("seal", report.seal.record?.value))
  }

  private var remarks: [String] {
    var remarks = report.limits
    if report.candidate == nil {
      remarks.append("No commit is recorded: the subject is the evidence alone.")
    } else if report.candidate?.artifact.flatMap(Digest.init) == nil {
      remarks.append("No artifact digest is recorded: nothing ties this to a built artifact.")
    }
    remarks.append("This statement is not signed; the signatures are those of the evidence.")
    return remarks
  }

  private func point(_ point: PointEntry, _ control: ControlEntry) -> JSONValue {
    .object(
      [
        "id": .string(point.id), "text": .string(point.text), "control": .string(control.number),
        "severity": .string(control.severity.rawValue), "state": .string(point.state.rawValue),
        "settled": .bool(point.state.isSettled), "reason": .string(point.reason),
        "findings": .array(
          point.seen.map {
            .object([
              "probe": .string($0.probe), "verdict": .string($0.verdict.rawValue),
              "message": .string($0.message), "at": .string($0.at.rfc3339),
              "record": $0.record.value,
            ])
          }),
      ]
      .adding("expires", point.expires.map { .string($0.rfc3339) })
      .adding("decision", point.said.map(decision)))
  }

  private func decision(_ said: SaidEntry) -> JSONValue {
    .object(
      [
        "answer": .string(said.answer.rawValue), "by": .string(said.who),
        "email": .string(said.email), "role": .string(said.role),
        "at": .string(said.at.rfc3339), "note": .string(said.note),
        "record": said.record.value, "keys": .strings(said.keys),
        "signature": .string(said.signature), "agreedBy": .strings(said.countersigners),
        "carried": .bool(said.isCarried),
        "attachments": .array(
          said.attachments.map {
            .object([
              "name": .string($0.name),
              "digest": .object(["sha256": .string(String($0.digest.description.dropFirst(7)))]),
              "size": .integer($0.size),
            ])
          }),
      ]
      .adding("performedOn", said.performedOn.map { .string($0.description) })
      .adding("until", said.until.map { .string($0.description) }))
  }

  private func blocker(_ blocker: BlockerEntry) -> JSONValue {
    .object(
      ["state": .string(blocker.state.rawValue), "reason": .string(blocker.reason)]
        .adding("point", blocker.point.map(JSONValue.string))
        .adding("wayOut", blocker.wayOut.map(JSONValue.string)))
  }
}
