import Session
import TestSupport
import Testing

/// The page on which the user agrees to what would be contacted and run.
@Suite("Trust")
struct TrustTests {
  private let content = TrustContent(
    files: [.init(path: "/srv/shop/launchgate.yaml", digest: "sha256:0")],
    effects: ["contacts https://shop.example"])

  private func asked() throws -> Walk {
    var walk = try SampleLaunch().session()
    #expect(walk.type("R") == [.runProbes(points: [])])
    walk.act(.trustNeeded(content, points: []))
    return walk
  }

  @Test("a run that needs trust opens the page instead")
  func opens() throws {
    let walk = try asked()
    #expect(walk.state.screen == .trust)
    #expect(!walk.state.awaitsRun)
    #expect(walk.state.run == nil)
  }

  @Test("no single key agrees")
  func typed() throws {
    var walk = try asked()
    #expect(walk.press(.control("s"), .enter, .control("s")) == [])
    walk.type("trus")
    #expect(walk.press(.control("s")) == [])
    walk.type("t")
    #expect(walk.press(.control("s")) == [.trust(content, points: [])])
    #expect(walk.state.awaitsRun)
    #expect(walk.state.screen == .gate)
  }

  @Test("Esc goes back, and nothing is run")
  func back() throws {
    var walk = try asked()
    walk.type("trust")
    #expect(walk.press(.escape) == [])
    #expect(walk.state.screen == .gate)
    #expect(walk.state.trust == nil)
    #expect(walk.type("R") == [.runProbes(points: [])])
  }
}
