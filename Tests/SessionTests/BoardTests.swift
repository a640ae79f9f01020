import Checklist
import Evidence
import Gate
import Session
import TestSupport
import Testing

/// Many launches: what a row says, their order, and the keys.
@Suite struct BoardTests {
  private func entry(_ launch: SampleLaunch) throws -> BoardEntry {
    BoardEntry(try launch.report())
  }

  private func row(_ launch: SampleLaunch, _ file: String = "a.json") throws -> BoardRow {
    BoardRow(file: file, outcome: .judged(try entry(launch)))
  }

  @Test func anUntouchedLaunchWaitsForProbesAndPeople() throws {
    let entry = try entry(SampleLaunch())
    #expect(entry.verdict == .incomplete)
    #expect(entry.settled == 0 && entry.points == 5)
    #expect(entry.waitsFor.map(\.who) == ["a probe", "anybody"])
    #expect(entry.waitsFor.map(\.points) == [3, 2])
    #expect(entry.expires == nil)
  }

  @Test func theSecondPersonIsWaitedForByName() throws {
    let people = ["Mara Lind": "mara", "Daniel Roth": "daniel"].sorted { $0.key < $1.key }.map {
      Person(
        id: $0.value, name: $0.key, emails: ["\($0.value)@acme.example"],
        roles: [Person.Grant(role: "release-manager")])
    }
    var launch = try SampleLaunch(policy: Policy(people: people))
    try launch.sign(["2.1"])
    let waits = try entry(launch).waitsFor
    #expect(waits.contains(.init(who: "a second person (Daniel Roth)", points: 1)), "\(waits)")
    #expect(waits.contains(.init(who: "(Daniel Roth, Mara Lind)", points: 1)), "\(waits)")
  }

  @Test func aFinishedLaunchSaysWhatExpiresFirst() throws {
    var launch = try SampleLaunch()
    try launch.finish()
    let entry = try entry(launch)
    #expect(entry.verdict == .go && !entry.isSealed)
    #expect(entry.waitsFor == [.init(who: "release manager, to seal", points: 1)])
    #expect(entry.expires != nil && !entry.expiring.isEmpty)
    try launch.seal()
    let sealed = try self.entry(launch)
    #expect(sealed.isSealed && sealed.waitsFor.isEmpty)
  }

  @Test func theWorstComesFirstInOneOrder() throws {
    var finished = try SampleLaunch(subject: "done")
    try finished.finish()
    var failing = try SampleLaunch(subject: "wrong")
    try failing.run(.fail)
    let rows = [
      try row(finished), try row(SampleLaunch(subject: "b"), "b"), try row(failing),
      try row(SampleLaunch(subject: "a"), "a"),
      BoardRow(file: "c", outcome: .unreadable(reason: "no", hint: nil)),
      BoardRow(file: "d", outcome: .damaged(reason: "line 2: no", hint: nil)),
    ]
    for _ in 0..<10 {
      let sorted = BoardRow.sorted(rows.shuffled())
      #expect(
        sorted.map(\.word) == [
          "DAMAGED", "UNREADABLE", "NO-GO", "INCOMPLETE", "INCOMPLETE", "GO",
        ])
      #expect(sorted.compactMap(\.entry?.subject) == ["wrong", "a", "b", "done"])
    }
  }

  @Test func theKeysMoveAndOpenAndEnd() throws {
    var board = BoardState([try row(SampleLaunch(subject: "a")), try row(SampleLaunch(), "b")])
    #expect(board.handle(.resize(Size(rows: 30, columns: 100))) == nil)
    #expect(board.handle(.character("k")) == nil && board.selection == 0)
    for _ in 0..<3 { _ = board.handle(.character("j")) }
    #expect(board.selection == 1)
    _ = board.handle(.character("g"))
    #expect(board.selection == 0)
    _ = board.handle(.enter)
    #expect(board.isOpen)
    _ = board.handle(.character("j"))
    #expect(board.scroll == 1 && board.selection == 0)
    #expect(board.handle(.character("q")) == nil && !board.isOpen)
    #expect(board.handle(.escape) == nil)
    #expect(board.handle(.character("q")) == .end)
    #expect(board.handle(.control("c")) == .end)
    #expect(board.handle(.control("z")) == .suspend)
    #expect(board.handle(.control("l")) == .redraw)
  }

  @Test func anEmptyBoardOpensNothing() {
    var board = BoardState([])
    for key: Key in [.enter, .down, .up, .pageDown, .end] { _ = board.handle(key) }
    #expect(!board.isOpen && board.selected == nil && board.selection >= 0)
  }

  @Test func keysAreIgnoredWhereNothingCanBeShown() throws {
    var board = BoardState([try row(SampleLaunch())])
    _ = board.handle(.resize(Size(rows: 5, columns: 20)))
    #expect(board.handle(.enter) == nil && !board.isOpen)
    #expect(board.handle(.control("c")) == .end)
  }
}
