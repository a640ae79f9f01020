internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Foundation
internal import Gate
internal import Session

/// Records decisions of a person without a screen.
struct SignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Record your decision on points, or on all points of controls.",
    discussion: """
      All named points get the same decision, in one record with one signature. Critical controls \
      and accepted risks are confirmed by their number, everything by the release: \
      --confirm RELEASE --confirm CONTROL. Facts of the launch are points too, such as \
      if.containers: met says yes, not-applicable says no and takes out what depends on it.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var identity: IdentityOptions
  @Argument(help: "Points or controls, such as 18.2 or 18.") var points: [String]
  @Option(
    help: "met, not-met, not-applicable, risk-accepted or observed-by-hand.",
    completion: .list(Decision.Answer.allCases.map(\.rawValue)),
    transform: { text in
      guard let answer = Decision.Answer(rawValue: text) else {
        let words = Decision.Answer.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--decision is one of \(words)")
      }
      return answer
    })
  var decision: Decision.Answer
  @Option(help: "What was done and how, or @FILE; a fact (if.NAME) needs none.")
  var note: String?
  @Option(help: "The day on which it was done, such as 2026-11-21.") var performedOn: String?
  @Option(help: "Last day of an accepted risk.") var until: String?
  @Option(
    help: "A file that backs the decision, its digest is recorded; or @LIST, one path a line.",
    completion: .file())
  var attach: [String] = []
  @Option(
    help: """
      A fault of a failed finding that is accepted for the reason in the note, by the name of its \
      fact, and whether what was exposed was replaced: FACT=rotated or FACT=not-rotated; \
      all=rotated for all of them. With --decision met.
      """)
  var accept: [String] = []
  @Option(help: "The release, and the number of each critical control.") var confirm: [String] = []
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let signing = try Signing(options, identity)
    let report = try signing.recorder.current().map { try Gate.evaluate($0, at: Clock.now) }
    let checklist = report?.checklist ?? signing.workspace.checklist
    let drafts = try drafts(PointSelection(points, in: checklist).points, report)
    try signing.want(confirm, ReviewPage.confirmations(drafts, checklist).map(\.number))
    let decisions = try signing.recorder.decisions(drafts)
    try signing.write(.signOff(SignOff(decisions: decisions)), json: json)
  }

  private func drafts(_ points: [Point], _ report: GateReport?) throws -> [DecisionDraft] {
    let text = try words(for: points)
    try wantMeaning(points)
    let performed = try Words.date(performedOn, "--performed-on")
    let end = try Words.date(until, "--until")
    if let performed, performed > Clock.today {
      throw Problem("--performed-on lies in the future", code: Status.usage)
    }
    if let end, end < Clock.now.date {
      throw Problem("--until lies in the past", code: Status.usage)
    }
    if decision == .riskAccepted && end == nil {
      throw Problem(
        "an accepted risk needs its last day", hint: "give --until, such as \(Clock.now.date)",
        code: Status.usage)
    }
    let files = try Words.paths(attach)
    if decision == .observedByHand && files.isEmpty {
      throw Problem(
        "what was observed by hand has to be attached", hint: "give --attach FILE",
        code: Status.usage)
    }
    let faults = Dictionary(
      points.map { point in
        let findings = report?.standing(point.id)?.findings ?? []
        return (point.id, Set(findings.flatMap { $0.finding.finding.faults?.facts ?? [] }))
      }
    ) { first, _ in first }
    let accepted = try AcceptedFaults(accept, of: faults, decision, text).acceptances
    return points.map { point in
      DecisionDraft(
        point: point.id, answer: decision, note: text, performedOn: performed,
        until: decision == .riskAccepted ? end : nil, attachments: files,
        pointDigest: Digest(of: point.value), factsDigest: report?.standing(point.id)?.factsDigest,
        accepted: accepted.filter { faults[point.id]?.contains($0.fact) ?? false })
    }
  }

  private func words(for points: [Point]) throws -> String {
    if let note { return try Words.read(note) }
    guard points.allSatisfy(\.isFact) else {
      let question = decision == .met ? points.compactMap(\.question).first : nil
      throw Problem(
        question.map { "the question is not answered: \($0)" } ?? "there is no note",
        hint: "say what was done, and how: --note TEXT or --note @FILE", code: Status.usage)
    }
    return ""
  }

  /// Refuses answers that mean nothing for a point, and one note for a question and other points.
  private func wantMeaning(_ points: [Point]) throws {
    if let point = points.first(where: { !$0.permits(decision) }) {
      throw Problem(
        "\(decision.rawValue) is no answer for \(point.id)",
        hint: "\(point.text) Give --decision \(point.permitted)", code: Status.usage)
    }
    guard decision == .met, points.count > 1,
      let asking = points.first(where: { $0.question != nil })
    else { return }
    throw Problem(
      "\(asking.id) asks a question of its own: \(asking.question ?? "")",
      hint: "sign it alone, with the answer as its note", code: Status.usage)
  }
}
