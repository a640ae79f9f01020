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
  /// What the cell means.
  public var role: Role
  /// Whether it stands out in bold.
  public var isBold: Bool
  /// Whether it is underlined.
  public var isUnderlined: Bool
  /// The row or button that the user is on; shown in reverse whatever the role.
  public var isSelected: Bool

  /// A style.
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

  /// Ordinary text.
  public static let plain = Style(.plain)
  /// What matters less.
  public static let dim = Style(.dim)
  /// The name of a screen or of a thing.
  public static let title = Style(.title)
  /// The name of a section.
  public static let heading = Style(.heading)
  /// Met or passed.
  public static let ok = Style(.ok)
  /// Not met, failed, blocking.
  public static let fail = Style(.fail)
  /// Waits for a person.
  public static let todo = Style(.todo)
  /// Suspects were found: a person must judge.
  public static let review = Style(.review)
  /// Could not look.
  public static let unknown = Style(.unknown)
  /// The risk has been accepted.
  public static let risk = Style(.risk)
  /// Something that runs now.
  public static let running = Style(.running)
  /// The verdict GO.
  public static let verdictGo = Style(.verdictGo)
  /// The verdict NO-GO.
  public static let verdictNoGo = Style(.verdictNoGo)
  /// The verdict INCOMPLETE.
  public static let verdictIncomplete = Style(.verdictIncomplete)
  /// The name of a key.
  public static let key = Style(.key)
  /// A border.
  public static let border = Style(.border)
  /// The border of the part that has the keys.
  public static let focus = Style(.focus)
  /// A button.
  public static let button = Style(.button)
  /// Text that can be edited.
  public static let input = Style(.input)
  /// What stands in a field without text.
  public static let placeholder = Style(.placeholder)
  /// A message of something that went well.
  public static let info = Style(.info)
  /// A message of something to look at.
  public static let warning = Style(.warning)
  /// A message of something that went wrong.
  public static let error = Style(.error)
  /// A line that a change has added.
  public static let added = Style(.added)
  /// A line that a change has removed.
  public static let removed = Style(.removed)
}
