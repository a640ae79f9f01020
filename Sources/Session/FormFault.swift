internal import Checklist
public import Evidence
internal import Gate

/// A fault that a probe has found, which a person may accept by its name for the reason in the note.
public struct FormFault: Hashable, Sendable {
  /// What is said of it.
  public enum Choice: Hashable, Sendable, CaseIterable {
    /// It is not accepted: the finding stays a fail.
    case open
    /// It is accepted, and what was exposed was replaced.
    case rotated
    /// It is accepted as it is.
    case notRotated
  }

  /// The points in which it was found; what is said of it is said for all of them.
  public var points: [String]
  /// The name of its fact.
  public var fact: String
  /// Where it was found; text from outside.
  public var place: String
  /// What is said of it.
  public var choice = Choice.open

  /// The faults of those points, each once; none where no finding has any that can be accepted.
  static func all(of standings: [PointStanding]) -> [FormFault] {
    var faults: [FormFault] = []
    for standing in standings {
      for finding in standing.findings.map(\.finding.finding) {
        for fact in finding.faults?.facts ?? [] {
          let place = finding.facts[fact] ?? ""
          let index = faults.firstIndex { $0.fact == fact } ?? faults.count
          if index == faults.count {
            faults.append(FormFault(points: [], fact: fact, place: place))
          }
          if !faults[index].points.contains(standing.point.id) {
            faults[index].points.append(standing.point.id)
          }
        }
      }
    }
    return faults
  }

  /// The acceptance, if it is accepted.
  public var acceptance: Decision.Acceptance? {
    switch choice {
    case .open: nil
    case .rotated: Decision.Acceptance(fact: fact, isRotated: true)
    case .notRotated: Decision.Acceptance(fact: fact, isRotated: false)
    }
  }

  /// Takes over what was said of it before.
  mutating func choose(in accepted: [Decision.Acceptance]) {
    choice =
      accepted.first { $0.fact == fact }.map { $0.isRotated ? .rotated : .notRotated } ?? .open
  }

  /// The same with what drafts of its points say of it.
  func chosen(in drafts: [DecisionDraft]) -> FormFault {
    var fault = self
    fault.choose(in: drafts.filter { points.contains($0.point) }.flatMap(\.accepted))
    return fault
  }

  /// Goes on by that many choices, around the end.
  mutating func turn(by count: Int) {
    let all = Choice.allCases
    let index = all.firstIndex(of: choice) ?? 0
    choice = all[(index + count + all.count) % all.count]
  }
}

extension SignOffForm {
  /// Indices of the faults of ticked points: only who says met can accept them.
  public var shownFaults: [Int] {
    guard answer == .met else { return [] }
    let ticked = Set(rows.filter(\.isTicked).map(\.point))
    return faults.indices.filter { !ticked.isDisjoint(with: faults[$0].points) }
  }

  /// What is accepted of a point.
  func accepted(of point: String) -> [Decision.Acceptance] {
    shownFaults.map { faults[$0] }.filter { $0.points.contains(point) }.compactMap(\.acceptance)
  }

  /// Why nothing can be collected as far as faults go: a met that accepts none of them says nothing.
  var refusalOfFaults: FormRefusal? {
    let shown = shownFaults.map { faults[$0] }
    guard !shown.isEmpty, shown.allSatisfy({ $0.choice == .open }) else { return nil }
    return "say of what was found whether it was replaced: Space on its line"
  }

  /// Keys on the line of a fault.
  mutating func apply(_ key: Key, toFault index: Int) {
    guard faults.indices.contains(index) else { return }
    switch key {
    case .right, .character(" "), .character(">"): faults[index].turn(by: 1)
    case .left, .character("<"): faults[index].turn(by: -1)
    case .character("a"):
      for other in shownFaults { faults[other].choice = faults[index].choice }
    case .down, .enter: moveFocus(by: 1)
    case .up: moveFocus(by: -1)
    default: break
    }
  }
}

extension SessionState {
  /// Opens the form in which what was found in the selected control is accepted one by one.
  mutating func openAcceptance() {
    guard let control = selectedControl, let report,
      !FormFault.all(of: report.standings(of: control)).isEmpty
    else {
      note("nothing was found here that can be accepted by name: w accepts a risk")
      return
    }
    openForm(.met, accepting: true)
  }
}
