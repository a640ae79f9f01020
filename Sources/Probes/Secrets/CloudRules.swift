/// Keys of clouds, hosts and infrastructure.
enum CloudRules {
  static let all: [SecretRule] =
    SecretRule.token(
      "aws.access-key-id", "AWS access key id", ["AKIA", "ASIA"], .capitalsAndDigits, 16...16
    ) { body in body.allSatisfy(ByteSet.base32.contains) }
    + [awsSecretKey]
    + SecretRule.token("google.api-key", "Google API key", ["AIza"], .base64URL, 35...35)
    + SecretRule.token(
      "google.oauth-secret", "Google OAuth client secret", ["GOCSPX-"], .base64URL, 28...28)
    + SecretRule.token(
      "google.access-token", "Google access token", ["ya29."], .base64URL, 60...1_000)
    + [
      keyed(
        "azure.storage-key", "Azure storage account key", "AccountKey=", .base64, 86, "=="),
      keyed("azure.shared-access-key", "Azure shared access key", "AccessKey=", .base64, 43, "="),
      azureClientSecret,
      .parts(
        "grafana.service-token", "Grafana service account token", .init("glsa_"),
        [.literal("glsa_"), .run(.alphanumeric, 32), .literal("_"), .run(.hex, 8)]),
      .parts(
        "dynatrace.token", "Dynatrace token", .init("dt0c01."),
        [
          .literal("dt0c01."), .run(.capitalsAndDigits, 24), .literal("."),
          .run(.capitalsAndDigits, 64),
        ]),
      .parts(
        "doppler.token", "Doppler token", .init("dp.pt."),
        [.literal("dp.pt."), .run(.alphanumeric, 40...44)]),
    ]
    + SecretRule.token(
      "digitalocean.token", "DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], .lowerHex,
      64...64)
    + SecretRule.token(
      "vault.token", "Vault token", ["hvs.", "hvb."], .base64URL, 90...300)
    + SecretRule.token("databricks.token", "Databricks token", ["dapi"], .lowerHex, 32...32)
    + SecretRule.token("fly.token", "Fly.io token", ["fm2_", "fo1_"], .anyBase64, 43...2_000)
    + SecretRule.token("supabase.token", "Supabase token", ["sbp_"], .lowerHex, 40...40)
    + SecretRule.token("netlify.token", "Netlify token", ["nfp_"], .alphanumeric, 36...44)
    + SecretRule.token("heroku.key", "Heroku key", ["HRKU-"], .base64URL, 36...64)
    + SecretRule.token(
      "planetscale.secret", "PlanetScale secret", ["pscale_tkn_", "pscale_pw_"], .dotted, 32...64)
    + SecretRule.token("newrelic.key", "New Relic user key", ["NRAK-"], .capitalsAndDigits, 27...27)
    + SecretRule.token(
      "grafana.cloud-token", "Grafana Cloud token", ["glc_eyJ"], .anyBase64, 60...400)

  /// A literal, a run of a fixed length, and padding.
  private static func keyed(
    _ id: String, _ title: String, _ literal: String, _ set: ByteSet, _ length: Int,
    _ padding: String
  ) -> SecretRule {
    SecretRule(id: id, title: title, certainty: .certain, anchors: [.init(literal, at: 5)]) {
      view, start in
      let begin = start + literal.utf8.count
      let end = view.end(of: set, from: begin)
      guard end - begin == length, view.has(Array(padding.utf8), at: end),
        !Placeholder.isToken(view.bytes(begin..<end))
      else { return nil }
      return begin..<end
    }
  }

  private static let assigning = ByteSet(" \t\"'=:>-")

  // Forty characters of base 64 mean nothing alone; the name in front of them does.
  private static let awsSecretKey = SecretRule(
    id: "aws.secret-access-key", title: "AWS secret access key", certainty: .certain,
    anchors: [
      .init("secret_access_key", at: 3, folded: true),
      .init("secretaccesskey", at: 3, folded: true),
      .init("aws_secret_key", at: 4, folded: true),
      .init("secret-access-key", at: 3, folded: true),
    ]
  ) { view, start in
    let name = view.end(of: ByteSet.word, from: start + 10)
    let begin = view.end(of: assigning, from: name, limit: 16)
    let end = view.end(of: .base64, from: begin)
    let value = view.bytes(begin..<end)
    guard begin > name, end - begin == 40, view[end] != UInt8(ascii: "="),
      !value.allSatisfy(ByteSet.hex.contains), Placeholder.entropy(value) >= 4.0,
      !Placeholder.isToken(value)
    else { return nil }
    return begin..<end
  }

  // `aBc8Q~` and then 31 to 34 more.
  private static let azureClientSecret = SecretRule(
    id: "azure.client-secret", title: "Azure AD client secret", certainty: .certain,
    anchors: [.init("8Q~", before: azureCharacters, after: azureCharacters)]
  ) { view, start in
    let begin = start - 3
    let end = view.end(of: azureCharacters, from: start + 3)
    guard begin >= 0, azureCharacters.contains(view[begin]),
      azureCharacters.contains(view[begin + 1]), azureCharacters.contains(view[begin + 2]),
      view[begin + 2] != UInt8(ascii: "-"),
      !ByteSet.word.contains(view[begin - 1]), (31...34).contains(end - start - 3)
    else { return nil }
    return begin..<end
  }

  private static let azureCharacters = ByteSet(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.~-")
}
