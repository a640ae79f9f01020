/// What of an earlier launch still holds, offered when a new one is opened.
public struct CarryOffer: Hashable, Sendable {
  /// Subject and release of the earlier launch.
  public var name: String
  /// Its evidence file.
  public var path: String
  /// What would be carried over.
  public var points: [String]
  /// What would be carried over and what not, for people.
  public var lines: [String]

  /// An offer of these parts.
  public init(name: String, path: String, points: [String], lines: [String]) {
    self.name = name
    self.path = path
    self.points = points
    self.lines = lines
  }
}

extension SessionState {
  /// Shows what could be carried over before anything else of a new launch; true where that is
  /// anything.
  mutating func openOffer() -> Bool {
    guard let offer, let report else { return false }
    self.offer = nil
    guard !offer.points.isEmpty else {
      tell("nothing of \(offer.name) can be carried over; it stays as it is")
      return false
    }
    var page = LaunchPrompt(
      .carry(path: offer.path, points: offer.points), report, identity, lines: offer.lines)
    page.isOffer = true
    launchPrompt = page
    screen = .launch
    if let message { news.add(message) }
    let points = offer.points.count == 1 ? "a point" : "\(offer.points.count) points"
    note("\(points) of \(offer.name) may still hold; Esc carries nothing over")
    return true
  }

  /// Leaves an offer that was taken or not for what comes next on a first run.
  mutating func leaveOffer(isTaken: Bool) {
    let path = launchPrompt?.carriedFile ?? ""
    launchPrompt = nil
    screen = .gate
    if unansweredFacts > 0 { openFacts() }
    if !isTaken { note("nothing was carried over; :carry \(path) offers it again") }
  }
}
