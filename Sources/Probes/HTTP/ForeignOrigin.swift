/// An origin (RFC 6454) that no service should admit, as a browser would send it.
struct ForeignOrigin: Hashable, Sendable {
  /// What it stands for.
  enum Kind: Hashable, Sendable {
    case stranger
    /// A stranger that a careless comparison takes for the host.
    case lookalike
    case null
    case developer
  }

  var kind: Kind
  /// A stable name for facts and lines.
  var name: String
  var value: String

  /// The origins that are tried; nobody answers at any of them, and nothing is sent to them.
  static func all(resembling url: TargetURL) -> [ForeignOrigin] {
    [
      ForeignOrigin(kind: .stranger, name: "a stranger", value: "https://probe.invalid"),
      ForeignOrigin(
        kind: .lookalike, name: "a name that begins alike",
        value: "https://\(url.host).probe.invalid"),
      ForeignOrigin(
        kind: .lookalike, name: "a name that ends alike", value: "https://probe-\(url.host)"),
      ForeignOrigin(kind: .null, name: "null", value: "null"),
      ForeignOrigin(kind: .developer, name: "localhost", value: "http://localhost:3000"),
    ]
  }
}
