import Checklist
import Evidence
import Gate
import Session
import TestSupport
import Testing

/// The audit as data: what is found, what keys do, and that keys do nothing else.
@Suite("Audit")
struct AuditTests {
  /// A launch with a stale and a lapsed point, a late record and a clock that went back.
  private func launch() throws -> SampleLaunch {
    var launch = try SampleLaunch()
    try launch.run(.pass, facts: ["suites": "two"])
    let id = try launch.sign(["1.2", "2.1", "3.2"])
    try launch.add(.countersign(Countersign(record: id, note: "seen")), by: .daniel)
    try launch.seal()
    try launch.run(.pass, ["1.2"], facts: ["suites": "three"])
    launch.clock = Timestamp(seconds: launch.clock.seconds - 600)
    try launch.sign(["3.2"], note: "again")
    launch.clock = SampleLaunch.start + .hours(1)
    return launch
  }

  private var later: Timestamp { SampleLaunch.start + .days(40) }

  @Test("attention is asked in one order: what cannot be verified first")
  func concerns() throws {
    let snapshot = try launch().audit(at: later)
    #expect(snapshot.integrity == .intact)
    let kinds = snapshot.concerns.map(\.kind)
    let order = AuditConcern.Kind.allCases
    #expect(kinds == kinds.sorted { order.firstIndex(of: $0)! < order.firstIndex(of: $1)! })
    #expect(kinds.filter { $0 == .late }.count == 2)
    #expect(kinds.filter { $0 == .clock }.count == 1)
    #expect(
      snapshot.concerns.filter { $0.kind == .lapsed || $0.kind == .stale }.map(\.place).contains(
        .point("2.1")))
  }

  @Test("a lapsed point shows the facts of then and now")
  func changes() throws {
    let launch = try launch()
    let snapshot = launch.audit()
    #expect(snapshot.report?.standing("1.2")?.state == .lapsed)
    let change = try #require(snapshot.changes["1.2"]?.first)
    #expect(change.name == "suites")
    #expect([change.old, change.new] == ["two", "three"])
    #expect(try launch.snapshot().changes["1.2"] == snapshot.changes["1.2"])
  }

  @Test("signatures: allowed, not allowed, missing where the policy wants one")
  func signatures() throws {
    var launch = try SampleLaunch(
      policy: Policy(signaturesRequired: true, people: []))
    let id = try launch.sign(["2.1"])
    var grounds = AuditGrounds.sample
    #expect(launch.audit(grounds: grounds).concerns.map(\.kind) == [.unsigned])
    grounds.untrusted = [id: "this sign-off is not signed"]
    let snapshot = launch.audit(grounds: grounds)
    #expect(snapshot.integrity == .untrusted)
    #expect(snapshot.records.first?.lacksSignature == true)
  }

  @Test("a damaged file opens on what is damaged, and is never a verdict")
  func damaged() throws {
    let launch = try launch()
    var text = String(decoding: launch.evidence.rendered, as: UTF8.self)
    text = text.replacing("counts agree", with: "counts differ")
    let state = AuditState(launch.audit(Array(text.utf8)))
    #expect(state.page == .attention)
    #expect(state.snapshot.integrity == .damaged)
    #expect(state.snapshot.concerns.first?.kind == .damage)
    let citation = AuditCitation.of(state.snapshot)
    #expect(citation.contains("DAMAGED, no verdict"))
    #expect(!citation.contains(" GO"))
  }

  @Test("] and [ go around what needs attention, from every page")
  func walking() throws {
    var state = AuditState(try launch().audit(at: later))
    let count = state.snapshot.concerns.count
    #expect(count > 3)
    _ = state.handle(.character("4"))
    _ = state.handle(.character("]"))
    #expect(state.page == .attention)
    #expect(state.selection == 0)
    _ = state.handle(.character("]"))
    #expect(state.selection == 1)
    _ = state.handle(.character("["))
    _ = state.handle(.character("["))
    #expect(state.selection == count - 1)
    #expect(state.message == "needs attention: \(count) of \(count)")
  }

  @Test("a filter is typed, kept and dropped")
  func filter() throws {
    var state = AuditState(try launch().audit())
    for key in "3/sealed" { _ = state.handle(.character(key)) }
    #expect(state.isTyping)
    #expect(state.listed.map { state.snapshot.records[$0].type } == ["seal"])
    _ = state.handle(.enter)
    #expect(!state.isTyping)
    #expect(state.handle(.character("q")) == [.quit])
    _ = state.handle(.escape)
    #expect(state.listed.count == state.snapshot.records.count)
  }

  @Test("y copies a citation of what is looked at")
  func citation() throws {
    let launch = try launch()
    var state = AuditState(launch.audit())
    _ = state.handle(.character("4"))
    for _ in 0..<2 { _ = state.handle(.down) }
    let point = try #require(state.snapshot.report?.points[2])
    let record = try #require(point.decision?.record)
    #expect(
      state.handle(.character("y")) == [
        .copy(
          "acme-shop 4.2.0 -> production, record \(record) sign-off 2.1 met by Mara Lind "
            + "(release-manager) at 2026-11-21T09:02:00Z, unsigned, now OK, "
            + "file \(state.snapshot.digest)")
      ])
    _ = state.handle(.character("3"))
    guard case .copy(let text)? = state.handle(.character("y")).first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(text.contains(state.snapshot.records[0].entry?.id.description ?? "-"))
  }

  @Test("two files: records of one alone, and points that stand differently")
  func comparison() throws {
    let before = try SampleLaunch()
    var after = before
    try after.run(.fail, ["3.1"])
    let snapshot = after.audit(comparing: before)
    let comparison = try #require(snapshot.comparison)
    #expect(comparison.common == 1)
    #expect(
      comparison.differences.contains(.state(point: "3.1", here: "FAIL", there: "UNKNOWN")))
    guard case .onlyHere(let entry)? = comparison.differences.first else {
      Issue.record("no record is here alone")
      return
    }
    #expect(entry.record.body.type == "run")
    #expect(AuditState(snapshot).pages.last == .compare)
    #expect(AuditState(after.audit()).pages.last == .keys)
    #expect(after.audit(comparing: after).comparison?.differences == [])
  }

  @Test("no key leads to anything but copying, drawing, suspending and leaving")
  func readOnly() throws {
    var state = AuditState(try launch().audit(at: later))
    let keys: [Key] =
      (0x20...0x7E).compactMap { Unicode.Scalar($0).map { .character(Character($0)) } } + [
        .enter, .tab, .backTab, .escape, .up, .down, .left, .right, .home, .end, .pageUp,
        .pageDown, .backspace, .delete, .function(1), .control("s"), .control("l"),
        .control("z"), .paste("R S s\n"), .click(row: 5, column: 5),
      ]
    let before = state.snapshot
    for round in 0..<40 {
      for (index, key) in keys.enumerated() {
        _ = state.handle(keys[(index * 7 + round * 13) % keys.count])
        _ = state.handle(key)
      }
    }
    #expect(state.snapshot == before)
  }
}
