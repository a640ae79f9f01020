internal import Checklist
internal import Evidence

/// What a record says, in words.
struct HistoryText {
  var points: [String] = []
  var outcome = ""
  var lines: [String] = []

  init(_ body: Record.Body) {
    switch body {
    case .opened(let body):
      outcome = "opened"
      lines = ["\(body.subject) \(body.release) -> \(body.environment)"]
    case .policy(let body):
      outcome = "policy changed"
      lines = [body.reason]
    case .candidate(let body):
      outcome = "candidate \(body.commit.prefix(12))"
      lines = body.trees.sorted { $0.key < $1.key }.map { "tree of \($0.key): \($0.value)" }
      if let artifact = body.artifact { lines.append("artifact \(artifact)") }
    case .run(let body): tell(body)
    case .signOff(let body): tell(body)
    case .countersign(let body):
      points = body.points
      outcome = "agreed"
      lines = ["agrees to \(body.record.short)", body.note]
    case .revoke(let body):
      points = body.points
      outcome = "TAKEN BACK"
      lines = ["takes back \(body.record.short)", body.reason]
    case .assign(let body):
      outcome = "\(body.duty): \(body.name)"
    case .reopen(let body):
      outcome = "REOPENED"
      lines = [body.occasion.map { "occasion \($0): what was decided before it is open" } ?? ""]
      lines.append(body.reason)
    case .carry(let body):
      points = body.points
      outcome = "carried over"
      lines = [body.note, "\(body.records.count.counted("record")) of an earlier launch"]
    case .seal(let body):
      outcome = "SEALED \(body.verdict)"
      lines = ["over \(body.count.counted("record"))", body.note]
    case .timestamp(let body):
      outcome = "time stamp"
      lines = ["over the seal \(body.seal.short)"]
    }
    lines = lines.filter { !$0.isEmpty }
  }

  private mutating func tell(_ run: Run) {
    points = run.findings.map(\.point)
    let counts = Dictionary(grouping: run.findings) { $0.finding.verdict }.mapValues(\.count)
    outcome = counts.sorted { $0.key.gravity > $1.key.gravity }
      .map { "\($0.value) \($0.key.rawValue)" }.joined(separator: " ")
    lines = run.findings.map {
      "\($0.point) \($0.finding.verdict.rawValue) \($0.probe): \($0.finding.message)"
    }
  }

  private mutating func tell(_ signOff: SignOff) {
    points = signOff.decisions.map(\.point)
    let answers = Set(signOff.decisions.map(\.answer.rawValue)).sorted()
    outcome = answers.joined(separator: ", ")
    for decision in signOff.decisions {
      let day = decision.performedOn.map { ", performed on \($0)" } ?? ""
      let end = decision.until.map { ", until \($0)" } ?? ""
      lines.append("\(decision.point) \(decision.answer.rawValue)\(day)\(end): \(decision.note)")
      lines += decision.accepted.map {
        "  accepts \($0.fact), \($0.isRotated ? "rotated" : "NOT rotated")"
      }
      lines += decision.attachments.map { "  attached \($0.name), \($0.size) bytes, \($0.digest)" }
    }
  }
}
