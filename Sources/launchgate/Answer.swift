internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// What a command says after it wrote a record.
enum Answer {
  /// The record's id and what the gate says now.
  static func recorded(
    _ id: RecordID, _ evidence: Evidence, json: Bool, more: [String: String] = [:]
  ) throws {
    let report = try Gate.evaluate(evidence, at: Clock.now)
    if json {
      Output.json(
        .object(
          ["id": id.value, "verdict": .string(report.verdict.rawValue)]
            .merging(more.mapValues(JSONValue.string)) { $1 }))
    } else {
      Output.say("recorded \(id)\n\(VerdictSummary.headline(report))")
    }
  }
}
