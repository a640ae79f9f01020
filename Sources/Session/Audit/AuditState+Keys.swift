internal import Checklist
internal import Evidence
internal import Gate

extension AuditState {
  /// What a key does; nothing but what is shown can change.
  public mutating func handle(_ key: Key) -> [Effect] {
    if case .resize(let size) = key {
      self.size = size
      return []
    }
    if key == .control("c") { return [.quit] }
    if SessionState.isTooSmall(size) { return [] }
    switch key {
    case .control("l"): return [.redraw]
    case .control("z"): return [.suspend]
    case _ where showsHelp:
      let ends: [Key] = [.escape, .character("?"), .character("q"), .function(1), .enter]
      showsHelp = !ends.contains(key)
      return []
    default: message = nil
    }
    switch key {
    case .function(1): showsHelp = true
    case _ where isTyping: type(key)
    case .character("?"): showsHelp = true
    case .character("q"): return [.quit]
    case .character("y"): return copy()
    default: look(key)
    }
    return []
  }

  private mutating func look(_ key: Key) {
    switch key {
    case .character("]"): moveToConcern(1)
    case .character("["): moveToConcern(-1)
    case .tab: turn(by: 1)
    case .backTab: turn(by: -1)
    case .character("/") where page != .summary:
      filter = TextInput(limit: TextInput.line)
      isTyping = true
      isWhole = false
    case .enter where selection != nil:
      isWhole.toggle()
      scroll = 0
    case .escape: back()
    case .character(let digit) where digit.isASCII && digit.isNumber:
      if let number = digit.wholeNumberValue, pages.indices.contains(number - 1) {
        open(pages[number - 1])
      }
    default: move(key)
    }
  }

  private mutating func move(_ key: Key) {
    let isText = page == .summary || isWhole
    switch key {
    case .character("j"), .down: isText ? scroll(by: 1) : select(by: 1)
    case .character("k"), .up: isText ? scroll(by: -1) : select(by: -1)
    case .character("g"), .home: isText ? scroll(by: -1_000_000) : select(by: -1_000_000)
    case .character("G"), .end: isText ? scroll(by: 1_000) : select(by: 1_000_000)
    case .pageDown: scroll(by: 10)
    case .pageUp: scroll(by: -10)
    default: break
    }
  }

  private mutating func scroll(by count: Int) { scroll = max(0, min(1_000_000, scroll + count)) }

  private mutating func select(by count: Int) {
    let listed = listed
    guard let selection, let place = listed.firstIndex(of: selection) else { return }
    selections[page] = listed[min(max(0, place + count), listed.count - 1)]
    scroll = 0
  }

  private mutating func open(_ page: Page) {
    if page != self.page {
      filter = nil
      isTyping = false
    }
    self.page = page
    isWhole = false
    scroll = 0
  }

  private mutating func turn(by count: Int) {
    let pages = pages
    let place = pages.firstIndex(of: page) ?? 0
    open(pages[(place + count + pages.count) % pages.count])
  }

  private mutating func back() {
    if isWhole {
      isWhole = false
      scroll = 0
    } else {
      filter = nil
    }
  }

  private mutating func moveToConcern(_ step: Int) {
    let count = snapshot.concerns.count
    guard count > 0 else {
      message = "nothing needs attention"
      return
    }
    let isNew = page != .attention
    let whole = isWhole
    if isNew || filter != nil {
      open(.attention)
      filter = nil
    }
    // Whoever reads whole texts goes on with whole texts.
    isWhole = whole
    let current = selections[.attention] ?? 0
    let next = isNew && selections[.attention] == nil ? 0 : (current + step + count) % count
    selections[.attention] = next
    scroll = 0
    message = "needs attention: \(next + 1) of \(count)"
  }

  private mutating func type(_ key: Key) {
    switch key {
    case .enter: isTyping = false
    case .escape:
      filter = nil
      isTyping = false
    default: _ = filter?.apply(key)
    }
    if filter?.isEmpty ?? true, !isTyping { filter = nil }
    scroll = 0
  }

  private mutating func copy() -> [Effect] {
    guard let text = citation else { return [] }
    message = "copied: \(text)"
    return [.copy(text)]
  }

  /// The citation of what is looked at.
  private var citation: String? {
    guard let selection else { return AuditCitation.of(snapshot) }
    switch page {
    case .summary, .keys: return AuditCitation.of(snapshot)
    case .timeline: return AuditCitation.of(snapshot.records[selection], snapshot)
    case .points:
      return (snapshot.report?.points[selection]).map { AuditCitation.of($0, snapshot) }
    case .attention:
      switch snapshot.concerns[selection].place {
      case .file: return AuditCitation.of(snapshot)
      case .line(let line): return record(line: line).map { AuditCitation.of($0, snapshot) }
      case .point(let id):
        return snapshot.report?.standing(id).map { AuditCitation.of($0, snapshot) }
      }
    case .compare:
      switch snapshot.comparison?.differences[selection] {
      case .onlyHere(let entry), .onlyThere(let entry): return entry.id.description
      case .signatures(let id, _, _, _): return id.description
      case .state(let id, _, _):
        return snapshot.report?.standing(id).map { AuditCitation.of($0, snapshot) }
      case nil: return nil
      }
    }
  }
}

extension KeyBinding {
  /// The keys of the audit, the most needed first.
  public static func audit(_ page: AuditState.Page, isTyping: Bool) -> [KeyBinding] {
    if isTyping { return [KeyBinding("Enter", "keep the filter"), KeyBinding("Esc", "show all")] }
    let list = [
      KeyBinding("j k", "move"), KeyBinding("Enter", "whole text"), KeyBinding("/", "filter"),
    ]
    return [KeyBinding("] [", "needs attention")]
      + (page == .summary ? [KeyBinding("j k", "scroll")] : list) + [
        KeyBinding("1-6 Tab", "pages"), KeyBinding("y", "copy citation"),
        KeyBinding("Esc", "back, end the filter", footer: false),
        KeyBinding("PgUp PgDn", "scroll the text", footer: false),
        KeyBinding("g G", "first, last", footer: false), KeyBinding("q", "quit"),
      ]
  }
}
