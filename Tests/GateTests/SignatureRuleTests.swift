import Checklist
import Evidence
import Gate
import Testing

@Suite("What signatures cover")
struct SignatureRuleTests {
  private let alice = Launch.person("alice")
  private let bob = Launch.person("bob")

  private func blockers(_ launch: Launch) throws -> [String] {
    try launch.report().blockers.map(\.reason).filter { $0.contains("candidate") }
  }

  @Test("a candidate that nobody signed for lets nothing pass where signatures are required")
  func candidates() throws {
    var launch = try Launch(.manual, boundTo: .code, policy: Keys.strict)
    try launch.candidate("t1")
    #expect(try blockers(launch).count == 1)
    // A signed sign-off after it covers it, an unsigned one does not.
    try launch.sign(.met, by: alice)
    #expect(try blockers(launch).count == 1)
    try launch.sign(.met, by: alice, key: "alice")
    #expect(try blockers(launch).isEmpty)
    #expect(try launch.judged() == "OK GO")
    // Whoever can write the file moves the candidate: everything stops, whatever it says.
    let before = launch.evidence.heads
    var moved = launch
    try moved.candidate("t2")
    #expect(try blockers(moved).count == 1)
    #expect(try moved.report().verdict != .go)
    // Away from what is signed and back again is no way around it either.
    try moved.candidate("t1", seeing: moved.evidence.heads)
    #expect(try blockers(moved).isEmpty)
    var back = launch
    try back.add(
      .candidate(Candidate(commit: "c-t2", trees: ["src": "t2"])), by: alice, key: "alice")
    #expect(try back.judged() == "LAPSED INCOMPLETE")
    try back.candidate("t1")
    #expect(try back.report().verdict != .go)
    #expect(try blockers(back).count == 1)
    var beside = launch
    try beside.candidate("t1", seeing: before)
    #expect(try beside.judged() == "OK GO")
  }

  @Test("a candidate counts by an automation's or a person's own signature")
  func signed() throws {
    for (author, key, isCovered) in [
      (Launch.machine(), "ci", true), (Launch.machine("other"), "ci", false),
      (Launch.machine(), "eve", false), (alice, "alice", true), (alice, "bob", false),
    ] {
      var launch = try Launch(.manual, boundTo: .code, policy: Keys.strict)
      try launch.add(
        .candidate(Candidate(commit: "c", trees: ["src": "t"])), by: author, key: key)
      #expect(try blockers(launch).isEmpty == isCovered, "\(author.name) \(key)")
    }
    var free = try Launch(.manual, boundTo: .code)
    try free.candidate("t")
    #expect(try blockers(free).isEmpty)
  }

  @Test("two names with one key are one pair of eyes")
  func oneKey() throws {
    for (second, isTwo) in [(nil, true), ("bob", true), ("alice", false)] {
      var launch = try Launch(.manual, fourEyes: true)
      let sign = try launch.sign(.met, by: alice, key: "alice")
      try launch.countersign(sign, by: bob, key: second)
      #expect(try launch.report().verdict == (isTwo ? .go : .incomplete), "\(second ?? "none")")
    }
    var launch = try Launch(.manual, fourEyes: true)
    try launch.sign(.met, by: alice, key: "alice")
    try launch.sign(.met, by: bob, key: "alice")
    #expect(try launch.report().verdict == .incomplete)
  }

  @Test("a duty is given by a signature where signatures are required")
  func duties() throws {
    var launch = try Launch(.manual, policy: Keys.strict)
    let assign = Record.Body.assign(
      Assign(duty: "rotation", id: "bob", name: "Bob", email: "b@x.test"))
    try launch.add(assign, by: alice)
    #expect(try launch.report().duties.isEmpty)
    try launch.add(assign, by: alice, key: "alice")
    #expect(try launch.report().duties == ["rotation": "Bob"])
  }
}
