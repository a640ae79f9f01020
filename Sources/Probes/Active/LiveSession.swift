internal import Checklist

/// The session of a test user, from which nothing is concluded unless it is shown to be alive.
enum LiveSession {
  /// How a checklist names it; the value itself is only ever in the environment.
  static let parameters: [ProbeManual.Parameter] = [
    .init(
      "session", .text, "environment variable with the session of a test user", isRequired: true),
    .init("header", .text, "header field of the session (default Cookie)"),
    .init("prefix", .text, "what stands before it in the field, such as \"session=\""),
  ]

  /// Why the session proves nothing: no answer, none alive, or a place that everybody may see.
  static func obstacle(nobody: ActiveAnswer, alive: ActiveAnswer) -> Obstacle? {
    for answer in [nobody, alive] {
      if let obstacle = answer.obstacle {
        return Obstacle(obstacle, hint: answer.hint, seen: [nobody, alive])
      }
    }
    guard let page = alive.response, page.isSuccess,
      !(nobody.response?.isSuccess ?? false && nobody.response?.body == page.body)
    else {
      return Obstacle(
        "the session is not alive (\(alive.status ?? 0)), or the place is open to everybody",
        hint: "export a fresh session, and give a place that only a session opens",
        seen: [nobody, alive])
    }
    return nil
  }
}
