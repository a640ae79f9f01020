/// A page on which a word is typed before the probes run, so that no single key contacts anybody.
protocol ConsentPage {
  /// The confirmation.
  var fields: FieldList { get set }
  /// First visible line.
  var scroll: Int { get set }
  /// What is done once the word stands there.
  var agreement: Effect { get }
  /// What is said to whoever leaves without it.
  var refusal: String { get }
}

extension SessionState {
  /// Keys of a page on which the user agrees to something before the probes run.
  mutating func handleConsent<Page: ConsentPage>(
    _ key: Key, on place: WritableKeyPath<SessionState, Page?>
  ) -> [Effect] {
    // Taken out, so that a key changes it where it is instead of a copy of all that was typed.
    guard var page = self[keyPath: place].take() else { return [] }
    switch key {
    case .escape:
      screen = .gate
      note(page.refusal)
      return []
    case .pageDown: page.scroll += 5
    case .pageUp: page.scroll = max(0, page.scroll - 5)
    case .control("s"):
      if let field = page.fields.firstUnconfirmed {
        warn("\(field.label), exactly")
      } else {
        screen = .gate
        awaitsRun = true
        return [page.agreement]
      }
    default: _ = page.fields.apply(key)
    }
    self[keyPath: place] = page
    return []
  }
}
