internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// An audit as one JSON document.
enum AuditJSON {
  static func document(_ snapshot: AuditSnapshot) -> JSONValue {
    let isDamaged = snapshot.integrity == .damaged
    let verdict = snapshot.report.map { JSONValue.string($0.verdict.rawValue) }
    return .object(
      [
        "file": .string(snapshot.path), "sha256": snapshot.digest.value,
        "integrity": .string(snapshot.integrity.rawValue),
        "verified": .bool(snapshot.isVerified),
        "faults": .array(snapshot.faults.map(fault)),
        "established": .strings(snapshot.established),
        "not-established": .strings(snapshot.notEstablished),
        "heads": .array(snapshot.heads.map(\.value)),
        // What damaged evidence would say is no verdict, so that it has another name.
        "verdict": isDamaged ? .null : verdict ?? .null,
        "attention": .array(snapshot.concerns.map(concern)),
        "records": .array(snapshot.records.map(record)),
        "points": .array((snapshot.report?.points ?? []).map { point($0, snapshot) }),
        "keys": .array(snapshot.keys.map(key)),
        "citation": .string(AuditCitation.of(snapshot)),
      ]
      .adding("verdict-of-intact-records", isDamaged ? verdict : nil)
      .adding("at", snapshot.report.map { .string($0.at.rfc3339) })
      .adding("not-judged", snapshot.judgement.map(JSONValue.string))
      .adding("comparison", snapshot.comparison.map(comparison)))
  }

  private static func fault(_ fault: EvidenceDamage) -> JSONValue {
    .object(
      ["reason": .string(fault.reason)].adding("line", fault.line.map(JSONValue.integer))
        .adding("hint", fault.hint.map(JSONValue.string)))
  }

  private static func concern(_ concern: AuditConcern) -> JSONValue {
    let members: [String: JSONValue] = [
      "kind": .string(concern.kind.rawValue), "reason": .string(concern.reason),
    ]
    return switch concern.place {
    case .file: .object(members)
    case .line(let line): .object(members.adding("line", .integer(line)))
    case .point(let id): .object(members.adding("point", .string(id)))
    }
  }

  private static func record(_ record: AuditRecord) -> JSONValue {
    .object(
      [
        "line": .integer(record.line), "type": .string(record.type),
        "faults": .strings(record.faults), "flags": .strings(record.marks),
        "lacks-signature": .bool(record.lacksSignature),
        "signatures": .array(record.signatures.map(signature)),
      ]
      .adding("id", record.entry?.id.value)
      .adding("at", (record.entry?.record.at.rfc3339).map(JSONValue.string))
      .adding("who", (record.told?.who).map(JSONValue.string))
      .adding("outcome", (record.told?.outcome).map(JSONValue.string))
      .adding("points", (record.told?.points).map(JSONValue.strings)))
  }

  private static func signature(_ signature: AuditSignature) -> JSONValue {
    var members: [String: JSONValue] = ["key": .string(signature.key)]
    switch signature.state {
    case .good(let principal):
      members["state"] = .string("good")
      members["principal"] = .string(principal)
    case .untrusted: members["state"] = .string("untrusted")
    case .valid: members["state"] = .string("valid")
    case .bad(let reason):
      members["state"] = .string("bad")
      members["reason"] = .string(reason)
    }
    return .object(members.adding("touched", signature.touched.map(JSONValue.bool)))
  }

  private static func point(_ standing: PointStanding, _ snapshot: AuditSnapshot) -> JSONValue {
    let changes = (snapshot.changes[standing.point.id] ?? []).map(ChangeJSON.value)
    return .object(
      [
        "id": .string(standing.point.id), "state": .string(standing.state.rawValue),
        "text": .string(standing.point.text), "reason": .string(standing.reason),
        "changes": .array(changes),
        "citation": .string(AuditCitation.of(standing, snapshot)),
      ])
  }

  private static func key(_ key: AuditKey) -> JSONValue {
    .object([
      "key": .string(key.fingerprint), "people": .strings(key.people),
      "principals": .strings(key.principals), "names": .strings(key.names),
      "lines": .array(key.lines.map(JSONValue.integer)),
    ])
  }

  private static func comparison(_ comparison: AuditComparison) -> JSONValue {
    var onlyHere: [JSONValue] = []
    var onlyThere: [JSONValue] = []
    var signatures: [JSONValue] = []
    var states: [JSONValue] = []
    for difference in comparison.differences {
      switch difference {
      case .onlyHere(let entry): onlyHere.append(entry.id.value)
      case .onlyThere(let entry): onlyThere.append(entry.id.value)
      case .signatures(let id, _, _, _): signatures.append(id.value)
      case .state(let point, let here, let there):
        states.append(
          .object([
            "point": .string(point), "here": .string(here), "there": .string(there),
          ]))
      }
    }
    return .object([
      "file": .string(comparison.path), "sha256": comparison.digest.value,
      "faults": .array(comparison.faults.map(fault)), "only-here": .array(onlyHere),
      "only-there": .array(onlyThere), "signatures-differ": .array(signatures),
      "points-differ": .array(states), "common": .integer(comparison.common),
    ])
  }
}

/// Old beside new, for machines.
enum ChangeJSON {
  static func value(_ change: Change) -> JSONValue {
    .object(
      ["subject": .string(change.subject.rawValue), "name": .string(change.name)]
        .adding("old", change.old.map(JSONValue.string))
        .adding("new", change.new.map(JSONValue.string))
        .adding("then", change.then.map(occasion)).adding("now", change.now.map(occasion)))
  }

  private static func occasion(_ occasion: Change.Occasion) -> JSONValue {
    .object([
      "record": occasion.record.value, "by": .string(occasion.by),
      "at": .string(occasion.at.rfc3339),
    ])
  }
}
