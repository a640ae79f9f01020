import TerminalUI
import Testing

@testable import Terminal

@Suite struct PaletteTests {
  @Test func coloursFollowThemeAndTerminal() {
    #expect(Palette(theme: .dark, colors: 256).pairs == [39, 214, 245])
    #expect(Palette(theme: .light, colors: 256).pairs == [25, 130, 240])
    #expect(Palette(theme: .dark, colors: 8).pairs == [3, 6])
    #expect(Palette(theme: .dark, colors: 0).pairs == [])
    #expect(Palette(theme: .mono, colors: 256).pairs == [])
  }

  @Test(arguments: [Theme.dark, .light, .mono], [256, 8, 0])
  func verdictsAndSelectionAreSeenWithoutColour(theme: Theme, colors: Int) {
    let palette = Palette(theme: theme, colors: colors)
    for role in [Role.verdictGo, .verdictNoGo, .verdictIncomplete] {
      #expect(palette.look(of: Style(role)).isReverse)
    }
    for role in Role.allCases {
      let plain = palette.look(of: Style(role))
      let selected = palette.look(of: Style(role).selected)
      #expect(plain.isReverse != selected.isReverse)
    }
  }

  @Test func theEnvironmentIsHeard() {
    #expect(Theme.detected(in: [:]) == .dark)
    #expect(Theme.detected(in: ["NO_COLOR": ""]) == .dark)
    #expect(Theme.detected(in: ["NO_COLOR": "1"]) == .mono)
    #expect(Theme.detected(in: ["COLORFGBG": "0;15"]) == .light)
    #expect(Theme.detected(in: ["COLORFGBG": "15;default;0"]) == .dark)
  }

  @Test func typesToTry() throws {
    func types(_ name: String?) throws -> [String] {
      try TerminalOptions(environment: name.map { ["TERM": $0] } ?? [:]).terminalTypes()
    }
    #expect(try types("linux") == ["linux"])
    #expect(try types("xterm-kitty") == ["xterm-kitty", "xterm-256color"])
    #expect(try types("alacritty") == ["alacritty", "xterm-256color"])
    for name in [nil, "", "dumb"] {
      #expect(throws: TerminalError.dumb) { try types(name) }
    }
  }

  @Test func requestsCannotCarrySequences() {
    #expect(TerminalRequest.title("a\u{7}\u{1B}]x").sequence == "\u{1B}]2;a··]x\u{1B}\\")
    #expect(TerminalRequest.copy("hi\u{7}").sequence == "\u{1B}]52;c;aGkH\u{07}")
  }
}
