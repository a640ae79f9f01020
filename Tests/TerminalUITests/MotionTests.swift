import Checklist
import Session
import TerminalUI
import TestSupport
import Testing

/// Who wants nothing to move by itself sees nothing move.
@Suite struct MotionTests {
  private func running(isStill: Bool) throws -> Walk {
    var walk = try SampleLaunch().session()
    walk.state.isStill = isStill
    walk.act(.runStarted([.init(point: "1.1", probe: "p")]))
    walk.act(.probeProgressed(index: 0, text: "looking", elapsed: 0))
    return walk
  }

  private func drawn(_ walk: Walk, frame: Int) -> [String] {
    var surface = Surface(size: Size(rows: 24, columns: 80), glyphs: .unicode)
    SessionScreen.draw(walk.state, frame: frame, into: &surface)
    return surface.text
  }

  @Test func theLoopIsNotWokenAndNoSignTurns() throws {
    let still = try running(isStill: true)
    #expect(!still.state.animates)
    #expect(drawn(still, frame: 1) == drawn(still, frame: 2))
    #expect(drawn(still, frame: 1).contains { $0.contains("• RUN") })
    var loading = still
    loading.state.screen = .loading
    #expect(!loading.state.animates)
    #expect(drawn(loading, frame: 1) == drawn(loading, frame: 2))
  }

  @Test func otherwiseItTurns() throws {
    let moving = try running(isStill: false)
    #expect(moving.state.animates)
    #expect(drawn(moving, frame: 1) != drawn(moving, frame: 2))
  }

  @Test func whatHasEndedIsShownWithoutATick() throws {
    var still = try running(isStill: true)
    let before = drawn(still, frame: 0)
    still.act(.probeFinished(index: 0, verdict: .pass, message: "fine", elapsed: 2_300))
    #expect(drawn(still, frame: 0) != before)
    #expect(drawn(still, frame: 0).contains { $0.contains("2.3 s") })
  }
}
