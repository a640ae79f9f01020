import Checklist

/// A document with its outline and its last change.
struct DocumentObservation: Equatable, Sendable {
  /// What is known about the last change.
  enum Change: Equatable, Sendable {
    /// In seconds since 1970, by the last commit that touched it.
    case committed(Int)
    case notCommitted
    /// The clone does not go back far enough, or the file is outside of it.
    case notKnown(String)
  }

  var name: String
  /// Nil where the format is not read here, such as PDF.
  var outline: DocumentOutline?
  var isThere = true
  var trouble: String?
  var change: Change = .notKnown("it lies outside of the repository")
  var isEdited = false

  /// What sections and age come to.
  func details(_ sections: [String], within: Period?, now: Timestamp) -> [Finding.Detail] {
    guard isThere else { return [.init(.fail, "\(name) is not there")] }
    if let trouble { return [.init(.unknown, "\(name): \(trouble)")] }
    var details: [Finding.Detail] = []
    if let outline {
      details += content(outline, sections)
    } else {
      details.append(.init(.review, "\(name): its format is not read here"))
    }
    details.append(age(within, now))
    if isEdited { details.append(.init(.review, "\(name) has changes that are not committed")) }
    return details
  }

  private func content(_ outline: DocumentOutline, _ sections: [String]) -> [Finding.Detail] {
    guard outline.words >= 20 else {
      return [.init(.fail, "\(name) has no content: \(outline.words) words")]
    }
    return sections.map { section in
      let title = section.split(separator: "|").first.map(String.init) ?? section
      switch outline.presence(of: section) {
      case .heading: return .init(.pass, "\(name): a section on \(title)")
      case .mentioned: return .init(.review, "\(name): \(title) is mentioned, without a section")
      case .missing: return .init(.fail, "\(name) says nothing about \(title)")
      }
    }
  }

  private func age(_ within: Period?, _ now: Timestamp) -> Finding.Detail {
    switch change {
    case .notCommitted: return .init(.review, "\(name) is not committed")
    case .notKnown(let reason):
      return .init(.review, "\(name): its last change is not known: \(reason)")
    case .committed(let seconds):
      let date = Timestamp(seconds: seconds).date
      guard let within else { return .init(.pass, "\(name) was last changed on \(date)") }
      // A clock that was wrong once must not make a document young for ever.
      guard seconds <= now.seconds + 86_400 else {
        return .init(.review, "\(name) was last changed in the future, on \(date)")
      }
      return Timestamp(seconds: seconds) + within < now
        ? .init(.fail, "\(name) was last changed on \(date), more than \(within) ago")
        : .init(.pass, "\(name) was last changed on \(date)")
    }
  }
}
