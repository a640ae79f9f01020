/// A rule that holds for a whole checklist.
public struct Rule: Equatable, Sendable {
  /// Stable name within the checklist.
  public var id: String
  /// The rule.
  public var text: String

  /// A rule of that name.
  public init(id: String, text: String) {
    self.id = id
    self.text = text
  }
}

/// When a checklist is to be walked, or walked again.
public struct Occasion: Equatable, Sendable {
  /// Stable name within the checklist.
  public var id: String
  /// What happens then.
  public var text: String
  /// Numbers of the controls that it concerns; empty means all.
  public var controls: [String]
  /// The longest time between two launches, if it comes back by itself.
  public var every: Period?
  /// Whether a launch that was sealed longer ago than `every` is due again.
  public var isEnforced: Bool

  /// An occasion of these parts.
  public init(
    id: String, text: String, controls: [String] = [], every: Period? = nil,
    isEnforced: Bool = false
  ) {
    self.id = id
    self.text = text
    self.controls = controls
    self.every = every
    self.isEnforced = isEnforced
  }
}

/// A line about several points: a priority for those short of time, or a tick of a short list.
public struct Excerpt: Equatable, Sendable {
  /// Stable name within its list.
  public var id: String
  /// What they come to, in one sentence.
  public var text: String
  /// Ids of the points, never empty.
  ///
  /// A tick holds when all of them are settled.
  public var points: [String]

  /// A line about those points.
  public init(id: String, text: String, points: [String]) {
    self.id = id
    self.text = text
    self.points = points
  }
}

/// One step of a guided remediation.
public struct Step: Equatable, Sendable {
  /// What to do.
  public var action: String
  /// How one sees that it is done.
  public var look: String?
  /// A command that does it; never run by launchgate.
  public var command: String?

  /// A step of these parts.
  public init(action: String, look: String? = nil, command: String? = nil) {
    self.action = action
    self.look = look
    self.command = command
  }
}

/// A question that people ask, with its answer.
public struct Answered: Equatable, Sendable {
  /// The question.
  public var question: String
  /// The answer.
  public var answer: String

  /// A question with its answer.
  public init(question: String, answer: String) {
    self.question = question
    self.answer = answer
  }
}
