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

extension AnnouncementPage: ConsentPage {
  var agreement: Effect { .send(lines, points: points) }
  var refusal: String {
    "nothing was sent; without --active, R runs the probes that only look"
  }
}
