/// The page on which the user agrees to what active probes are about to send.
///
/// The word is typed, so that no single key sends anything to anybody.
public struct AnnouncementPage: Hashable, Sendable {
  /// What is sent, to whom and how often at most; a line for each probe and target.
  public var lines: [String]
  /// The points whose probes are run then; empty means all.
  public var points: [String]
  /// The confirmation.
  public var fields: FieldList
  /// First visible line.
  public var scroll = 0

  /// A page about those lines.
  public init(_ lines: [String], points: [String]) {
    self.lines = lines
    self.points = points
    fields = FieldList([.init("confirm", "Type send", expected: "send")])
  }
}

extension SessionState {
  /// Keys of the page on which the user agrees to what is sent.
  mutating func handleAnnouncement(_ key: Key) -> [Effect] {
    guard var page = announcement else { return [] }
    switch key {
    case .escape:
      announcement = nil
      screen = .gate
      note("nothing was sent; without --active, R runs the probes that only look")
      return []
    case .pageDown: page.scroll += 5
    case .pageUp: page.scroll = max(0, page.scroll - 5)
    case .control("s"):
      if let field = page.fields.firstUnconfirmed {
        warn("\(field.label), exactly")
      } else {
        announcement = nil
        screen = .gate
        awaitsRun = true
        return [.send(page.lines, points: page.points)]
      }
    default: _ = page.fields.apply(key)
    }
    announcement = page
    return []
  }
}
