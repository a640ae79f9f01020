/// What was seen of a repository's secrets, and what could not be seen.
struct SecretObservation: Equatable, Sendable {
  /// Worst first, each secret once a path.
  var sightings: [SecretSighting] = []
  /// Reasons for which the scan is not complete; none means that all was looked at.
  var gaps: [String] = []
  /// The way out of the first gap.
  var hint: String?
  /// Repositories inside of this one; they are not part of it and were not looked at.
  var others: [GitPath] = []
  /// Files that Git LFS keeps elsewhere, so that their contents were not looked at.
  var unfetched: [GitPath] = []
  var objects = 0
  /// Of these, how many were looked at in an earlier run, by the same rules.
  var remembered = 0
  var blobs = 0
  var commits = 0
  var tags = 0
  var bytes = 0
  var worktreeFiles = 0

  /// Adds a reason for which the scan is not complete; the first way out counts.
  mutating func miss(_ reason: String, hint: String) {
    gaps.append(reason)
    self.hint = self.hint ?? hint
  }
}
