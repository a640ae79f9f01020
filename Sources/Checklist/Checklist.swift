/// What a launch is held against: domains, controls and points, with the rules for each.
public struct Checklist: Equatable, Sendable {
  /// Whether the gate precedes one launch or comes back at intervals.
  public enum Purpose: String, Sendable, CaseIterable {
    case launch
    case periodic
  }

  /// Stable name, such as `production-25`.
  public var id: String
  /// One line for people.
  public var title: String
  /// Increases with every published change.
  public var version: Int
  /// Launch gate or periodic review.
  public var purpose: Purpose
  /// How long a finding stays fresh where its point does not say.
  public var findingsValidFor: Period
  /// A periodic gate is due again after this long.
  public var every: Period?
  /// In the order in which a person is walked through them.
  public var domains: [Domain]
  /// What the checklist is for and how it is used.
  public var introduction: String?
  /// Rules that hold for all of it.
  public var rules: [Rule] = []
  /// When it is to be walked, or walked again.
  public var occasions: [Occasion] = []
  /// Facts of the launch on which parts of it depend.
  public var conditions: [Condition] = []
  /// What comes first when time is short, most urgent first.
  public var priorities: [Excerpt] = []
  /// The short list at the end.
  public var ticks: [Excerpt] = []
  /// Common causes of failed launches that belong to no single control.
  public var causes: [String] = []
  /// What people ask about it.
  public var faq: [Answered] = []
  /// The checklist that this one extends, if any.
  public var base: Base?
  /// In which ways it deviates from its base, in walking order.
  public var deviations: [Deviation] = []

  /// A checklist of these parts.
  public init(
    id: String, title: String, version: Int, purpose: Purpose = .launch,
    findingsValidFor: Period = .hours(24), every: Period? = nil, domains: [Domain]
  ) {
    self.id = id
    self.title = title
    self.version = version
    self.purpose = purpose
    self.findingsValidFor = findingsValidFor
    self.every = every
    self.domains = domains
  }

  /// All controls in order.
  public var controls: [Control] { domains.flatMap(\.controls) }

  /// All points in order.
  public var points: [Point] { controls.flatMap(\.points) }

  /// The control of that number (`18`) or slug, or nil.
  public func control(_ name: String) -> Control? {
    controls.first { $0.number == name || $0.slug == name }
  }

  /// The point of that id (`18.2`), or nil.
  public func point(_ id: String) -> Point? { points.first { $0.id == id } }

  /// The condition of that id, or nil.
  public func condition(_ id: String) -> Condition? { conditions.first { $0.id == id } }

  /// The conditions on which a point depends: its control's, and its own.
  ///
  /// It applies only where all of them hold.
  public func conditions(ofPoint id: String) -> [Condition] {
    guard let control = control(ofPoint: id) else { return [] }
    let names = [control.when, point(id)?.when].compactMap(\.self)
    return conditions.filter { names.contains($0.id) }
  }

  /// The control to which a point belongs, or nil.
  public func control(ofPoint id: String) -> Control? {
    controls.first { $0.points.contains { $0.id == id } }
  }
}

/// One of the areas into which a checklist is divided.
public struct Domain: Equatable, Sendable {
  /// Long name.
  public var title: String
  /// A word or two for tab rows.
  public var short: String
  /// In walking order.
  public var controls: [Control]

  /// A domain of these controls.
  public init(title: String, short: String, controls: [Control]) {
    self.title = title
    self.short = short
    self.controls = controls
  }
}
