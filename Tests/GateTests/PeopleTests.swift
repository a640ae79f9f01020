import Checklist
import Evidence
import Gate
import Testing

@Suite("Who may decide")
struct PeopleTests {
  private let alice = Launch.person("alice")
  private let bob = Launch.person("bob")

  @Test("a role that the control does not name does not count, and the report says so")
  func role() throws {
    var launch = try Launch(.manual, signers: ["lead"])
    try launch.sign(.met, by: Launch.person("alice", role: "intern"))
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    #expect(try launch.report().standing("1.1")?.discounted.first?.contains("intern") ?? false)
    try launch.sign(.met, by: alice)
    #expect(try launch.judged() == "OK GO")
  }

  @Test("a role counts only on its days, both ends included")
  func roleSpan() throws {
    for (from, to, counts) in [
      ("2026-11-21", "2026-11-21", true), ("2026-11-22", nil, false), (nil, "2026-11-20", false),
      (nil, nil, true), ("2026-11-01", "2026-11-30", true),
    ] as [(String?, String?, Bool)] {
      let grant = Person.Grant(
        role: "lead", from: from.flatMap(CalendarDate.init), to: to.flatMap(CalendarDate.init))
      var launch = try Launch(
        .manual, policy: Policy(people: [Keys.person("alice", roles: [grant])]))
      try launch.sign(.met, by: alice)
      #expect(try launch.judged() == (counts ? "OK GO" : "OPEN INCOMPLETE"))
    }
  }

  @Test("a stranger and a machine decide nothing")
  func strangers() throws {
    var launch = try Launch(.manual, policy: Keys.named)
    try launch.sign(.met, by: Launch.person("eve"))
    try launch.sign(.met, by: Launch.machine())
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    #expect(try launch.report().standing("1.1")?.discounted.count == 2)
  }

  @Test("where signatures are required, only the person's own key makes a decision count")
  func keys() throws {
    for (key, outcome) in [
      (nil, "OPEN INCOMPLETE"), ("eve", "OPEN INCOMPLETE"), ("bob", "OPEN INCOMPLETE"),
      ("alice", "OK GO"),
    ] as [(String?, String)] {
      var launch = try Launch(.manual, policy: Keys.strict)
      try launch.sign(.met, by: alice, key: key)
      #expect(try launch.judged() == outcome)
    }
  }

  @Test("an unsigned \"not met\" counts although signatures are required")
  func unsignedNegative() throws {
    var launch = try Launch(.manual, policy: Keys.strict)
    try launch.sign(.met, by: alice, key: "alice")
    try launch.sign(.notMet, by: Launch.person("eve"))
    #expect(try launch.judged() == "FAIL NO-GO")
  }

  @Test("a \"not met\" is lifted only by who may sign")
  func lifting() throws {
    var launch = try Launch(.manual, policy: Keys.named)
    let no = try launch.sign(.notMet, by: bob)
    try launch.revoke(no, by: Launch.person("eve"))
    #expect(try launch.judged() == "FAIL NO-GO")
    try launch.revoke(no, by: alice)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
  }

  @Test("findings count with an automation's key or a signed sign-off or seal after them")
  func findings() throws {
    func launch(_ change: (inout Launch) throws -> Void) throws -> String {
      var launch = try Launch(.automatic, policy: Keys.strict)
      try change(&launch)
      return try launch.judged()
    }
    #expect(try launch { try $0.run(.pass) } == "UNKNOWN INCOMPLETE")
    #expect(try launch { try $0.run(.pass, key: "eve") } == "UNKNOWN INCOMPLETE")
    #expect(try launch { try $0.run(.pass, key: "ci") } == "OK GO")
    #expect(
      try launch { try $0.run(.pass, by: Launch.machine("other"), key: "ci") }
        == "UNKNOWN INCOMPLETE")
    #expect(try launch { try $0.run(.fail) } == "FAIL NO-GO")
    for key in ["alice", "eve"] {
      let outcome = key == "alice" ? "OK GO" : "UNKNOWN INCOMPLETE"
      #expect(
        try launch {
          try $0.run(.pass)
          try $0.sign(.met, by: Launch.person("alice"), key: key)
        } == outcome)
      #expect(
        try launch {
          try $0.run(.pass)
          try $0.seal(key: key)
        } == outcome)
    }
    #expect(
      try launch {
        try $0.sign(.met, by: Launch.person("alice"), key: "alice")
        try $0.run(.pass)
      } == "UNKNOWN INCOMPLETE")
  }

  @Test("an unsigned finding that is no good news takes the place of a signed pass")
  func unsignedBadNews() throws {
    for verdict in [Finding.Verdict.unknown, .review, .notApplicable, .fail] {
      var launch = try Launch(.automatic, policy: Keys.strict)
      try launch.run(.pass, key: "ci")
      try launch.run(verdict)
      #expect(try launch.report().verdict != .go, "\(verdict)")
    }
    var launch = try Launch(.automatic, policy: Keys.strict)
    try launch.run(.fail, key: "ci")
    try launch.run(.notApplicable)
    #expect(try launch.judged() == "FAIL NO-GO")
    try launch.run(.unknown)
    #expect(try launch.judged() == "FAIL NO-GO")
  }
}

@Suite("Four eyes")
struct FourEyesTests {
  private let alice = Launch.person("alice")
  private let bob = Launch.person("bob")

  @Test("one person is not enough, and neither is the same person again")
  func onePerson() throws {
    var launch = try Launch(.manual, fourEyes: true)
    let first = try launch.sign(.met, by: alice)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    try launch.sign(.met, by: alice)
    try launch.countersign(first, by: alice)
    try launch.countersign(first, by: Launch.person("Alice", email: "ALICE@X.TEST"))
    #expect(try launch.judged() == "OPEN INCOMPLETE")
  }

  @Test("one person of the policy with two addresses is still one person")
  func twoAddresses() throws {
    var launch = try Launch(.manual, fourEyes: true, policy: Keys.named)
    let first = try launch.sign(.met, by: Launch.person("alice@x.test", email: "alice@x.test"))
    let home = Launch.person("alice@home.test", email: "alice@home.test")
    try launch.countersign(first, by: home)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    try launch.sign(.met, by: home)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    try launch.countersign(first, by: bob)
    #expect(try launch.judged() == "OK GO")
  }

  @Test("a countersign by a second person completes it, until it is taken back")
  func countersign() throws {
    var launch = try Launch(.manual, fourEyes: true)
    let first = try launch.sign(.met, by: alice)
    let second = try launch.countersign(first, by: bob)
    #expect(try launch.judged() == "OK GO")
    #expect(try launch.report().standing("1.1")?.decision?.countersigners == ["bob"])
    try launch.revoke(second, by: bob)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
  }

  @Test("a second person without the role does not complete it")
  func countersignRole() throws {
    var launch = try Launch(.manual, fourEyes: true, signers: ["lead"])
    let first = try launch.sign(.met, by: alice)
    try launch.countersign(first, by: Launch.person("bob", role: "intern"))
    #expect(try launch.judged() == "OPEN INCOMPLETE")
  }

  @Test("two sign-offs that say the same of the same complete each other")
  func independent() throws {
    var launch = try Launch(.manual, fourEyes: true)
    let root = launch.evidence.heads
    try launch.sign(.met, by: alice, seeing: root)
    try launch.sign(.met, by: bob, seeing: root)
    #expect(try launch.judged() == "OK GO")
    var other = try Launch(.manual, fourEyes: true)
    try other.sign(.met, by: alice)
    try other.sign(.notApplicable, by: bob)
    #expect(try other.judged() == "OPEN INCOMPLETE")
  }

  @Test("a sign-off before a \"not met\" does not complete one after it")
  func contradicted() throws {
    var launch = try Launch(.manual, fourEyes: true)
    try launch.sign(.met, by: alice)
    try launch.sign(.notMet, by: Launch.person("carol"))
    try launch.sign(.met, by: bob)
    #expect(try launch.judged() == "FAIL NO-GO")
    try launch.sign(.met, by: alice)
    #expect(try launch.judged() == "OK GO")
  }

  @Test("a sign-off of other code does not complete one of this code")
  func otherCode() throws {
    var launch = try Launch(.manual, boundTo: .code, fourEyes: true)
    try launch.candidate("a")
    try launch.sign(.met, by: alice)
    try launch.candidate("b")
    try launch.sign(.met, by: bob)
    #expect(try launch.report().verdict == .incomplete)
    try launch.sign(.met, by: alice)
    #expect(try launch.judged() == "OK GO")
  }

  @Test("a sign-off that is no longer fresh does not complete a fresh one")
  func notFresh() throws {
    var launch = try Launch(.manual, validFor: .days(30), fourEyes: true)
    try launch.sign(.met, by: alice, performed: "2026-10-01")
    try launch.sign(.met, by: bob, performed: "2026-11-20")
    #expect(try launch.report().verdict == .incomplete)
    try launch.sign(.met, by: alice, performed: "2026-11-10")
    let report = try launch.report()
    #expect(report.verdict == .go)
    #expect(report.validUntil == CalendarDate("2026-12-10")?.start)
  }

  @Test("a shorter acceptance of a risk does not carry a longer one")
  func unequalRisks() throws {
    var launch = try Launch(.manual, fourEyes: true)
    let root = launch.evidence.heads
    try launch.sign(.riskAccepted, by: alice, until: "2026-11-23", seeing: root)
    try launch.sign(.riskAccepted, by: bob, until: "2026-12-10", seeing: root)
    #expect(try launch.judged() == "RISK GO")
    launch.wait(days: 4)
    #expect(try launch.report().verdict != .go)
  }

  @Test("\"does not apply\" needs the same eyes as \"met\"")
  func notApplicable() throws {
    var launch = try Launch(.assisted, fourEyes: true)
    try launch.run(.notApplicable)
    let first = try launch.sign(.notApplicable, by: alice)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    try launch.countersign(first, by: bob)
    #expect(try launch.judged() == "N/A GO")
  }
}
