internal import Checklist
internal import Evidence
internal import Gate

/// What an auditor looks at.
///
/// There is no way from here to anything that writes, runs or contacts.
public struct AuditState: Equatable, Sendable {
  /// The pages, in the order of their keys.
  public enum Page: String, Sendable, CaseIterable {
    case summary
    case attention
    case timeline
    case points
    case keys
    case compare
  }

  /// All that the outside can be asked for.
  public enum Effect: Equatable, Sendable {
    case copy(String)
    case redraw
    case suspend
    case quit
  }

  /// What is shown.
  public let snapshot: AuditSnapshot
  /// The size of the terminal.
  public var size = Size(rows: 24, columns: 80)
  /// The page.
  public var page: Page = .summary
  /// Index among all rows of each page.
  public var selections: [Page: Int] = [:]
  /// First visible line of the text.
  public var scroll = 0
  /// Whether the text about the selected row fills the page.
  public var isWhole = false
  /// Words that a row has to match; nil lists all.
  public var filter: TextInput?
  /// Whether the filter is being typed.
  public var isTyping = false
  /// Whether the key help lies over the page.
  public var showsHelp = false
  /// A sentence under the page.
  public var message: String?

  /// A state that shows that file, at what needs attention where it is damaged.
  public init(_ snapshot: AuditSnapshot) {
    self.snapshot = snapshot
    if snapshot.integrity == .damaged { page = .attention }
  }

  /// The pages that there are.
  public var pages: [Page] {
    Page.allCases.filter { $0 != .compare || snapshot.comparison != nil }
  }

  /// How many rows a page has, filtered or not.
  public func count(_ page: Page) -> Int {
    switch page {
    case .summary: 0
    case .attention: snapshot.concerns.count
    case .timeline: snapshot.records.count
    case .points: snapshot.report?.points.count ?? 0
    case .keys: snapshot.keys.count
    case .compare: snapshot.comparison?.differences.count ?? 0
    }
  }

  /// Indexes of the rows of this page that the filter lets through, in order.
  public var listed: [Int] {
    let all = Array(0..<count(page))
    guard let words = filter?.text.lowercased().split(separator: " "), !words.isEmpty else {
      return all
    }
    return all.filter { index in
      let text = text(page, index).lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  /// The row of this page that is looked at, or nil where none is listed.
  public var selection: Int? {
    let listed = listed
    guard let selected = selections[page], listed.contains(selected) else { return listed.first }
    return selected
  }

  /// The words of a row by which it is found.
  private func text(_ page: Page, _ index: Int) -> String {
    switch page {
    case .summary: ""
    case .attention:
      "\(snapshot.concerns[index].kind.rawValue) \(snapshot.concerns[index].reason)"
    case .timeline: snapshot.records[index].words
    case .points:
      (snapshot.report?.points[index]).map {
        "\($0.point.id) \($0.state.rawValue) \($0.point.text) \($0.reason)"
      } ?? ""
    case .keys:
      ([snapshot.keys[index].fingerprint] + snapshot.keys[index].people
        + snapshot.keys[index].names + snapshot.keys[index].principals).joined(separator: " ")
    case .compare: (snapshot.comparison?.differences[index]).map { "\($0)" } ?? ""
    }
  }

  /// The record on that line.
  public func record(line: Int) -> AuditRecord? {
    snapshot.records.first { $0.line == line }
  }
}

extension AuditRecord {
  /// The words by which it is found.
  fileprivate var words: String {
    let keys = signatures.map(\.key)
    let parts = [type, told?.who ?? "", told?.outcome ?? "", told?.id.description ?? "", excerpt]
    return
      (parts + (told?.points ?? []) + keys + marks + faults
      + [signatures.isEmpty ? "unsigned" : "signed", told?.at.rfc3339 ?? ""])
      .joined(separator: " ")
  }
}
