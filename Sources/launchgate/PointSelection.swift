internal import Checklist

/// Points that a command line names, by point or by control.
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
      if let point = checklist.point(name) {
        points.append(point)
      } else if let control = checklist.control(name) {
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
