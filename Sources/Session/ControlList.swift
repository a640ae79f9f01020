public import Checklist
internal import Evidence
public import Gate

/// Which controls are listed, and which one is looked at.
public struct ControlList: Hashable, Sendable {
  /// Number of the control under the cursor; nil means the first.
  public var selection: String?
  /// Words that a control has to match; nil lists all.
  public var filter: TextInput?
  /// Whether the filter is being typed.
  public var isTyping = false
  /// Whether the keys move in the right panel.
  public var isDetailFocused = false
  /// First visible line of the right panel.
  public var detailScroll = 0

  /// The controls that the filter lets through, in order.
  ///
  /// A word matches the number, the title, the state, `auto`, `manual`, `todo` or `ending`.
  public func matches(in report: GateReport) -> [Control] {
    let words = (filter?.text ?? "").lowercased().split(separator: " ")
    guard !words.isEmpty else { return report.controls }
    return report.controls.filter { Self.matches($0, words, in: report) }
  }

  private static func matches(_ control: Control, _ words: [Substring], in report: GateReport)
    -> Bool
  {
    let standings = report.standings(of: control)
    let text = ([control.number, control.title] + standings.map(\.state.rawValue)).joined(
      separator: " "
    ).lowercased()
    return words.allSatisfy { word in
      switch word {
      case "auto": control.points.contains { $0.how != .manual }
      case "manual": control.points.contains { $0.how == .manual }
      case "todo": standings.contains { !$0.state.isSettled }
      case "ending": standings.contains { $0.endsSoon(at: report.at) }
      default: text.contains(word)
      }
    }
  }
}

/// The records that are listed, and which one is looked at.
public struct HistoryPage: Hashable, Sendable {
  /// Index in the listed records.
  public var selection = 0
  /// Whether all records are listed, or those of the selected control.
  public var showsAll = false
  /// First visible line of the record.
  public var scroll = 0
}

extension SessionState {
  /// The records of the history page, newest first.
  public var listedHistory: [HistoryEntry] {
    guard let snapshot else { return [] }
    guard !history.showsAll, let control = selectedControl else { return snapshot.history }
    let points = Set(control.points.map(\.id))
    // A countersign of a whole sign-off names no points; its text names the record.
    return snapshot.history.filter { entry in
      entry.points.contains { points.contains($0) }
        || entry.points.isEmpty && refers(entry, toAnyOf: points)
    }
  }

  private func refers(_ entry: HistoryEntry, toAnyOf points: Set<String>) -> Bool {
    guard ["countersign", "revoke"].contains(entry.type) else { return false }
    return snapshot?.history.contains { other in
      other.points.contains { points.contains($0) }
        && entry.lines.contains { $0.contains(other.id.short) }
    } ?? false
  }
}
