import TerminalUI

/// The colours that a theme is made for.
public enum Theme: String, CaseIterable, Sendable {
  case dark
  case light
  /// For the colour-blind on a dark background: what waits for a judgement has a look of its own.
  case cvd
  /// The same on a light background.
  case cvdLight = "cvd-light"
  /// No colours: bold, dim, underline and reverse only.
  case mono

  /// The theme for an environment: NO_COLOR, then the background that COLORFGBG tells of.
  public static func detected(in environment: [String: String]) -> Theme {
    if let value = environment["NO_COLOR"], !value.isEmpty { return .mono }
    let background = environment["COLORFGBG"]?.split(separator: ";").last
    return background == "7" || background == "15" ? .light : .dark
  }
}

/// How the roles look on a terminal.
///
/// Blue and orange, which every kind of colour vision tells apart; never the ANSI blue, which cannot
/// be read on black. Colour is the third channel: a sign and a word always say the same.
struct Palette: Hashable {
  /// How a cell is shown.
  struct Look: Hashable {
    /// A colour of the terminal; -1 is its own foreground.
    var colour: Int16 = -1
    var isBold = false
    var isDim = false
    var isUnderlined = false
    var isReverse = false
  }

  private let colours: Colours
  /// Whether what must be judged looks different from what has failed.
  private let setsJudgementsApart: Bool

  init(theme: Theme, colors: Int) {
    colours =
      switch (theme, colors) {
      case (.mono, _), (_, ..<8): .none
      case (.dark, 256...): Colours(ok: 39, fail: 214, dim: 245)
      case (.light, 256...): Colours(ok: 25, fail: 130, dim: 240)
      case (.cvd, 256...): Colours(ok: 39, fail: 208, judge: 231, dim: 245)
      case (.cvdLight, 256...): Colours(ok: 25, fail: 130, judge: 16, dim: 240)
      case (.dark, _), (.cvd, _): Colours(ok: 6, fail: 3)
      case (.light, _), (.cvdLight, _): Colours(ok: 4, fail: 1)
      }
    setsJudgementsApart = theme == .cvd || theme == .cvdLight
  }

  var isColoured: Bool { colours != .none }

  /// The colours that need a pair.
  var pairs: [Int16] {
    Set([colours.ok, colours.fail, colours.judge, colours.dim]).filter { $0 >= 0 }.sorted()
  }

  func look(of style: Style) -> Look {
    var look = look(of: style.role)
    if style.isBold { look.isBold = true }
    if style.isUnderlined { look.isUnderlined = true }
    if style.isSelected {
      look.isReverse.toggle()
      look.isDim = false
      // What is always in reverse is told apart by its underline.
      if !look.isReverse { look.isUnderlined = true }
    }
    return look
  }

  private func look(of role: Role) -> Look {
    switch role {
    case .plain, .button, .input: Look()
    case .title, .heading, .todo, .key: Look(isBold: true)
    case .dim, .border, .placeholder: faint
    case .focus: Look(colour: colours.ok, isBold: true)
    case .ok, .added, .running, .info: Look(colour: colours.ok)
    case .fail, .error: Look(colour: colours.fail, isBold: true)
    case .review, .unknown, .risk: judged
    case .warning, .removed: Look(colour: colours.fail)
    case .verdictGo: Look(colour: colours.ok, isBold: true, isReverse: true)
    case .verdictNoGo: Look(colour: colours.fail, isBold: true, isReverse: true)
    case .verdictIncomplete: Look(isBold: true, isReverse: true)
    }
  }

  /// Between met and failed; underlined where it has a colour of its own, which with 8 colours is
  /// the terminal's foreground.
  private var judged: Look {
    setsJudgementsApart && isColoured
      ? Look(colour: colours.judge, isUnderlined: true) : Look(colour: colours.fail)
  }

  /// With 8 colours and fewer there is no grey: the terminal's own dim attribute.
  private var faint: Look {
    colours.dim >= 0 ? Look(colour: colours.dim) : Look(isDim: true)
  }

  private struct Colours: Hashable {
    var ok: Int16 = -1
    var fail: Int16 = -1
    var judge: Int16 = -1
    var dim: Int16 = -1

    static let none = Colours()
  }
}
