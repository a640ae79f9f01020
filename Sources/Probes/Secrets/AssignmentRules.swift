/// Values that only the name in front of them gives away.
enum AssignmentRules {
  static let all: [SecretRule] = [
    named("twilio.auth-token", "Twilio auth token", ["twilio"], .lowerHex, 32...32, name: "auth"),
    named(
      "datadog.key", "Datadog key", ["dd_api_key", "dd_app_key", "datadog_"], .lowerHex, 32...40),
    named(
      "facebook.app-secret", "Facebook app secret", ["facebook"], .lowerHex, 32...32, name: "secret"
    ),
    named("cloudflare.token", "Cloudflare token", ["cloudflare", "cf_api_"], .base64URL, 37...40),
    named("algolia.admin-key", "Algolia key", ["algolia"], .lowerHex, 32...32, name: "key"),
    named(
      "rails.secret-key-base", "Rails secret_key_base", ["secret_key_base"], .lowerHex, 128...128),
    named(
      "heroku.api-key", "Heroku API key", ["heroku"], .init("0123456789abcdef-"), 36...36,
      name: "key"),
    SecretRule(
      id: "django.secret-key", title: "Django SECRET_KEY", certainty: .certain,
      anchors: [.init("SECRET_KEY", at: 3)], inBinary: false
    ) { view, start in
      guard !ByteSet.word.contains(view[start - 1]),
        let value = Assignment(view, nameAt: start)?.value, value.count >= 40,
        Placeholder.entropy(view.bytes(value)) >= 4, !isReference(view, value),
        view.bytes(value).contains(where: { !ByteSet.hex.contains($0) }),
        !Placeholder.isValue(view.bytes(value))
      else { return nil }
      return value
    },
    SecretRule(
      id: "generic.secret", title: "value behind a telling name", certainty: .suspect,
      anchors: [
        "secret", "token", "passwd", "password", "apikey", "api_key", "api-key", "access_key",
        "accesskey", "auth_key", "encryption_key", "credential", "passphrase", "private_key",
        "signing_key",
      ].map { .init($0, at: $0.utf8.count - 4, folded: true) }, inBinary: false, find: generic),
  ]

  /// A value of fixed shape, with no more to it than what stands left of the equals sign.
  private static func named(
    _ id: String, _ title: String, _ anchors: [String], _ set: ByteSet,
    _ lengths: ClosedRange<Int>, name: String = ""
  ) -> SecretRule {
    SecretRule(
      id: id, title: title, certainty: .certain,
      anchors: anchors.map { .init($0, folded: true) }, inBinary: false
    ) { view, start in
      guard let assignment = Assignment(view, nameAt: start),
        assignment.name.contains(name), lengths.contains(assignment.value.count)
      else { return nil }
      let value = view.bytes(assignment.value)
      guard value.allSatisfy(set.contains), value.contains(where: ByteSet.digits.contains),
        Placeholder.entropy(value) > 2.5, !Placeholder.isToken(value)
      else { return nil }
      return assignment.value
    }
  }

  private static let harmlessNames = [
    "public", "publish", "path", "file", "url", "uri", "endpoint", "name", "header", "field",
    "param", "hash", "checksum", "digest", "sha", "regex", "pattern", "label", "placeholder",
    "csrf", "message", "error", "title", "type", "policy", "length", "key_id", "keyid", "class",
    "integrity", "tokenizer", "tokens", "selector",
  ]

  private static func generic(_ view: ByteView, _ start: Int) -> Range<Int>? {
    guard let assignment = Assignment(view, nameAt: start) else { return nil }
    let value = view.bytes(assignment.value)
    let isPassword = assignment.name.contains("pass")
    guard value.count >= (isPassword ? 8 : 16), value.count <= 200,
      value.contains(where: ByteSet.digits.contains),
      value.contains(where: ByteSet.letters.contains),
      Placeholder.entropy(value) >= (isPassword ? 2.8 : 3.5), !isReference(view, assignment.value),
      !hasRuleOfItsOwn(view, assignment.value),
      !Placeholder.isValue(value), !harmlessNames.contains(where: assignment.name.contains)
    else { return nil }
    return assignment.value
  }

  // Formats that can be told from samples: what their rules refuse is no guess either.
  private static func hasRuleOfItsOwn(_ view: ByteView, _ range: Range<Int>) -> Bool {
    let text = view.text(range)
    if text.hasPrefix("eyJ") { return text.utf8.count { $0 == UInt8(ascii: ".") } == 2 }
    return text.utf8.count == 40
      && ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "npm_"].contains(where: text.hasPrefix)
  }

  // A path, a URL, a call, a member of something: a way to the secret and not the secret.
  private static func isReference(_ view: ByteView, _ range: Range<Int>) -> Bool {
    let text = view.text(range)
    return text.contains(" ") || text.contains("://") || text.contains("()")
      || text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("$") || text.hasPrefix("@")
      || text.hasPrefix("sha256-") || text.hasPrefix("sha512-") || text.hasPrefix("sha384-")
      || text.hasPrefix("arn:") || text.hasPrefix("ssh-") || text.hasPrefix("-----BEGIN")
      || text.hasPrefix("sha256:") || text.contains("::")
  }
}
