internal import Checklist
internal import Gate

/// Points that a command line names, by point or by control; facts and approvals by their ids.
struct PointSelection {
  let points: [Point]

  /// All points where nothing is named.
  ///
  /// - Throws: a usage problem for a name that is neither.
  init(_ names: [String], in checklist: Checklist) throws {
    guard !names.isEmpty else {
      points = checklist.points
      return
    }
    var points: [Point] = []
    for name in names {
      let controls = checklist.walk.flatMap(\.controls)
      if let point = controls.flatMap(\.points).first(where: { $0.id == name }) {
        points.append(point)
      } else if let control = controls.first(where: { $0.number == name || $0.slug == name }) {
        points += control.points
      } else {
        throw Problem(
          "there is no point or control \(name)",
          hint: "launchgate checklist show lists them all", code: Status.usage)
      }
    }
    self.points = points
  }
}
