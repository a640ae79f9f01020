import Checklist
import Session
import TestSupport
import Testing

/// The mouse, and texts that are scrolled past their end.
@Suite struct PointingTests {
  private func session() throws -> Walk {
    var launch = try SampleLaunch()
    try launch.run()
    try launch.sign(["3.2"])
    var walk = try launch.session()
    walk.type("g")
    return walk
  }

  @Test func aClickSelects() throws {
    var walk = try session()
    walk.act(.pointed(.control("3")))
    #expect(walk.state.list.selection == "3")
    walk.act(.pointed(.domain(0)))
    #expect(walk.state.list.selection == "1")
    walk.act(.pointed(.text(.detail)))
    #expect(walk.state.list.isDetailFocused)
    walk.act(.pointed(.list))
    #expect(!walk.state.list.isDetailFocused)
    walk.type("ha")
    walk.act(.pointed(.record(2)))
    #expect(walk.state.history.selection == 2)
    walk.act(.pointed(.record(77)))
    #expect(walk.state.history.selection == 2)
    #expect(walk.effects.isEmpty)
  }

  @Test func aClickInTheFooterIsItsKey() throws {
    var walk = try session()
    walk.act(.pointed(.key("v")))
    #expect(walk.state.screen == .verdict)
    walk.act(.pointed(.key("Esc")))
    #expect(walk.state.screen == .gate)
    walk.act(.pointed(.key("?")))
    #expect(walk.state.showsHelp)
    walk.act(.pointed(.key("] [")))
    #expect(walk.state.showsHelp)
    let effects = walk.act(.pointed(.key("Ctrl-L")))
    #expect(effects == [.redraw])
  }

  @Test func aClickInTheFormTicksAndFocuses() throws {
    var walk = try session()
    walk.type("Gs")
    let before = try #require(walk.state.form?.rows.map(\.isTicked))
    walk.act(.pointed(.point(0)))
    #expect(walk.state.form?.focus == .point(0))
    #expect(walk.state.form?.rows.map(\.isTicked) == [!before[0], before[1]])
    walk.act(.pointed(.field(2)))
    #expect(walk.state.form?.focus == .field(2))
    walk.type("typed here")
    #expect(walk.state.form?.fields.text("note") == "typed here")
    walk.act(.pointed(.control("1")))
    #expect(walk.state.screen == .form)
  }

  @Test func nothingIsClickedThroughAQuestion() throws {
    var walk = try session()
    walk.type("js")
    walk.collect("read")
    walk.type("q")
    #expect(walk.state.asksToQuit)
    let asked = walk
    for target in [ScreenTarget.control("2"), .key("S"), .domain(1)] {
      walk.act(.pointed(target))
      walk.act(.wheeled(.list, by: 1))
    }
    #expect(walk == asked)
  }

  @Test func theWheelMovesWhatIsUnderIt() throws {
    var walk = try session()
    walk.act(.wheeled(.list, by: 1))
    #expect(walk.state.list.selection == "2")
    walk.act(.wheeled(.text(.detail), by: 1))
    #expect(walk.state.list.detailScroll == 3)
    #expect(walk.state.list.selection == "2")
    walk.act(.wheeled(.text(.detail), by: -1))
    walk.act(.wheeled(.text(.detail), by: -1))
    #expect(walk.state.list.detailScroll == 0)
  }

  @Test func whatIsScrolledPastTheEndIsNotRemembered() throws {
    var walk = try session()
    walk.type("v")
    for _ in 0..<50 { walk.press(.down) }
    walk.act(.measured([.verdict: 7, .detail: 0]))
    walk.press(.up)
    #expect(walk.state.verdictScroll == 6)
    walk.act(.measured([.verdict: 7]))
    #expect(walk.state.verdictScroll == 6)
  }

  @Test func bracketsStayInTheFilterWhileSomethingIsOpenInIt() throws {
    var walk = try SampleLaunch().session()
    walk.type("/head")
    walk.press(.enter)
    walk.type("]")
    #expect(walk.state.list.selection == "3")
    #expect(walk.state.message?.text == "open: 1 of 1 in the filter, 3 in all")
    walk.type("/nothing like it")
    walk.press(.enter)
    walk.type("]")
    #expect(walk.state.list.filter == nil)
    #expect(
      walk.state.message?.text.hasSuffix("nothing was open in the filter: all are listed") == true)
  }

  @Test func anEscAndALetterCloseBehindItAreBoth() throws {
    var walk = try session()
    walk.type("v")
    walk.press(.alt("b"))
    #expect(walk.state.screen == .gate)
    walk.type("Gs")
    walk.focus("note")
    walk.type("two words")
    walk.press(.alt("b"))
    #expect(walk.state.screen == .form)
  }
}
