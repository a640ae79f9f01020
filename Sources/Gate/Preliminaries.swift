public import Checklist
public import Evidence

/// What is settled before the points: the facts of the launch, and the approval of what the
/// checklist loosens. Both are signed, taken back and carried over like points, but not counted
/// among them.
extension Checklist {
  /// Number of the control that holds the facts; the reader keeps it from other controls.
  public static let factsNumber = "if"
  /// Number of the control, and id of the point, that approves what the checklist loosens.
  public static let approvalNumber = "deviations"

  /// The controls before all others, as a domain; nil where the checklist has none.
  public var preliminaries: Domain? {
    let controls = [facts, approval].compactMap(\.self)
    guard !controls.isEmpty else { return nil }
    return facts == nil
      ? Domain(title: "Departures from the base", short: "Base", controls: controls)
      : Domain(title: "Facts of this launch", short: "Facts", controls: controls)
  }

  /// All domains in walking order, the preliminaries first.
  public var walk: [Domain] { [preliminaries].compactMap(\.self) + domains }

  /// The conditions on which at least one point depends, in order.
  public var askedConditions: [Condition] {
    let asked = Set(controls.flatMap { [$0.when] + $0.points.map(\.when) })
    return conditions.filter { asked.contains($0.id) }
  }

  /// The points that depend on that condition, with their controls.
  public func dependents(on condition: String) -> [(point: Point, control: Control)] {
    controls.flatMap { control in
      control.points.filter { control.when == condition || $0.when == condition }
        .map { ($0, control) }
    }
  }

  /// The facts of the launch as one control; nil where no point depends on any.
  public var facts: Control? {
    let conditions = askedConditions
    guard !conditions.isEmpty else { return nil }
    return Control(
      number: Self.factsNumber, slug: "facts", title: "Questions, answered once", severity: .high,
      fourEyes: conditions.contains { isFourEyed($0.id) },
      why: "What does not exist here need not be shown point by point: one answer, with a name, "
        + "takes all points out that depend on it. A probe that sees the thing contradicts it.",
      fix: "Answer yes or no. Whoever says no may sign the points that are taken out.",
      points: conditions.map(\.point))
  }

  /// Whether a no takes two people, because a point that it takes out does.
  public func isFourEyed(_ condition: String) -> Bool {
    dependents(on: condition).contains { $0.control.fourEyes }
  }

  /// The approval of what the checklist loosens, by two people; nil where it loosens nothing.
  ///
  /// The text names every loosening, so that an approval lapses when one is added or changed.
  public var approval: Control? {
    let loosenings = deviations.filter(\.kind.isLoosening)
    guard !loosenings.isEmpty else { return nil }
    let base = base.map(\.description) ?? "the base"
    let point = Point(
      id: Self.approvalNumber,
      text: "This checklist asks for less than \(base), and two people approve of it: "
        + loosenings.map(\.words).joined(separator: "; ") + ".",
      how: .manual, boundTo: .time)
    return Control(
      number: Self.approvalNumber, slug: "loosened-rules", title: "Loosened rules",
      severity: .critical, fourEyes: true, signers: approvers(of: loosenings),
      why: "Rules that were loosened turn red into green without a change of the system.",
      fix: "Read what was loosened and why; drop it from the checklist, or approve of it as two.",
      points: [point])
  }

  /// Roles that may approve: those that release, and those that sign what is touched.
  private func approvers(of loosenings: [Deviation]) -> [String] {
    let touched = loosenings.compactMap { deviation -> Control? in
      let name = String(deviation.place.prefix { $0 != "/" })
      return control(name) ?? control(ofPoint: name)
    }
    var roles = ["release-manager", "team-lead", "security-lead"]
    for role in touched.flatMap(\.signers) where !roles.contains(role) { roles.append(role) }
    return roles
  }
}

extension Deviation {
  /// `18.2/valid-for loosened from 30d to 90d (drills are quarterly)`.
  public var words: String {
    let from = old.map { " from \($0)" } ?? ""
    let to = new.map { " to \($0)" } ?? ""
    let why = reason.map { " (\($0))" } ?? ""
    return kind == .dropped
      ? "\(place) dropped\(why)" : "\(place) \(kind.rawValue)\(from)\(to)\(why)"
  }
}

extension Point {
  /// Whether it is a fact of the launch, answered with yes or no.
  public var isFact: Bool { id.hasPrefix(Condition.prefix) }

  /// Whether it approves of what the checklist loosens.
  public var isApproval: Bool { id == Checklist.approvalNumber }

  /// Whether that answer means anything here.
  ///
  /// A fact is met (yes) or not applicable (no); loosened rules are approved of or not.
  public func permits(_ answer: Decision.Answer) -> Bool {
    if isFact { return answer == .met || answer == .notApplicable }
    if isApproval { return answer == .met || answer == .notMet }
    return true
  }

  /// The answers that mean something here, for messages.
  public var permitted: String {
    Decision.Answer.allCases.filter(permits).map(\.rawValue).joined(separator: " or ")
  }
}
