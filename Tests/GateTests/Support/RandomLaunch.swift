import Checklist
import Evidence
import Gate

/// Launches at random, whose records follow or miss each other.
enum RandomLaunch {
  static func make(using generator: inout SeededGenerator) throws -> Launch {
    let how = Point.Kind.allCases.randomElement(using: &generator) ?? .manual
    let isStrict = Bool.random(using: &generator)
    var launch = try Launch(
      how, boundTo: Point.Binding.allCases.randomElement(using: &generator) ?? .time,
      validFor: Bool.random(using: &generator) ? .days(2) : nil,
      fourEyes: Bool.random(using: &generator), policy: isStrict ? Keys.strict : Policy())
    try launch.candidate("a")
    for _ in 0..<Int.random(in: 2..<9, using: &generator) {
      try step(&launch, isStrict: isStrict, using: &generator)
    }
    return launch
  }

  private static func step(
    _ launch: inout Launch, isStrict: Bool, using generator: inout SeededGenerator
  ) throws {
    let name = ["alice", "bob"].randomElement(using: &generator) ?? "alice"
    let person = Launch.person(name)
    let key = Bool.random(using: &generator) && isStrict ? name : nil
    let seeing = try heads(launch, using: &generator)
    let known = launch.evidence.past(of: seeing)
    let signs = launch.evidence.entries.filter { entry in
      guard case .signOff = entry.record.body else { return false }
      return known.contains(entry.id)
    }
    if Int.random(in: 0..<6, using: &generator) == 0 { launch.wait(hours: 30) }
    switch Int.random(in: 0..<12, using: &generator) {
    case 0...3:
      let verdict = Finding.Verdict.allCases.randomElement(using: &generator) ?? .pass
      let isSigned = isStrict && Bool.random(using: &generator)
      try launch.run(verdict, seeing: seeing, key: isSigned ? "ci" : nil)
    case 4...7:
      let answer = Decision.Answer.allCases.randomElement(using: &generator) ?? .met
      try launch.sign(
        answer, by: person, facts: Bool.random(using: &generator) ? Launch.digest() : nil,
        until: answer == .riskAccepted ? "2026-12-24" : nil, seeing: seeing, key: key)
    case 8, 9:
      guard let target = signs.randomElement(using: &generator) else { return }
      try launch.countersign(target.id, by: person, seeing: seeing, key: key)
    case 10:
      guard let target = signs.randomElement(using: &generator) else { return }
      try launch.revoke(target.id, by: person, seeing: seeing)
    default:
      let draft = try launch.evidence.restricted(to: seeing)
        .sealing(verdict: "GO", note: "", by: person, at: launch.clock)
      try launch.add(draft.record.body, by: person, seeing: seeing, key: key)
    }
  }

  /// The current heads, or what an older clone had.
  private static func heads(
    _ launch: Launch, using generator: inout SeededGenerator
  ) throws -> [RecordID] {
    let entries = launch.evidence.entries
    guard Int.random(in: 0..<3, using: &generator) == 0, entries.count > 2 else {
      return launch.evidence.heads
    }
    let older = try Evidence(
      Array(entries.prefix(Int.random(in: 2...entries.count, using: &generator))))
    return older.heads
  }
}
