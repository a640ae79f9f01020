import Checklist
import Evidence
import Gate
import Testing

/// Launches at random in which a fact, the points that depend on it and their probes disagree.
@Suite("Taking away a no, or a sign-off beside it")
struct FactMonotonicityTests {
  @Test("never improves the verdict")
  func removal() throws {
    var generator = SeededGenerator(4)
    var tried = 0
    var harmed = 0
    for _ in 0..<1_500 {
      let launch = try random(using: &generator)
      let before = try launch.report()
      for head in launch.evidence.heads {
        guard let entry = launch.evidence[head], isPositive(entry) else { continue }
        let rest = try Evidence(launch.evidence.entries.filter { $0.id != head })
        let after = try Gate.evaluate(rest, at: launch.clock)
        tried += 1
        if rank(after.verdict) < rank(before.verdict) { harmed += 1 }
        if rank(after.verdict) > rank(before.verdict) {
          Issue.record(
            """
            without its \(entry.record.body.type) a launch went from \(before.verdict) to \
            \(after.verdict): \(before.facts.map(\.reason)) \(before.points.map(\.reason)) became \
            \(after.facts.map(\.reason)) \(after.points.map(\.reason))
            """)
          return
        }
      }
    }
    #expect(tried > 400)
    #expect(harmed > 30)
  }

  /// A yes makes points apply again and a pass shows that there is something: neither is good news
  /// for a no, so that both may go only with a worse or the same verdict where no no was said.
  private func isPositive(_ entry: Entry) -> Bool {
    switch entry.record.body {
    case .signOff(let signOff):
      signOff.decisions.allSatisfy {
        $0.answer != .notMet && ($0.point != "if.boxes" || $0.answer == .notApplicable)
      }
    case .countersign, .seal: true
    default: false
    }
  }

  private func rank(_ verdict: GateVerdict) -> Int {
    switch verdict {
    case .go: 2
    case .incomplete: 1
    case .noGo: 0
    }
  }

  private func random(using generator: inout SeededGenerator) throws -> ListLaunch {
    let kinds = (0..<Int.random(in: 1...2, using: &generator)).map { _ in
      Point.Kind.allCases.randomElement(using: &generator) ?? .manual
    }
    var launch = try ListLaunch(
      ListLaunch.conditional(
        kinds, validFor: Bool.random(using: &generator) ? .days(2) : nil,
        fourEyes: Int.random(in: 0..<4, using: &generator) == 0))
    for _ in 0..<Int.random(in: 3..<9, using: &generator) {
      try step(&launch, kinds, using: &generator)
    }
    return launch
  }

  private func step(
    _ launch: inout ListLaunch, _ kinds: [Point.Kind], using generator: inout SeededGenerator
  ) throws {
    let person = Launch.person(["alice", "bob"].randomElement(using: &generator) ?? "alice")
    let point = "1.\(Int.random(in: 1...kinds.count, using: &generator))"
    let heads = launch.evidence.heads
    let entries = launch.evidence.entries
    let older = try Evidence(
      Array(entries.prefix(Int.random(in: 1...entries.count, using: &generator))))
    let seeing = Int.random(in: 0..<4, using: &generator) == 0 ? older.heads : heads
    if Int.random(in: 0..<8, using: &generator) == 0 { launch.wait(days: 1) }
    switch Int.random(in: 0..<10, using: &generator) {
    case 0...2:
      try launch.sign(
        "if.boxes", .notApplicable, by: person, knowing: Bool.random(using: &generator),
        performed: Bool.random(using: &generator) ? "2026-11-21" : nil, seeing: seeing)
    case 3: try launch.sign("if.boxes", .met, by: person, seeing: seeing)
    case 4, 5:
      let answer = Decision.Answer.allCases.randomElement(using: &generator) ?? .met
      try launch.sign(
        point, answer, by: person, knowing: Bool.random(using: &generator), seeing: seeing)
    case 6, 7:
      let verdict = Finding.Verdict.allCases.randomElement(using: &generator) ?? .pass
      try launch.run(point, verdict, seeing: seeing)
    default:
      let signs = entries.filter { if case .signOff = $0.record.body { true } else { false } }
      guard let target = signs.randomElement(using: &generator) else { return }
      if Bool.random(using: &generator) {
        try launch.countersign(target.id, by: person)
      } else {
        try launch.revoke(target.id)
      }
    }
  }
}
