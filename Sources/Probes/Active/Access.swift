internal import Checklist

/// Whether an answer shows what only somebody signed in may see.
///
/// Neither status nor text alone tells: a refusal may be a 200 with the login page. So the answer
/// is held against one that was granted and one that nobody's credential came with.
struct Access: Sendable {
  /// How an answer stands.
  enum Judgement: Hashable, Sendable {
    case granted(String)
    case refused(String)
    case unclear(String)
  }

  /// The answer to somebody who may; nil where there is none to compare with.
  var genuine: HTTPResponse?
  /// The answer to nobody; nil where there is none to compare with.
  var anonymous: HTTPResponse?
  /// Answers that show nothing of anybody: the login page, a page that does not exist.
  var empty: [HTTPResponse] = []
  /// The path of the login.
  var login: String?

  /// How that answer stands.
  func judge(_ response: HTTPResponse) -> Judgement {
    if let genuine, genuine.isSuccess, response.isSuccess, !genuine.body.isEmpty,
      response.body == genuine.body
    {
      return .granted("\(response.status) with the very body of the signed-in answer")
    }
    switch response.status {
    case 401, 403, 404, 407, 410, 419: return .refused("\(response.status)")
    case 300..<400:
      return response.leadsToLogin(login)
        ? .refused("\(response.status) to the login")
        : .unclear("\(response.status), but not to the login")
    case 200..<300: break
    default: return .unclear("status \(response.status)")
    }
    if empty.contains(where: { $0.isSuccess && $0.body == response.body }) {
      return .refused("\(response.status), but only the page that everybody gets")
    }
    guard let anonymous else { return .granted("\(response.status)") }
    if !anonymous.isSuccess { return .granted("\(response.status)") }
    return anonymous.body == response.body
      ? .refused("\(response.status), the same as without any credential")
      : .unclear("\(response.status) with a body of its own")
  }
}

extension Access.Judgement {
  /// The part of a finding that it makes, where being granted is the fault.
  func detail(_ label: String) -> Finding.Detail {
    switch self {
    case .granted(let text): .init(.fail, "\(label): \(text)")
    case .refused(let text): .init(.pass, "\(label): \(text)")
    case .unclear(let text): .init(.review, "\(label): \(text)")
    }
  }

  var isGranted: Bool { if case .granted = self { true } else { false } }
}

extension Finding {
  /// The conclusion from parts: the gravest counts, and it is the message.
  ///
  /// - Parameters:
  ///   - good: the message where all parts pass; nothing passes without any part.
  static func concluded(
    _ details: [Detail], good: String, fix: String, unseen: String, doubt: String? = nil
  ) -> Finding {
    let ordered = details.worstFirst
    guard let worst = ordered.first, details.contains(where: { $0.verdict != .notApplicable })
    else { return .unknown("nothing was observed", hint: unseen) }
    var finding: Finding
    switch worst.verdict {
    case .fail:
      let more = details.count { $0.verdict == .fail } - 1
      finding = Finding(.fail, worst.text + (more > 0 ? " and \(more) more" : ""), hint: fix)
    case .unknown: finding = .unknown(worst.text, hint: unseen)
    case .review: finding = Finding(.review, worst.text, hint: doubt ?? fix)
    case .pass, .notApplicable: finding = Finding(.pass, good)
    }
    finding.details = ordered
    return finding
  }
}
