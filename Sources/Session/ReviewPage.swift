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
  public static func confirmations(_ drafts: [DecisionDraft], _ checklist: Checklist) -> [Control] {
    checklist.controls.filter { control in
      drafts.contains { draft in
        control.points.contains { $0.id == draft.point }
          && (control.severity == .critical || draft.answer == .riskAccepted)
      }
    }
  }

  /// Why nothing can be signed yet, or nil.
  public var gap: String? {
    if let gap = fields.identity(keepingKeyOf: Identity()).gap { return gap }
    return fields.firstUnconfirmed.map { "\($0.label), exactly" }
  }
}
