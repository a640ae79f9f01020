/// Keys of payment, mail, chat and language-model services.
enum ServiceRules {
  static let all: [SecretRule] =
    SecretRule.token(
      "stripe.live-key", "Stripe live key", ["sk_live_", "rk_live_"], .alphanumeric, 16...250,
      at: 3)
    + SecretRule.token(
      "stripe.test-key", "Stripe test key", ["sk_test_", "rk_test_"], .alphanumeric, 16...250,
      at: 2, certainty: .suspect)
    + SecretRule.token(
      "stripe.webhook-secret", "Stripe webhook secret", ["whsec_"], .base64, 32...64)
    + SecretRule.token(
      "square.token", "Square token", ["sq0atp-", "sq0csp-"], .base64URL, 22...43)
    + SecretRule.token(
      "shopify.token", "Shopify token", ["shpat_", "shpss_", "shpca_", "shppa_"], .hex, 32...32)
    + SecretRule.token(
      "slack.token", "Slack token", ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-"],
      .base64URL, 24...250
    ) { body in body.prefix(while: ByteSet.digits.contains).count >= 8 || body.count > 40 }
    + SecretRule.token("slack.app-token", "Slack app token", ["xapp-1-"], .base64URL, 60...150)
    + SecretRule.token(
      "slack.refresh-token", "Slack refresh token", ["xoxe-1-", "xoxe.xoxp-1-"], .base64URL,
      100...250)
    + [
      webhook("slack.webhook", "Slack webhook", "hooks.slack.com/services/", at: 2, 40...60),
      webhook("discord.webhook", "Discord webhook", "/api/webhooks/", at: 10, 78...110),
      webhook("teams.webhook", "Teams webhook", ".webhook.office.com/webhookb2/", at: 26, 80...250),
      .parts(
        "brevo.key", "Brevo key", .init("xkeysib-"),
        [.literal("xkeysib-"), .run(.lowerHex, 64), .literal("-"), .run(.alphanumeric, 16)]),
      mailchimp,
      openAI,
    ]
    + SecretRule.token("mailgun.key", "Mailgun key", ["key-"], .lowerHex, 32...32)
    + SecretRule.token("contentful.token", "Contentful token", ["CFPAT-"], .base64URL, 43...43)
    + SecretRule.token("anthropic.key", "Anthropic key", ["sk-ant-"], .base64URL, 80...130)
    + SecretRule.token("openrouter.key", "OpenRouter key", ["sk-or-v1-"], .lowerHex, 64...64)
    + SecretRule.token("groq.key", "Groq key", ["gsk_"], .alphanumeric, 52...52)
    + SecretRule.token("xai.key", "xAI key", ["xai-"], .alphanumeric, 80...80)
    + SecretRule.token("perplexity.key", "Perplexity key", ["pplx-"], .alphanumeric, 48...56)

  private static func webhook(
    _ id: String, _ title: String, _ literal: String, at offset: Int, _ lengths: ClosedRange<Int>
  ) -> SecretRule {
    let path = ByteSet(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/@")
    return SecretRule(
      id: id, title: title, certainty: .certain, anchors: [.init(literal, at: offset)]
    ) { view, start in
      let begin = start + literal.utf8.count
      let end = view.end(of: path, from: begin)
      guard lengths.contains(end - begin), !Placeholder.isToken(view.bytes(begin..<end)) else {
        return nil
      }
      return begin..<end
    }
  }

  // 32 hexadecimal digits in front of the data centre.
  private static let mailchimp = SecretRule(
    id: "mailchimp.key", title: "Mailchimp key", certainty: .certain,
    anchors: (1...9).map { .init("-us\($0)") }
  ) { view, start in
    let begin = view.start(of: .lowerHex, before: start, limit: 40)
    guard start - begin == 32, !ByteSet.word.contains(view[begin - 1]),
      !Placeholder.isToken(view.bytes(begin..<start))
    else { return nil }
    return begin..<start + 4
  }

  // All keys of that maker hold these eight characters in their middle.
  private static let openAI = SecretRule(
    id: "openai.key", title: "OpenAI key", certainty: .certain, anchors: [.init("T3BlbkFJ")]
  ) { view, start in
    let begin = view.start(of: .base64URL, before: start, limit: 200)
    let end = view.end(of: .base64URL, from: start)
    guard view.has(Array("sk-".utf8), at: begin), start - begin >= 19, end - start >= 28 else {
      return nil
    }
    return begin..<end
  }
}
