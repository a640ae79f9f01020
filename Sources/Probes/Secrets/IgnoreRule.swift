import Checklist

/// Which rule decides about one path.
struct IgnoreRule: Equatable, Sendable {
  var path: String
  /// The file that holds the rule; nil where no rule matches.
  var source: String?
  var pattern: String

  var isIgnored: Bool { source != nil && !pattern.hasPrefix("!") }

  func detail(trackedFiles: Set<GitPath>) -> Finding.Detail {
    guard let source else { return .init(.fail, "\(path) is not ignored by any rule") }
    guard isIgnored else {
      return .init(.fail, "\(path) is not ignored: `\(pattern)` in \(source) takes it back")
    }
    guard source.split(separator: "/").last == ".gitignore", !source.hasPrefix("/"),
      !source.hasPrefix("~"), !source.hasPrefix(".git/")
    else {
      return .init(.fail, "\(path) is ignored only for you, by \(source); not for the team")
    }
    guard trackedFiles.contains(GitPath(source)) else {
      return .init(.review, "\(path) is ignored by \(source), which is not committed")
    }
    return .init(.pass, "\(path) is ignored by `\(pattern)` in \(source)")
  }
}
