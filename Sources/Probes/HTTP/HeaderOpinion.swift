internal import Checklist

/// What is to be said of one header field on one page.
struct HeaderOpinion: Hashable, Sendable {
  var verdict: Finding.Verdict
  var text: String

  static func pass(_ text: String) -> HeaderOpinion { HeaderOpinion(verdict: .pass, text: text) }
  static func fail(_ text: String) -> HeaderOpinion { HeaderOpinion(verdict: .fail, text: text) }
  static func review(_ text: String) -> HeaderOpinion {
    HeaderOpinion(verdict: .review, text: text)
  }
}
