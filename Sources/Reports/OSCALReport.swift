internal import Checklist
internal import Evidence
internal import Gate

/// OSCAL assessment results (NIST, version 1.2.1).
///
/// OSCAL knows only satisfied and not satisfied: a point is satisfied when it is OK and nothing
/// else. What does not apply has an observation and no finding; an accepted risk is a finding that
/// is not satisfied, with a risk whose deviation is approved. The true state stands in a property.
/// UUIDs follow from the records (version 5), so that the same input gives the same bytes.
struct OSCALReport {
  private let report: Report
  private let words = OSCALWords()

  init(_ report: Report) { self.report = report }

  /// The document as canonical JSON (RFC 8785) with a line end.
  var bytes: [UInt8] {
    CanonicalJSON.bytes(.object(["assessment-results": .object(document)])) + [0x0a]
  }

  private var identity: String {
    "\(report.launch) \(report.at.rfc3339) \(report.heads.map(\.description).joined(separator: " "))"
  }

  private var document: [String: JSONValue] {
    [
      "uuid": .string(NameUUID.of("report \(identity)")),
      "metadata": metadata,
      "import-ap": .object([
        "href": .string("#\(checklistID)"),
        "remarks": .string("There is no separate plan: the checklist says what is assessed."),
      ]),
      "results": .array([.object(result)]),
      "back-matter": .object(["resources": .array(resources)]),
    ]
  }

  private var metadata: JSONValue {
    .object(
      [
        "title": .string(words.line("Launch gate: \(report.title)")),
        "last-modified": .string(report.at.rfc3339),
        "version": .string(words.plain(report.release)), "oscal-version": .string("1.2.1"),
        "remarks": .string(
          (report.limits + [Self.limits]).map(words.markup).joined(separator: "\n\n")),
      ].adding("parties", parties.isEmpty ? nil : .array(parties)))
  }

  private static let limits =
    "OSCAL has no state for what was never looked at, is old, waits for a person or was accepted "
    + "as a risk: all of these are not-satisfied here, with the state of launchgate in the property "
    + "'state'. What does not apply has no finding."

  private var parties: [JSONValue] {
    var seen: Set<String> = []
    return people.filter { seen.insert(party($0.0, $0.1)).inserted }.map { name, email in
      return .object(
        [
          "uuid": .string(party(name, email)), "type": .string("person"),
          "name": .string(words.plain(name)),
          "remarks": .string(
            "Name and address as claimed in the records: \(words.markup(words.plain(email)))"),
        ].adding("email-addresses", words.isAddress(email) ? .strings([email]) : nil))
    }
  }

  private var people: [(String, String)] {
    report.points.compactMap(\.said).map { ($0.who, $0.email) }
      + report.records.filter(\.isPerson).map { ($0.who, $0.email) }
  }

  private func party(_ name: String, _ email: String) -> String {
    NameUUID.of("party \(name) \(email)")
  }

  private var checklistID: String { NameUUID.of("checklist \(report.checklist.digest)") }
  private var evidenceID: String { NameUUID.of("evidence \(identity)") }

  private var resources: [JSONValue] {
    [
      .object([
        "uuid": .string(checklistID), "title": .string(words.line(report.checklist.title)),
        "description": .string(
          words.markup(
            "\(report.checklist.id), version \(report.checklist.version), "
              + "\(report.checklist.digest); the evidence file holds all of it.")),
      ]),
      .object([
        "uuid": .string(evidenceID), "title": .string(words.line(report.source.file)),
        "description": .string(
          words.markup(
            "Evidence, \(report.scopeWords). Heads: "
              + report.heads.map(\.description).joined(separator: " "))),
        "rlinks": .array([
          .object(["href": .string(ReportURI.relative(report.source.file))])
        ]),
      ]),
    ]
  }

  private var result: [String: JSONValue] {
    let risks = report.points.filter { $0.state == .risk }
    let findings = report.points.filter { $0.state != .notApplicable }
    let observations = report.points.flatMap(observations)
    var members: [String: JSONValue] = [
      "uuid": .string(NameUUID.of("result \(identity)")),
      "title": .string(words.line("\(report.verdict.rawValue): \(report.title)")),
      "description": .string(words.markup(report.verdictWords)),
      "start": .string((report.records.first?.at ?? report.at).rfc3339),
      "end": .string(report.at.rfc3339),
      "props": props(
        [("verdict", report.verdict.rawValue), ("release", report.seal.words)]
          + (report.candidate.map { [("commit", $0.commit)] } ?? [])
          + report.heads.map { ("head", $0.description) }),
      "reviewed-controls": .object([
        "control-selections": .array([
          .object([
            "description": .string(words.markup("All controls of \(report.checklist.title)")),
            "include-controls": .array(
              report.controls.map { .object(["control-id": .string(words.token($0.slug))]) }),
          ])
        ])
      ]),
      "remarks": .string(
        (report.established.map { "Established: \($0)" }
          + report.notEstablished.map { "NOT established: \($0)" }
          + report.launchBlockers.map { "Blocks the launch: \($0.reason)" })
          .map(words.markup).joined(separator: "\n\n")),
    ]
    // Empty arrays are not allowed.
    if !report.records.isEmpty {
      members["assessment-log"] = .object(["entries": .array(report.records.map(logEntry))])
    }
    if !observations.isEmpty { members["observations"] = .array(observations) }
    if !risks.isEmpty { members["risks"] = .array(risks.map(risk)) }
    if !findings.isEmpty { members["findings"] = .array(findings.map(finding)) }
    return members
  }

  private func logEntry(_ record: RecordEntry) -> JSONValue {
    .object(
      [
        "uuid": .string(NameUUID.of("log \(record.id)")),
        "title": .string(words.line("\(record.type) by \(record.who)")),
        "description": .string(words.markup(record.words.isEmpty ? record.type : record.words)),
        "start": .string(record.at.rfc3339),
        "props": props(
          [
            ("record", record.id.description), ("role", record.role),
            ("signature", record.signature),
          ] + record.keys.map { ("key", $0) }),
      ].adding(
        "logged-by",
        record.isPerson
          ? .array([.object(["party-uuid": .string(party(record.who, record.email))])]) : nil))
  }
}

extension OSCALReport {
  private func observations(_ point: PointEntry) -> [JSONValue] {
    point.seen.map { observation($0, of: point) }
      + (point.said.map { [observation($0, of: point)] } ?? [])
  }

  private func observation(_ seen: SeenEntry, of point: PointEntry) -> JSONValue {
    .object([
      "uuid": .string(observationID(seen, point)),
      "title": .string(words.line("\(point.id) \(seen.probe)")),
      "description": .string(words.markup(seen.message.isEmpty ? seen.probe : seen.message)),
      "methods": .strings(["TEST"]), "collected": .string(seen.at.rfc3339),
      "props": props([
        ("verdict", seen.verdict.rawValue), ("record", seen.record.description),
        ("vantage", seen.vantage), ("transcript", seen.transcript.description),
      ]),
      "relevant-evidence": evidence(seen.record),
    ])
  }

  private func observation(_ said: SaidEntry, of point: PointEntry) -> JSONValue {
    .object(
      [
        "uuid": .string(observationID(said, point)),
        "title": .string(words.line("\(point.id) \(said.answer.rawValue) by \(said.who)")),
        "description": .string(
          words.markup(said.note.isEmpty ? said.answer.rawValue : said.note)),
        "methods": .strings(["EXAMINE"]), "collected": .string(said.at.rfc3339),
        "props": props(
          [
            ("decision", said.answer.rawValue), ("role", said.role),
            ("record", said.record.description), ("signature", said.signature),
            ("carried", said.isCarried ? "yes" : "no"),
          ] + said.keys.map { ("key", $0) }
            + (said.performedOn.map { [("performed-on", $0.description)] } ?? [])
            + said.countersigners.map { ("agreed-by", $0) }
            + said.attachments.map { ("attachment", "\($0.name) \($0.size) \($0.digest)") }),
        "origins": .array([
          .object([
            "actors": .array([
              .object([
                "type": .string("party"), "actor-uuid": .string(party(said.who, said.email)),
              ])
            ])
          ])
        ]),
        "relevant-evidence": evidence(said.record),
      ].adding("expires", point.expires.map { .string($0.rfc3339) }))
  }

  private func evidence(_ record: RecordID) -> JSONValue {
    .array([
      .object([
        "href": .string("#\(evidenceID)"),
        "description": .string(words.markup("record \(record)")),
      ])
    ])
  }

  private func observationID(_ seen: SeenEntry, _ point: PointEntry) -> String {
    NameUUID.of("finding \(seen.record) \(point.id) \(seen.probe)")
  }

  private func observationID(_ said: SaidEntry, _ point: PointEntry) -> String {
    NameUUID.of("decision \(said.record) \(point.id)")
  }

  private func riskID(_ point: PointEntry) -> String {
    NameUUID.of("risk \(report.launch) \(point.id)")
  }

  private func risk(_ point: PointEntry) -> JSONValue {
    .object(
      [
        "uuid": .string(riskID(point)), "title": .string(words.line("\(point.id) \(point.text)")),
        "description": .string(words.markup(point.reason)),
        "statement": .string(words.markup(point.said?.note ?? point.reason)),
        "status": .string("deviation-approved"), "props": props([("state", "RISK")]),
        "related-observations": .array(related(point)),
      ].adding("deadline", point.expires.map { .string($0.rfc3339) }))
  }

  private func finding(_ point: PointEntry) -> JSONValue {
    let isMet = point.state == .ok
    let observed = related(point)
    return .object(
      [
        "uuid": .string(NameUUID.of("point \(identity) \(point.id)")),
        "title": .string(words.line("\(point.id) \(point.text)")),
        "description": .string(words.markup("\(point.state.rawValue): \(point.reason)")),
        "props": props(
          [("state", point.state.rawValue), ("point", point.id)]
            + (point.isObservedByHand ? [("observed-by-hand", "yes")] : [])
            + (point.expires.map { [("expires", $0.rfc3339)] } ?? [])),
        "target": .object([
          "type": .string("objective-id"), "target-id": .string(words.token("point-\(point.id)")),
          "status": .object([
            "state": .string(isMet ? "satisfied" : "not-satisfied"),
            "reason": .string(isMet ? "pass" : point.state == .fail ? "fail" : "other"),
            "remarks": .string(words.markup(point.reason)),
          ]),
        ]),
      ]
      .adding("remarks", point.wayOut.map { .string(words.markup("What to do: \($0)")) })
      .adding("related-observations", observed.isEmpty ? nil : .array(observed))
      .adding(
        "related-risks",
        point.state == .risk
          ? .array([.object(["risk-uuid": .string(riskID(point))])]) : nil))
  }

  private func related(_ point: PointEntry) -> [JSONValue] {
    let ids =
      point.seen.map { observationID($0, point) }
      + (point.said.map { [observationID($0, point)] } ?? [])
    return ids.map { .object(["observation-uuid": .string($0)]) }
  }

  private func props(_ pairs: [(String, String)]) -> JSONValue {
    .array(
      pairs.map { name, value in
        .object([
          "name": .string(name), "ns": .string("urn:launchgate"),
          "value": .string(words.plain(value)),
        ])
      })
  }
}

/// Texts as OSCAL's datatypes want them.
struct OSCALWords {
  /// `string`: one line, not empty, no blanks around it.
  func plain(_ text: String) -> String {
    let parts = text.split { $0.isWhitespace }
    return parts.isEmpty ? "-" : parts.joined(separator: " ")
  }

  /// `markup-line`.
  func line(_ text: String) -> String { markup(plain(text)) }

  /// `markup-multiline`: CommonMark in which nothing of the text means anything.
  func markup(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      if "\\`*_[]<>{}&#~|!".unicodeScalars.contains(scalar) { output += "\\" }
      output.unicodeScalars.append(scalar)
    }
    return output
  }

  /// Whether the text is an address that every reader takes for one.
  ///
  /// Readers refuse the whole document for an address at a special-use name (RFC 6761).
  func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 100 else { return false }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    let names = labels + parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let special = ["arpa", "invalid", "local", "localhost", "onion", "test"]
    return labels.count > 1 && !special.contains(labels.last?.lowercased() ?? "")
      && names.allSatisfy { name in
        !name.isEmpty && !name.hasPrefix("-") && !name.hasSuffix("-")
          && name.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-")
          }
      }
  }

  /// `token`: letters, digits, `.`, `-` and `_`; names that had to be changed stay different.
  func token(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      let isKept =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      output.unicodeScalars.append(
        isKept || [".", "-", "_"].contains(scalar) ? scalar : "_")
    }
    let begins = output.unicodeScalars.first.map { $0.properties.isAlphabetic || $0 == "_" }
    if !(begins ?? false) { output = "_\(output)" }
    return output == text ? text : "\(output)-\(Digest(of: text.utf8).short)"
  }
}
