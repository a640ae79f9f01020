import Checklist
import Evidence
import Session
import TestSupport
import Testing

/// Commands behind the colon, the help that is searched, and the log of programs.
@Suite struct CommandTests {
  private func session() throws -> Walk {
    var launch = try SampleLaunch()
    try launch.run()
    var walk = try launch.session()
    walk.type("g")
    walk.state.message = nil
    return walk
  }

  private func after(_ command: String) throws -> Walk {
    var walk = try session()
    walk.type(":\(command)")
    walk.press(.enter)
    return walk
  }

  @Test(arguments: ["goto 3", "goto 3.2", "goto headers", "3", "go 3"])
  func goesToAControl(_ command: String) throws {
    let walk = try after(command)
    #expect(walk.state.list.selection == "3")
    #expect(walk.state.command == nil)
    #expect(walk.effects.isEmpty)
  }

  @Test func goesThereThroughAFilterThatHidesIt() throws {
    var walk = try session()
    walk.type("/tls")
    walk.press(.enter)
    walk.type(":3")
    walk.press(.enter)
    #expect(walk.state.list.filter == nil)
    #expect(walk.state.list.selection == "3")
  }

  @Test(arguments: [
    ("goto 99", "there is no control 99"), ("goto", "there is no control without a number"),
    ("nonsense", "there is no command nonsense: Tab after : lists them"),
    ("mouse perhaps", "the mouse is on; :mouse on|off"),
    ("theme pink", "pink will not do here: :theme dark|light|cvd|cvd-light|mono"),
  ])
  func saysWhatIsWrong(_ command: String, _ words: String) throws {
    let walk = try after(command)
    let message = try #require(walk.state.message)
    #expect(message.kind == .warning && message.text == words)
    #expect(walk.effects.isEmpty)
  }

  @Test(arguments: [
    ("probe", [Effect.runProbes(points: [])]), ("probe all", [.runProbes(points: [])]),
    ("probe 1", [.runProbes(points: ["1.1", "1.2"])]), ("probe 99", []),
    ("refresh", [.refresh]), ("redraw", [.redraw]), ("quit", [.quit]),
    ("mouse off", [.setMouse(false)]), ("theme light", [.setTheme(.light)]), ("", []),
  ])
  func does(_ command: String, _ effects: [Effect]) throws {
    #expect(try after(command).effects == effects)
  }

  /// What has a key does the same by its name.
  @Test(arguments: [
    ("verdict", "v"), ("history", "h"), ("log", "l"), ("decide", "s"), ("sign", "S"),
    ("next", "]"), ("copy", "y"), ("help", "?"),
  ])
  func aCommandIsItsKey(_ command: String, _ key: String) throws {
    var walk = try session()
    walk.type(key)
    let named = try after(command)
    #expect(named == walk)
  }

  @Test func theFilterIsSetAndCleared() throws {
    var walk = try after("filter head")
    #expect(walk.state.visibleControls.map(\.number) == ["3"])
    #expect(walk.state.list.selection == "3")
    walk.type(":filter")
    walk.press(.enter)
    #expect(walk.state.list.filter == nil)
  }

  @Test func tabCompletes() throws {
    var walk = try session()
    walk.type(":")
    #expect(
      walk.state.command?.candidates(nil).count == ScreenCommand.all.count)
    walk.type("ve")
    walk.press(.tab)
    #expect(walk.state.command?.input.text == "verdict")
    walk.press(.control("u"))
    walk.type("th")
    walk.press(.tab)
    #expect(walk.state.command?.input.text == "theme ")
    walk.type("l")
    walk.press(.tab)
    #expect(walk.state.command?.input.text == "theme light")
    walk.press(.control("u"))
    walk.type("re")
    walk.press(.tab)
    #expect(walk.state.command?.input.text == "re")
    walk.press(.escape)
    #expect(walk.state.command == nil)
    #expect(walk.effects.isEmpty)
  }

  @Test func aPasteBehindTheColonIsNotDone() throws {
    var walk = try session()
    walk.press(.paste(":quit\n"))
    #expect(walk.state.command == nil)
    walk.type(":")
    walk.press(.paste("quit\n"))
    #expect(walk.effects.isEmpty)
    #expect(walk.state.command != nil)
  }

  @Test func theHelpFindsKeysOfOtherPages() throws {
    var walk = try session()
    walk.type("?")
    let all = walk.state.help?.entries(for: .gate, isDemo: false) ?? []
    #expect(Set(all.map(\.place)) == ["keys here", "keys everywhere", "commands", "signs"])
    walk.type("take back")
    let found = walk.state.help?.entries(for: .gate, isDemo: false) ?? []
    #expect(found.map(\.sign) == ["u"])
    #expect(found.map(\.place) == ["keys of: history"])
    walk.press(.escape)
    #expect(!walk.state.showsHelp)
    #expect(walk.state.screen == .gate)
  }

  @Test func theLogKeepsTheLatest() throws {
    var walk = try session()
    for number in 0..<(CommandLogPage.limit + 3) {
      walk.act(
        .commandEnded(
          LoggedCommand(
            at: SampleLaunch.start, words: ["git", "it's \(number)"], took: 1, outcome: "exit 0")))
    }
    #expect(walk.state.log.commands.count == CommandLogPage.limit)
    #expect(walk.state.log.forgotten == 3)
    #expect(walk.state.log.commands.first?.line == "git 'it'\\''s 3'")
    walk.type("ly")
    guard case .copy(let text) = walk.effects.last else {
      Issue.record("nothing was copied")
      return
    }
    #expect(text.hasSuffix("git 'it'\\''s 202'  # exit 0\n"))
  }
}
