import Checklist
import Gate
import Session
import TestSupport
import Testing

/// A screen that is left open judges again before it is believed.
@Suite struct RefreshTests {
  private func opened(secondsAgo seconds: Int) throws -> Walk {
    var launch = try SampleLaunch()
    try launch.finish()
    var walk = try launch.session()
    walk.state.now = walk.state.now + Period(seconds: seconds)
    return walk
  }

  @Test func aFreshJudgementIsNotAskedForAgain() throws {
    var walk = try opened(secondsAgo: 29)
    #expect(!walk.press(.character("j")).contains(.refresh))
  }

  @Test func anOldJudgementIsAskedForOnceByAnyKey() throws {
    var walk = try opened(secondsAgo: 30)
    #expect(walk.press(.character("j")).contains(.refresh))
    #expect(!walk.press(.character("k")).contains(.refresh))
  }

  @Test func whatHasExpiredMeanwhileIsNoLongerGreen() throws {
    var launch = try SampleLaunch()
    try launch.finish()
    var walk = try launch.session()
    #expect(walk.state.report?.verdict == .go)
    launch.clock = launch.clock + Period.days(2)
    walk.act(.loaded(try launch.snapshot()))
    #expect(walk.state.report?.verdict == .incomplete)
  }

  @Test func aFailedRefreshSaysSoAndKeepsTheForm() throws {
    var walk = try opened(secondsAgo: 60)
    walk.press(.character("s"))
    let form = walk.state.form
    walk.act(.refreshFailed(reason: "line 3 is torn", hint: "launchgate repair"))
    #expect(walk.state.form == form)
    #expect(walk.state.screen == .form)
    #expect(walk.state.message?.text == "this may be old: line 3 is torn")
  }
}
