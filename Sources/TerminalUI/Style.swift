/// What a cell means; only the palette of a terminal knows colours.
public enum Role: String, CaseIterable, Sendable {
  case plain, dim, title, heading
  case ok, fail, todo, review, unknown, risk, running
  case verdictGo, verdictNoGo, verdictIncomplete
  case key, border, focus, button
  case input, placeholder
  case info, warning, error
  case added, removed

  /// The letter that stands for the role in golden files.
  public var letter: Character {
    switch self {
    case .plain: "."
    case .dim: "d"
    case .title: "t"
    case .heading: "h"
    case .ok: "o"
    case .fail: "f"
    case .todo: "l"
    case .review: "v"
    case .unknown: "u"
    case .risk: "r"
    case .running: "n"
    case .verdictGo: "g"
    case .verdictNoGo: "x"
    case .verdictIncomplete: "c"
    case .key: "k"
    case .border: "b"
    case .focus: "a"
    case .button: "q"
    case .input: "i"
    case .placeholder: "p"
    case .info: "j"
    case .warning: "w"
    case .error: "e"
    case .added: "y"
    case .removed: "z"
    }
  }
}

/// A role, and what is laid over it.
public struct Style: Hashable, Sendable {
  public var role: Role
  public var isBold: Bool
  public var isUnderlined: Bool
  /// The row or button that the user is on; shown in reverse whatever the role.
  public var isSelected: Bool

  public init(
    _ role: Role, isBold: Bool = false, isUnderlined: Bool = false, isSelected: Bool = false
  ) {
    self.role = role
    self.isBold = isBold
    self.isUnderlined = isUnderlined
    self.isSelected = isSelected
  }

  /// The same style in bold.
  public var bold: Style {
    var style = self
    style.isBold = true
    return style
  }

  /// The same style underlined.
  public var underlined: Style {
    var style = self
    style.isUnderlined = true
    return style
  }

  /// The same style on the selected row.
  public var selected: Style {
    var style = self
    style.isSelected = true
    return style
  }

  /// The letter for golden files: upper case where selected; `#` is plain and selected, `*` bold.
  public var letter: Character {
    guard isSelected else { return role == .plain && isBold ? "*" : role.letter }
    return role == .plain ? "#" : Character(role.letter.uppercased())
  }

  public static let plain = Style(.plain)
  public static let dim = Style(.dim)
  public static let title = Style(.title)
  public static let heading = Style(.heading)
  public static let ok = Style(.ok)
  public static let fail = Style(.fail)
  public static let todo = Style(.todo)
  public static let review = Style(.review)
  public static let unknown = Style(.unknown)
  public static let risk = Style(.risk)
  public static let running = Style(.running)
  public static let verdictGo = Style(.verdictGo)
  public static let verdictNoGo = Style(.verdictNoGo)
  public static let verdictIncomplete = Style(.verdictIncomplete)
  public static let key = Style(.key)
  public static let border = Style(.border)
  public static let focus = Style(.focus)
  public static let button = Style(.button)
  public static let input = Style(.input)
  public static let placeholder = Style(.placeholder)
  public static let info = Style(.info)
  public static let warning = Style(.warning)
  public static let error = Style(.error)
  public static let added = Style(.added)
  public static let removed = Style(.removed)
}
