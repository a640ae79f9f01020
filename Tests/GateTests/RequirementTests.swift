import Checklist
import Evidence
import Gate
import Testing

/// Questions that a note answers, duties that somebody holds, rules that were loosened.
@Suite("What a sign-off needs beside a name")
struct RequirementTests {
  private let bob = Launch.person("bob")

  private func list(_ change: (inout Checklist) -> Void) -> Checklist {
    var checklist = Checklist(
      id: "tiny", title: "Tiny", version: 1,
      domains: [
        Domain(
          title: "D", short: "D",
          controls: [
            Control(
              number: "1", slug: "one", title: "One", severity: .high, signers: ["lead"],
              points: [Point(id: "1.1", text: "it holds", how: .manual, boundTo: .time)])
          ])
      ])
    change(&checklist)
    return checklist
  }

  private func asking() throws -> ListLaunch {
    try ListLaunch(list { $0.domains[0].controls[0].points[0].question = "Who is called?" })
  }

  @Test("a met without an answer to the question does not count", arguments: ["", " \n\t"])
  func question(note: String) throws {
    var launch = try asking()
    try launch.sign("1.1", .met, note: note)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    let standing = try #require(try launch.report().standing("1.1"))
    #expect(standing.discounted == ["it does not answer the question: Who is called?"])
    #expect(standing.wayOut?.contains("Who is called?") ?? false)
    try launch.sign("1.1", .met, note: "Tomas, by pager")
    #expect(try launch.judged() == "OK GO")
  }

  @Test("a question that does not apply needs no answer, and an empty met lifts no \"not met\"")
  func unanswered() throws {
    var launch = try asking()
    try launch.sign("1.1", .notApplicable, note: "")
    #expect(try launch.judged() == "N/A GO")
    try launch.sign("1.1", .notMet, note: "")
    try launch.sign("1.1", .met, note: " ")
    #expect(try launch.judged() == "FAIL NO-GO")
  }

  @Test("a duty has to be held by somebody for as long as the sign-off counts")
  func duty() throws {
    var launch = try ListLaunch(
      list { $0.domains[0].controls[0].points[0].duty = "Keys" }, policy: Keys.named)
    func assign(_ duty: String, to name: String, by author: Author) throws -> RecordID {
      try launch.add(
        .assign(Assign(duty: duty, id: name, name: name, email: "\(name)@x.test")), by: author)
    }
    try launch.sign("1.1", .met)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    #expect(try launch.report().standing("1.1")?.wayOut?.contains("assign 'Keys'") ?? false)
    _ = try assign("Backups", to: "carol", by: bob)
    _ = try assign("Keys", to: "carol", by: Launch.machine())
    _ = try assign("Keys", to: "carol", by: Launch.person("eve"))
    #expect(try launch.judged() == "OPEN INCOMPLETE")
    let first = try assign("Keys", to: "carol", by: bob)
    #expect(try launch.judged() == "OK GO")
    #expect(
      try launch.report().standing("1.1")?.reason
        == "signed off by alice; Keys is held by carol")
    let second = try assign("Keys", to: "dave", by: bob)
    #expect(try launch.report().duties == ["Keys": "dave", "Backups": "carol"])
    try launch.revoke(second)
    #expect(try launch.report().duties["Keys"] == "carol")
    try launch.revoke(first)
    #expect(try launch.judged() == "OPEN INCOMPLETE")
  }

  @Test("a duty is carried over with the sign-off that wants it held")
  func carriedDuty() throws {
    let checklist = list { $0.domains[0].controls[0].points[0].duty = "Keys" }
    var earlier = try ListLaunch(checklist)
    earlier.release = "0"
    earlier.evidence = Evidence()
    try earlier.open()
    let assigned = try earlier.add(
      .assign(Assign(duty: "Keys", id: "carol", name: "carol", email: "")))
    let signed = try earlier.sign("1.1", .met)
    let records = try [signed, assigned].map { try #require(earlier.evidence[$0]).value }
    for (carried, by, outcome) in [
      (records, bob, "OK GO"), ([records[0]], bob, "OPEN INCOMPLETE"),
      (records, Launch.machine(), "OPEN INCOMPLETE"),
    ] {
      var launch = try ListLaunch(checklist)
      let carry = try launch.add(
        .carry(Carry(records: carried, points: ["1.1"], note: "")), by: by)
      #expect(try launch.judged() == outcome)
      try launch.revoke(carry)
      #expect(try launch.report().duties.isEmpty)
    }
  }

  private func loosened(_ reason: String = "drills are quarterly") -> Checklist {
    list { checklist in
      checklist.base = Base(checklist: "production-25", version: 3)
      checklist.deviations = [
        Deviation(place: "9", kind: .added),
        Deviation(place: "1.1/valid-for", kind: .loosened, old: "30d", new: "90d", reason: reason),
        Deviation(place: "7", kind: .dropped, reason: "no such thing"),
      ]
    }
  }

  @Test("a loosened checklist blocks until two people approve of exactly that")
  func approval() throws {
    var launch = try ListLaunch(loosened(), policy: Keys.named)
    try launch.sign("1.1", .met)
    #expect(try launch.judged() == "OPEN OK INCOMPLETE")
    let approval = try #require(try launch.report().approval)
    for words in ["production-25@3", "from 30d to 90d (drills are quarterly)", "7 dropped"] {
      #expect(approval.point.text.contains(words))
    }
    #expect(!approval.point.text.contains("added"))
    let text = Digest(of: approval.point.value)
    try launch.sign("deviations", .notApplicable)
    try launch.sign("deviations", .riskAccepted)
    #expect(try launch.judged() == "OPEN OK INCOMPLETE")
    let half = try launch.sign("deviations", .met)
    #expect(try launch.judged() == "OPEN OK INCOMPLETE")
    try launch.countersign(half, by: Launch.machine())
    #expect(try launch.judged() == "OPEN OK INCOMPLETE")
    try launch.countersign(half, by: bob)
    #expect(try launch.judged() == "OK OK GO")
    try launch.sign("deviations", .notMet, by: bob)
    #expect(try launch.judged() == "FAIL OK NO-GO")

    var other = try ListLaunch(loosened("another reason"))
    let stale = try other.sign("deviations", .met, text: text)
    try other.countersign(stale, by: bob)
    #expect(try other.judged() == "LAPSED OPEN INCOMPLETE")
  }

  @Test("only those who release, or sign what is touched, approve")
  func approvers() throws {
    for (role, outcome) in [
      ("lead", "OK OPEN INCOMPLETE"), ("release-manager", "OK OPEN INCOMPLETE"),
      ("gardener", "OPEN OPEN INCOMPLETE"),
    ] {
      var launch = try ListLaunch(loosened())
      let half = try launch.sign("deviations", .met, by: Launch.person("alice", role: role))
      try launch.countersign(half, by: Launch.person("bob", role: "team-lead"))
      #expect(try launch.judged() == outcome, "\(role)")
    }
  }

  @Test("a checklist that only adds and tightens needs no approval")
  func stricter() throws {
    let launch = try ListLaunch(
      list { $0.deviations = [Deviation(place: "9", kind: .added)] })
    #expect(try launch.report().approval == nil)
  }

  @Test("a tick holds when all of its points are settled")
  func ticks() throws {
    var launch = try ListLaunch(
      list {
        $0.domains[0].controls[0].points.append(
          Point(id: "1.2", text: "so does this", how: .manual, boundTo: .time))
        $0.ticks = [
          Excerpt(id: "t1", text: "all", points: ["1.1", "1.2"]),
          Excerpt(id: "t2", text: "one", points: ["1.2"]),
        ]
      })
    try launch.sign("1.2", .notApplicable)
    #expect(try launch.report().ticks.map(\.missing) == [["1.1"], []])
    #expect(try launch.report().ticks.map(\.isSettled) == [false, true])
  }
}
