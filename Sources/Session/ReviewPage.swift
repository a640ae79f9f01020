public import Checklist
internal import Evidence
public import Gate

/// The page that shows all decisions and takes one signature for them.
///
/// Who signs is asked here, the control's number is typed for each critical control and each
/// accepted risk, and the release is typed once.
public struct ReviewPage: Hashable, Sendable {
  /// Identity, confirmations, release.
  public var fields: FieldList
  /// First visible line of the decisions.
  public var scroll = 0
  /// What kept the last attempt from being taken.
  public var refusal: String?

  /// A page for those drafts.
  public init(_ drafts: [DecisionDraft], _ report: GateReport, _ identity: Identity) {
    let confirmations = Self.confirmations(drafts, report.checklist).map { control in
      FieldList.Field(
        "control-\(control.number)", "Type \(control.number) for \(control.title)",
        expected: control.number)
    }
    let release = FieldList.Field(
      "release", "Type the release \(report.release)", expected: report.release)
    fields = FieldList(FieldList.identity(identity) + confirmations + [release], focus: 3)
  }

  /// Controls whose number has to be typed: critical ones and those with an accepted risk.
  ///
  /// A fact that does not hold decides on the points that it takes out.
  public static func confirmations(_ drafts: [DecisionDraft], _ checklist: Checklist) -> [Control] {
    let critical = criticalControls(
      deciding: Set(drafts.map(\.point)),
      absent: Set(drafts.filter { $0.answer == .notApplicable }.map(\.point)), in: checklist)
    return checklist.walk.flatMap(\.controls).filter { control in
      critical.contains(control)
        || drafts.contains { draft in
          draft.answer == .riskAccepted && control.points.contains { $0.id == draft.point }
        }
    }
  }

  /// Critical controls that decisions on those points touch, facts that do not hold (`absent`) by
  /// the points that they take out.
  public static func criticalControls(
    deciding points: Set<String>, absent: Set<String>, in checklist: Checklist
  ) -> [Control] {
    let takenOut = checklist.conditions.filter { absent.contains($0.point.id) }
      .flatMap { checklist.dependents(on: $0.id).map(\.point.id) }
    let touched = points.union(takenOut)
    return checklist.walk.flatMap(\.controls).filter { control in
      control.severity == .critical && control.points.contains { touched.contains($0.id) }
    }
  }

  /// Why nothing can be signed yet, or nil.
  public var gap: String? {
    if let gap = fields.identity(keepingKeyOf: Identity()).gap { return gap }
    return fields.firstUnconfirmed.map { "\($0.label), exactly" }
  }
}
