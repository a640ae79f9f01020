internal import Checklist
internal import Gate

extension SessionState {
  /// Keys while a command is typed.
  mutating func handleCommand(_ key: Key) -> [Effect] {
    guard var entry = command.take() else { return [] }
    switch key {
    case .escape, .control("c"): return []
    case .backspace where entry.input.isEmpty: return []
    case .enter: return run(entry.input.text.trimmed)
    case .tab: entry.complete(report)
    case .function(1): help = HelpPage()
    default: _ = entry.input.apply(key)
    }
    command = entry
    return []
  }

  /// Does what was typed behind the colon.
  private mutating func run(_ text: String) -> [Effect] {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let word = words.first else { return [] }
    let argument = words.count > 1 ? words[1].trimmed : ""
    // A bare number is what people type to get there.
    guard let command = ScreenCommand.named(word) else {
      if report?.checklist.control(word) != nil { return goTo(word) }
      warn("there is no command \(word): Tab after : lists them")
      return []
    }
    if let key = command.key {
      screen = .gate
      return handleGate(key)
    }
    switch command.name {
    case "goto": return goTo(argument)
    case "filter":
      screen = .gate
      setFilter(argument)
    case "probe": return probe(argument)
    case "refresh": return [.refresh]
    case "assign", "carry", "occasion", "reopen":
      screen = .gate
      return openLaunch(command.name, argument)
    case "mouse": return setMouse(argument)
    case "theme":
      guard let theme = ThemeName(rawValue: argument) else {
        return refuse(command, argument)
      }
      self.theme = theme
      note("colours: \(theme.rawValue)")
      return [.setTheme(theme)]
    case "redraw": return [.redraw]
    case "help": help = HelpPage()
    case "quit": return quit()
    default: break
    }
    return []
  }

  private mutating func refuse(_ command: ScreenCommand, _ argument: String) -> [Effect] {
    warn("\(argument.isEmpty ? "nothing" : argument) will not do here: \(command.usage)")
    return []
  }

  private mutating func goTo(_ place: String) -> [Effect] {
    guard let checklist = report?.checklist,
      let control = checklist.control(place) ?? checklist.control(ofPoint: place)
        ?? checklist.controls.first(where: { !place.isEmpty && $0.slug.hasPrefix(place) })
    else {
      warn("there is no control \(place.isEmpty ? "without a number" : place)")
      return []
    }
    if !visibleControls.contains(where: { $0.number == control.number }) { clearFilter() }
    screen = .gate
    select(control.number)
    return []
  }

  private mutating func probe(_ place: String) -> [Effect] {
    switch place {
    case "", "all": return startRun([])
    case "old": return refreshOld()
    default:
      _ = goTo(place)
      guard message?.kind != .warning else { return [] }
      return runSelected()
    }
  }

  private mutating func setMouse(_ word: String) -> [Effect] {
    switch word {
    case "on", "off":
      isMouseOn = word == "on"
      note(isMouseOn ? "clicks and the wheel work" : "the terminal's own selection works")
      return [.setMouse(isMouseOn)]
    default:
      warn("the mouse is \(isMouseOn ? "on" : "off"); :mouse on|off")
      return []
    }
  }
}
