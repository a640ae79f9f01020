extension Int {
  /// `1 point`, `2 points`: how many there are of something, in words for people.
  ///
  /// - Parameter many: the plural where it is more than an `s`, or where a verb goes with it.
  public func counted(_ one: String, _ many: String? = nil) -> String {
    self == 1 ? "1 \(one)" : "\(self) \(many ?? "\(one)s")"
  }
}

extension Finding {
  /// What was looked at and how much of it, a few words for each kind, in the order of the kinds.
  public var coverageInWords: [String] {
    coverage.sorted { $0.key < $1.key }.map { $0.value.counted(Self.single($0.key), $0.key) }
  }

  /// The name of one of those; kinds are named by their plural.
  private static func single(_ kind: String) -> String {
    let endings = [
      ("cookies", "cookie"), ("ies", "y"), ("sses", "ss"), ("shes", "sh"),
      ("s-seen-before", "-seen-before"),
    ]
    for (many, one) in endings where kind.hasSuffix(many) {
      return kind.dropLast(many.count) + one
    }
    return kind.hasSuffix("s") && kind.count > 3 ? String(kind.dropLast()) : kind
  }
}
