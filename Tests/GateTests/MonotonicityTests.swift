import Checklist
import Evidence
import Gate
import Testing

@Suite("Taking away good news")
struct MonotonicityTests {
  @Test("removing a positive record never improves the verdict")
  func removal() throws {
    var generator = SeededGenerator(2026)
    var tried = 0
    var harmed = 0
    for _ in 0..<1_500 {
      let launch = try RandomLaunch.make(using: &generator)
      let before = try launch.report()
      for head in launch.evidence.heads {
        guard let entry = launch.evidence[head], entry.isPositive else { continue }
        let rest = try Evidence(launch.evidence.entries.filter { $0.id != head })
        let after = try Gate.evaluate(rest, at: launch.clock)
        tried += 1
        if after.verdict.rank < before.verdict.rank { harmed += 1 }
        if after.verdict.rank > before.verdict.rank {
          Issue.record(
            """
            without its \(entry.record.body.type) a launch went from \(before.verdict) to \
            \(after.verdict): \(launch.point.how) \(launch.point.boundTo) \
            \(launch.evidence.entries.map(\.record.body.summary)) \(before.points.map(\.reason)) \
            \(after.points.map(\.reason)) four eyes: \(launch.control.fourEyes)
            """)
          return
        }
      }
    }
    #expect(tried > 800)
    #expect(harmed > 50)
  }

  @Test("a GO holds until the moment that it names, and no longer")
  func validUntil() throws {
    var generator = SeededGenerator(91)
    var tried = 0
    for _ in 0..<1_500 {
      let launch = try RandomLaunch.make(using: &generator)
      guard let end = try launch.report().validUntil else { continue }
      tried += 1
      let last = Timestamp(seconds: end.seconds - 1)
      #expect(try launch.report(at: last).verdict == .go, "\(launch.point)")
      let story = launch.evidence.entries.map(\.record.body.summary)
      #expect(try launch.report(at: end).validUntil != end, "\(launch.point) \(story)")
    }
    #expect(tried > 100)
  }
}

extension GateVerdict {
  fileprivate var rank: Int {
    switch self {
    case .go: 2
    case .incomplete: 1
    case .noGo: 0
    }
  }
}

extension Entry {
  fileprivate var isPositive: Bool {
    switch record.body {
    case .run(let run): run.findings.allSatisfy { $0.finding.verdict == .pass }
    case .signOff(let signOff): signOff.decisions.allSatisfy { $0.answer != .notMet }
    case .countersign, .carry, .seal: true
    default: false
    }
  }
}

extension Record.Body {
  fileprivate var summary: String {
    switch self {
    case .run(let run): "run \(run.findings.map(\.finding.verdict.rawValue))"
    case .signOff(let signOff): "sign \(signOff.decisions.map(\.answer.rawValue))"
    default: type
    }
  }
}
