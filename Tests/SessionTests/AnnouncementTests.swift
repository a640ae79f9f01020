import Session
import TestSupport
import Testing

/// The page on which the user agrees to what active probes send.
@Suite("Announcement")
struct AnnouncementTests {
  private let lines = ["http.methods sends to https://shop.example: one TRACE"]

  private func asked() throws -> Walk {
    var walk = try SampleLaunch().session()
    #expect(walk.type("R") == [.runProbes(points: [])])
    walk.act(.sendingAnnounced(lines, points: ["9.4"]))
    return walk
  }

  @Test("a run that would send opens the page instead")
  func opens() throws {
    let walk = try asked()
    #expect(walk.state.screen == .announcement)
    #expect(!walk.state.awaitsRun)
    #expect(walk.state.run == nil)
  }

  @Test("no single key sends")
  func typed() throws {
    var walk = try asked()
    #expect(walk.press(.control("s"), .enter, .control("s")) == [])
    walk.type("sen")
    #expect(walk.press(.control("s")) == [])
    walk.type("d")
    #expect(walk.press(.control("s")) == [.send(lines, points: ["9.4"])])
    #expect(walk.state.awaitsRun)
    #expect(walk.state.screen == .gate)
  }

  @Test("Esc goes back, and nothing is sent")
  func back() throws {
    var walk = try asked()
    walk.type("send")
    #expect(walk.press(.escape) == [])
    #expect(walk.state.screen == .gate)
    #expect(walk.state.announcement == nil)
    #expect(walk.type("R") == [.runProbes(points: [])])
  }
}
