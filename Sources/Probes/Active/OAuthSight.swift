internal import Checklist
internal import Foundation

/// Where the link of a sign-in through others leads.
struct OAuthSight: Sendable {
  /// The names of all checks.
  static let checks: Set<String> = ["state", "pkce", "forged-state", "redirect-uri"]
  private static let foreign = "https://launchgate.invalid/"

  /// The provider's address, as two visits got it.
  var places: [TargetURL] = []
  var answers: [ActiveAnswer] = []
  /// The service's answer to a state that it never gave.
  var callback: ActiveAnswer?
  /// The provider's answer to an address that nobody registered.
  var provider: ActiveAnswer?

  /// The parts of the finding that one check makes.
  func details(_ check: String) -> [Finding.Detail] {
    switch check {
    case "state": [type, state]
    case "pkce": [challenge]
    case "forged-state": [forged]
    default: [redirect]
    }
  }

  private var type: Finding.Detail {
    let types = Set(queries.map { $0["response_type"] ?? "" })
    return types == ["code"]
      ? .init(.pass, "response_type: code")
      : .init(.fail, "response_type: not code, so that tokens come in the address")
  }

  private var state: Finding.Detail {
    let states = queries.map { $0["state"] ?? "" }
    if states.contains("") { return .init(.fail, "state: missing") }
    if Set(states).count < states.count { return .init(.fail, "state: the same at both visits") }
    return states.contains { $0.utf8.count < 16 }
      ? .init(.review, "state: fresh, but shorter than 16 characters")
      : .init(.pass, "state: fresh at each visit")
  }

  private var challenge: Finding.Detail {
    let all = queries
    if all.contains(where: { ($0["code_challenge"] ?? "").isEmpty }) {
      return .init(.fail, "PKCE: no code_challenge")
    }
    if all.contains(where: { $0["code_challenge_method"] != "S256" }) {
      return .init(.fail, "PKCE: not with S256")
    }
    return Set(all.map { $0["code_challenge"] ?? "" }).count < all.count
      ? .init(.fail, "PKCE: the same code_challenge at both visits")
      : .init(.pass, "PKCE: with S256")
  }

  private var forged: Finding.Detail {
    guard let callback else {
      return .init(.unknown, "forged state: the callback is no authorised address of the service")
    }
    guard let response = callback.response, callback.obstacle == nil else {
      return .init(.unknown, callback.obstacle ?? callback.label)
    }
    switch response.status {
    case 400, 401, 403, 419, 422: return .init(.pass, "forged state: refused (\(response.status))")
    case 404, 405: return .init(.unknown, "forged state: the callback answers \(response.status)")
    case 500...: return .init(.review, "forged state: ends in status \(response.status)")
    default: return .init(.review, "forged state: answered with \(response.status)")
    }
  }

  private var redirect: Finding.Detail {
    guard let provider else {
      return .init(.unknown, "redirect_uri: the provider is not among the authorised targets")
    }
    guard let response = provider.response, provider.obstacle == nil else {
      return .init(.unknown, provider.obstacle ?? provider.label)
    }
    if let location = response.location,
      response.url.resolving(location)?.host == "launchgate.invalid"
    {
      return .init(.fail, "redirect_uri: the provider leads to a foreign address")
    }
    switch response.status {
    case 400, 401, 403, 422: return .init(.pass, "redirect_uri: a foreign one is refused")
    default:
      return .init(.review, "redirect_uri: a foreign one is answered with \(response.status)")
    }
  }

  private var queries: [[String: String]] { places.map(Self.query) }

  /// The query of an address; of a name that comes twice the first counts.
  static func query(_ url: TargetURL) -> [String: String] {
    guard let question = url.path.firstIndex(of: "?") else { return [:] }
    let pairs = url.path[url.path.index(after: question)...].split(separator: "&").prefix(64).map {
      $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    }
    return Dictionary(
      pairs.map { (String($0[0]), $0.count > 1 ? decoded($0[1]) : "") },
      uniquingKeysWith: { first, _ in first })
  }

  /// The same address with the foreign value under that name; nil where there is no such name.
  static func replacing(_ name: String, in url: TargetURL) -> TargetURL? {
    guard let question = url.path.firstIndex(of: "?"), query(url)[name] != nil else { return nil }
    let pairs = url.path[url.path.index(after: question)...].split(separator: "&").map { pair in
      pair.hasPrefix("\(name)=") ? "\(name)=\(LoginForm.encoded(foreign))" : String(pair)
    }
    return url.at(url.path[...question] + pairs.joined(separator: "&"))
  }

  private static func decoded(_ text: Substring) -> String {
    text.replacing("+", with: " ").removingPercentEncoding ?? String(text)
  }
}
