import Checklist
import Evidence
import Session
import TestSupport
import Testing

/// One's own acknowledgement stands until the next key, whatever happens elsewhere.
@Suite struct NewsTests {
  /// A session whose sign-off has just got to the disk, and the launch with it.
  private func signed() throws -> (walk: Walk, launch: SampleLaunch, id: RecordID) {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.type("jjs")
    walk.collect("read it")
    walk.type("S")
    walk.type("4.2.0")
    walk.press(.control("s"))
    #expect(walk.state.isRecording)
    let id = try launch.sign(["3.2"])
    walk.act(.recorded(id, try launch.snapshot()))
    return (walk, launch, id)
  }

  @Test func whatOthersRecordWaitsBesideIt() throws {
    var (walk, launch, id) = try signed()
    let own = walk.state.message
    #expect(own?.text.hasPrefix("on disk: \(id.short); verdict INCOMPLETE") == true)
    #expect(walk.state.news.count == 0)
    try launch.run(.fail, ["1.1"])
    walk.act(.loaded(try launch.snapshot()))
    try launch.sign(["2.1"], by: .daniel)
    walk.act(.loaded(try launch.snapshot()))
    #expect(walk.state.message == own)
    #expect(walk.state.news.note == "+2 came in")
    walk.press(.down)
    let told = try #require(walk.state.message?.text)
    #expect(told.hasPrefix("2 records came in, by "))
    #expect(told.hasSuffix("Daniel Okafor (team-lead); INCOMPLETE became NO-GO"))
    #expect(walk.state.news.count == 0)
  }

  @Test func recordsThatTheSameWritingHasFoundAreTold() throws {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.type("jjs")
    walk.collect("read it")
    walk.type("S")
    walk.type("4.2.0")
    walk.press(.control("s"))
    try launch.sign(["2.1"], by: .daniel)
    let id = try launch.sign(["3.2"])
    walk.act(.recorded(id, try launch.snapshot()))
    #expect(walk.state.message?.text.hasPrefix("on disk: \(id.short)") == true)
    #expect(walk.state.news.note == "+1 came in")
    walk.press(.down)
    #expect(walk.state.message?.text == "a record came in, by Daniel Okafor (team-lead)")
  }

  @Test func troubleWaitsTooAndIsToldFirst() throws {
    var (walk, launch, _) = try signed()
    let own = walk.state.message
    try launch.sign(["2.1"], by: .daniel)
    walk.act(.loaded(try launch.snapshot()))
    walk.act(.draftsNotKept(reason: "the disk is full", hint: "sign now"))
    #expect(walk.state.message == own)
    #expect(walk.state.news.note == "+2 more")
    walk.press(.down)
    #expect(walk.state.message?.text == "drafts are in memory only: the disk is full")
    // What went wrong is not covered by what came in; a key that says something of its own does.
    walk.press(.down)
    #expect(walk.state.message?.kind == .error)
    walk.type("g]")
    #expect(walk.state.message?.text.hasPrefix("open: ") == true)
    walk.press(.down)
    #expect(walk.state.message?.text == "a record came in, by Daniel Okafor (team-lead)")
  }

  @Test func afterAKeyNewsAreToldAtOnceAgain() throws {
    var (walk, launch, _) = try signed()
    walk.press(.down)
    #expect(walk.state.message?.text.hasPrefix("on disk: ") == true)
    try launch.sign(["2.1"], by: .daniel)
    walk.act(.loaded(try launch.snapshot()))
    #expect(walk.state.message?.text == "a record came in, by Daniel Okafor (team-lead)")
  }

  @Test func anotherSizeOfTheWindowIsNoKey() throws {
    var (walk, launch, _) = try signed()
    let own = walk.state.message
    try launch.sign(["2.1"], by: .daniel)
    walk.act(.loaded(try launch.snapshot()))
    walk.press(.resize(Size(rows: 10, columns: 30)), .down)
    walk.press(.resize(Size(rows: 24, columns: 80)))
    #expect(walk.state.message == own)
    #expect(walk.state.news.count == 1)
  }
}
