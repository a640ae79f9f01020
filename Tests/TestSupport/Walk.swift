public import Session

/// A session that is driven by actions and keys, with all effects that came of them.
public struct Walk: Equatable, Sendable {
  /// How the session stands.
  public var state: SessionState
  /// All effects since the beginning or the last ``forget()``.
  public private(set) var effects: [Effect] = []

  /// A session at that state.
  public init(_ state: SessionState) { self.state = state }

  /// Lets something happen.
  @discardableResult
  public mutating func act(_ action: Action) -> [Effect] {
    let new = SessionReducer.reduce(&state, action)
    effects += new
    return new
  }

  /// Presses keys, one after another.
  @discardableResult
  public mutating func press(_ keys: Key...) -> [Effect] {
    keys.flatMap { act(.key($0)) }
  }

  /// Types a text, character by character.
  @discardableResult
  public mutating func type(_ text: String) -> [Effect] {
    text.flatMap { act(.key(.character($0))) }
  }

  /// Forgets the effects so far.
  public mutating func forget() { effects = [] }

  /// Goes to a field of the form that is open.
  public mutating func focus(_ name: String) {
    guard let index = state.form?.fields.fields.firstIndex(where: { $0.name == name }) else {
      return
    }
    while state.form?.focus != .field(index) { press(.tab) }
  }

  /// Fills the form that is open with a note, and today where no day is given, and collects it.
  @discardableResult
  public mutating func collect(_ note: String) -> [Effect] {
    if state.form?.fields.text("performed") == "" {
      focus("performed")
      type("today")
    }
    focus("note")
    type(note)
    return press(.control("s"))
  }
}
