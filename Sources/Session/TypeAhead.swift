/// Keys that were pressed before there was a page for them, in order and bounded.
///
/// Once something was left out nothing more is taken: behind a gap the keys would mean something
/// else.
public struct TypeAhead: Hashable, Sendable {
  /// How many keys are kept.
  public static let keyLimit = 256
  /// How many bytes of pastes are kept, all together.
  public static let pasteLimit = 1 << 20

  /// What was kept.
  public private(set) var keys: [Key] = []
  /// How many keys came after the bounds were reached.
  public private(set) var leftOut = 0
  private var pasted = 0

  /// Nothing yet.
  public init() {}

  /// Keeps a key, where there is room for it.
  mutating func add(_ key: Key) {
    var size = 0
    if case .paste(let text) = key { size = text.utf8.count }
    guard leftOut == 0, keys.count < Self.keyLimit, pasted + size <= Self.pasteLimit else {
      leftOut += 1
      return
    }
    keys.append(key)
    pasted += size
  }

  /// Takes the next key.
  mutating func next() -> Key? { keys.isEmpty ? nil : keys.removeFirst() }

  /// How many keys came, kept or not.
  public var count: Int { keys.count + leftOut }

  /// Whether a letter may belong to a text: something that takes one was opened before it.
  var isText: Bool {
    let latest = keys.last { $0 == .escape || Self.openers.contains($0) }
    return latest != nil && latest != .escape
  }

  private static let openers = Set("/:?swnoa".map(Key.character) + [.enter, .function(1)])
}

extension SessionState {
  /// Keeps a key for the page that is still being read; false where it means something now.
  mutating func typesAhead(_ key: Key) -> Bool {
    guard screen == .loading else { return false }
    switch key {
    case .control("c"), .control("l"), .control("z"): return false
    case .click, .wheelUp, .wheelDown, .resize: return false
    case .character("q") where !typeAhead.isText: return false
    case .character("?") where typeAhead.count == 0: return false
    case .function(1) where typeAhead.count == 0: return false
    default: break
    }
    typeAhead.add(key)
    return true
  }

  /// Presses what was typed ahead, as far as it may go without the page having been seen.
  mutating func takeTypeAhead() -> [Effect] {
    var effects: [Effect] = []
    while takesUnseen, let key = typeAhead.keys.first {
      var next = self
      _ = next.typeAhead.next()
      let more = SessionReducer.reduce(&next, .key(key))
      // Nobody decides, or drops a decision, on a page that was not seen.
      guard next.drafts == drafts else { break }
      self = next
      effects += more
      if more.contains(.quit) { break }
    }
    forgetTypeAhead()
    return effects
  }

  /// Drops what was typed ahead, and says so where that was anything.
  mutating func forgetTypeAhead() {
    let count = typeAhead.count
    typeAhead = TypeAhead()
    guard count > 0 else { return }
    let keys = count == 1 ? "a key that was typed" : "\(count) keys that were typed"
    tell("\(keys) before this page was there: left out")
  }

  /// Whether keys may go to the page though nobody has seen it: nothing is agreed to, answered or
  /// signed on it, and no question stands there.
  private var takesUnseen: Bool {
    guard !Self.isTooSmall(size), !asksToQuit, !awaitsEditor else { return false }
    switch screen {
    case .gate, .running, .form, .history, .verdict, .log: return true
    case .loading, .broken, .setup, .facts, .review, .seal, .prompt, .launch, .trust,
      .announcement:
      return false
    }
  }
}
