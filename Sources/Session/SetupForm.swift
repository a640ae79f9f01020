/// The first-run screen: what is launched, where it runs, who asks.
public struct SetupForm: Hashable, Sendable {
  /// Subject, release, environment, URL, name, email, role.
  public var fields: FieldList
  /// Whether the user said that the host may be tested.
  public var isAuthorised = false
  /// The repository that was found.
  public var repository: String?
  /// Name of the launch that was walked here last, if one was.
  public var earlier: String?

  /// What is said while the answers are written down.
  static let progress = "writing launchgate.yaml"

  private let proposed: [String]

  /// Whether anything differs from what was proposed.
  public var isChanged: Bool { fields.fields.map(\.input.text) != proposed || isAuthorised }

  /// A form with these proposals filled in.
  public init(_ proposal: SetupProposal) {
    repository = proposal.repository
    earlier = proposal.earlier
    fields = FieldList(
      [
        .init("subject", "Subject", proposal.subject),
        .init("release", "Release", proposal.release),
        .init("environment", "Environment", "production"), .init("url", "URL (optional)"),
      ] + FieldList.identity(proposal.identity))
    proposed = fields.fields.map(\.input.text)
  }

  /// What becomes of the earlier launch, in a sentence; nil where there is none.
  public var earlierNotice: String? {
    earlier.map {
      "\($0) was walked here: what of it still holds is offered next, and only offered."
    }
  }

  /// What is wrong with the answers, or nil.
  public var gap: String? {
    for (name, label) in [
      ("subject", "a subject"), ("release", "a release"), ("environment", "an environment"),
    ] where fields.text(name).trimmed.isEmpty {
      return "\(label) is needed"
    }
    if let gap = identity.gap { return gap }
    let url = fields.text("url").trimmed
    if url.isEmpty { return nil }
    guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
      return "the URL has to begin with https:// or http://"
    }
    return isAuthorised ? nil : "tick that you may test the host (Ctrl-T), or clear the URL"
  }

  /// The answers as they stand.
  public var answers: SetupAnswers {
    let url = fields.text("url").trimmed
    return SetupAnswers(
      subject: fields.text("subject").trimmed, release: fields.text("release").trimmed,
      environment: fields.text("environment").trimmed, url: url.isEmpty ? nil : url,
      isAuthorised: isAuthorised, identity: identity)
  }

  private var identity: Identity { fields.identity(keepingKeyOf: Identity()) }
}
