/// Where somebody was, to go on there the next time.
public struct Place: Hashable, Sendable {
  /// Number of the control under the cursor.
  public var control: String?
  /// The words of the filter.
  public var filter: String?
  /// Whether clicks and the wheel are taken.
  public var isMouseOn: Bool
  /// The colours that were chosen on the screen.
  public var theme: ThemeName?

  /// A place of these parts.
  public init(
    control: String? = nil, filter: String? = nil, isMouseOn: Bool = true,
    theme: ThemeName? = nil
  ) {
    self.control = control
    self.filter = filter
    self.isMouseOn = isMouseOn
    self.theme = theme
  }
}

extension SessionState {
  /// Where the user is.
  public var place: Place {
    Place(
      control: list.selection, filter: list.filter?.text, isMouseOn: isMouseOn, theme: theme)
  }

  /// Goes to where the user was.
  mutating func resume(_ place: Place) -> [Effect] {
    if let control = place.control { list.selection = control }
    if let filter = place.filter, !filter.isEmpty {
      list.filter = TextInput(filter, limit: TextInput.line)
    }
    var effects: [Effect] = []
    if place.isMouseOn != isMouseOn {
      isMouseOn = place.isMouseOn
      effects.append(.setMouse(isMouseOn))
    }
    if let theme = place.theme {
      self.theme = theme
      effects.append(.setTheme(theme))
    }
    return effects
  }
}
