import Checklist
import Evidence
import Gate
import Testing

@Suite("Seals, changes of the rules, carried sign-offs")
struct SealAndPolicyTests {
  private let alice = Launch.person("alice")
  private let bob = Launch.person("bob")
  private let eve = Launch.person("eve")

  private func isSealed(_ launch: Launch) throws -> Bool {
    if case .sealed = try launch.report().seal { true } else { false }
  }

  @Test("a seal holds until something negative comes after it or beside it")
  func seal() throws {
    func sealed(_ change: (inout Launch, RecordID, [RecordID]) throws -> Void) throws -> Bool {
      var launch = try Launch(.assisted)
      try launch.run(.pass)
      let sign = try launch.sign(.met)
      let before = launch.evidence.heads
      let seal = try launch.seal()
      _ = sign
      try change(&launch, seal, before)
      return try isSealed(launch)
    }
    #expect(try sealed { _, _, _ in })
    #expect(try sealed { launch, _, _ in try launch.sign(.met, by: bob) })
    #expect(try sealed { launch, _, _ in try launch.run(.pass) })
    #expect(try !sealed { launch, _, _ in try launch.run(.fail) })
    #expect(try !sealed { launch, _, before in try launch.run(.fail, seeing: before) })
    #expect(try !sealed { launch, _, before in try launch.sign(.notMet, seeing: before) })
    #expect(try !sealed { launch, _, before in try launch.revoke(before[0], seeing: before) })
    #expect(
      try !sealed { launch, seal, _ in
        try launch.add(.reopen(Reopen(record: seal, reason: "leak")))
      })
    #expect(
      try sealed { launch, seal, _ in
        try launch.add(.reopen(Reopen(record: seal, reason: "leak")))
        try launch.seal(by: bob)
      })
  }

  @Test("a seal by a machine, a stranger or without the key is none")
  func sealers() throws {
    var launch = try Launch(.manual, policy: Keys.strict)
    try launch.seal(by: Launch.machine(), key: "ci")
    try launch.seal(by: eve, key: "eve")
    try launch.seal(by: alice)
    #expect(try launch.report().seal == .unsealed)
    try launch.seal(by: alice, key: "alice")
    #expect(try isSealed(launch))
  }

  @Test("a launch that was not opened, or by rules that cannot be read, is not judged")
  func notOpened() throws {
    #expect(throws: GateFault.self) { try Gate.evaluate(Evidence(), at: Timestamp(seconds: 0)) }
    var launch = try Launch(.manual, isOpened: false)
    var opened = launch.opened
    opened.policy = .object(["people": .string("all")])
    try launch.add(.opened(opened), seeing: [])
    let change = try launch.add(
      .policy(PolicyChange(policy: Policy().value, reason: "mine")), by: eve)
    try launch.countersign(change, by: Launch.person("mallory"))
    #expect(throws: GateFault.self) { try launch.report() }
  }

  @Test("openings that agree unite, and openings that differ block until two people settle it")
  func openings() throws {
    var launch = try Launch(.manual, policy: Keys.named)
    try launch.open(by: bob)
    try launch.sign(.met)
    #expect(try launch.judged() == "OK GO")
    let early = try launch.add(
      .policy(PolicyChange(checklist: launch.checklist.value, reason: "before")), by: alice)
    try launch.countersign(early, by: bob)
    var other = launch.opened
    other.checklist = .object((other.checklist.object ?? [:]).adding("title", .string("Other")))
    try launch.add(.opened(other), by: bob, seeing: [])
    #expect(try launch.report().verdict == .incomplete, "the change did not know of the opening")
    let change = try launch.add(
      .policy(PolicyChange(checklist: launch.checklist.value, reason: "settled")), by: alice)
    #expect(try launch.report().verdict == .incomplete)
    #expect(try launch.report().warnings.contains { $0.contains("waits for a second person") })
    try launch.countersign(change, by: alice)
    #expect(try launch.report().verdict == .incomplete)
    try launch.countersign(change, by: bob)
    #expect(try launch.judged() == "OK GO")
  }

  @Test("nobody lets oneself in by opening the launch once more")
  func rogueOpening() throws {
    var launch = try Launch(.manual, policy: Keys.named)
    let mine = Policy(people: [Keys.person("eve"), Keys.person("mallory")])
    var opened = launch.opened
    opened.policy = mine.value
    // Backdated, so that it sorts before the honest one.
    try launch.add(.opened(opened), by: eve, seeing: [], at: Timestamp(seconds: 1_000))
    let change = try launch.add(.policy(PolicyChange(policy: mine.value, reason: "me")), by: eve)
    try launch.countersign(change, by: Launch.person("mallory"))
    try launch.sign(.met, by: eve)
    #expect(try launch.report().verdict == .incomplete)
    #expect(try launch.report().blockers.contains { $0.point == nil })
  }

  @Test("what two people made stricter, one alone does not loosen again")
  func revokedPolicy() throws {
    var launch = try Launch(.manual, policy: Keys.named)
    try launch.sign(.met, by: alice)
    let change = try launch.add(
      .policy(PolicyChange(policy: Keys.strict.value, reason: "keys")), by: alice)
    try launch.countersign(change, by: bob)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    let revoke = try launch.revoke(change, by: eve)
    try launch.revoke(change, by: alice)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    try launch.countersign(revoke, by: bob)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    let second = try launch.revoke(change, by: alice)
    try launch.countersign(second, by: bob)
    #expect(try launch.judged() == "OK GO")
  }

  private func carrying(
    _ launch: inout Launch, by author: Author, from release: String = "0", performed: String
  ) throws -> RecordID {
    var before = try Launch(.manual, boundTo: launch.point.boundTo, isOpened: false)
    before.control = launch.control
    before.point = launch.point
    var opened = before.opened
    opened.release = release
    let opening = try Evidence.opening(opened, by: author, at: before.clock)
    var evidence = try Evidence([opening])
    let decision = Decision(
      point: "1.1", answer: .met, note: "rehearsed", performedOn: CalendarDate(performed),
      attachments: [], pointDigest: Digest(of: launch.point.value))
    let sign = try evidence.draft(
      .signOff(SignOff(decisions: [decision])), by: alice, at: before.clock)
    try evidence.add(sign)
    return try launch.add(
      .carry(Carry(records: [sign.value], points: ["1.1"], note: "still so")), by: author)
  }

  @Test("a time-bound sign-off is carried over with its original day")
  func carry() throws {
    for (binding, performed, outcome) in [
      (Point.Binding.time, "2026-11-01", "OK GO"), (.time, "2026-09-01", "STALE INCOMPLETE"),
      (.code, "2026-11-01", "OPEN INCOMPLETE"), (.target, "2026-11-01", "OPEN INCOMPLETE"),
    ] {
      var launch = try Launch(.manual, boundTo: binding, validFor: .days(30))
      _ = try carrying(&launch, by: bob, performed: performed)
      #expect(try launch.judged() == outcome)
    }
  }

  @Test("who carries needs the right to sign, and a carried sign-off needs its second pair of eyes")
  func carriers() throws {
    var launch = try Launch(.manual, policy: Keys.named)
    _ = try carrying(&launch, by: eve, performed: "2026-11-01")
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    _ = try carrying(&launch, by: bob, performed: "2026-11-01")
    #expect(try launch.judged() == "OK GO")
    var four = try Launch(.manual, fourEyes: true, policy: Keys.named)
    let carry = try carrying(&four, by: bob, performed: "2026-11-01")
    #expect(try four.judged() == "OPEN INCOMPLETE")
    try four.countersign(carry, by: alice)
    #expect(try four.judged() == "OPEN INCOMPLETE")
    try four.countersign(carry, by: bob)
    #expect(try four.judged() == "OK GO")
  }

  @Test("a revoked sign-off does not come back by carrying it over within its launch")
  func carriedWithin() throws {
    var launch = try Launch(.manual)
    let sign = try launch.sign(.met)
    let copy = try #require(launch.evidence[sign]).value
    try launch.revoke(sign)
    try launch.add(.carry(Carry(records: [copy], points: ["1.1"], note: "")), by: bob)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
  }
}
