/// Tokens of code forges and package registries.
enum ForgeRules {
  static let all: [SecretRule] =
    SecretRule.token(
      "github.token", "GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], .alphanumeric,
      36...36, where: TokenChecksum.isValid)
    + [
      .parts(
        "github.fine-grained-token", "GitHub fine-grained token", .init("github_pat_", at: 6),
        [
          .literal("github_pat_"), .run(.alphanumeric, 22), .literal("_"),
          .run(.alphanumeric, 59),
        ]),
      .parts(
        "pypi.token", "PyPI token", .init("pypi-AgE", at: 4),
        [.literal("pypi-AgE"), .run(.base64URL, 50...1_000)]),
      .parts(
        "postman.key", "Postman API key", .init("PMAK-"),
        [.literal("PMAK-"), .run(.lowerHex, 24), .literal("-"), .run(.lowerHex, 34)]),
      terraform,
    ]
    + SecretRule.token(
      "npm.token", "npm token", ["npm_"], .alphanumeric, 36...36, where: TokenChecksum.isValid)
    + SecretRule.token(
      "gitlab.token", "GitLab token",
      [
        "glpat-", "gldt-", "glrt-", "glptt-", "glcbt-", "glsoat-", "glagent-", "glimt-",
        "glft-", "gloas-",
      ], .dotted, 20...300)
    + SecretRule.token(
      "gitlab.runner-registration", "GitLab runner registration token", ["GR1348941"],
      .base64URL, 20...20)
    + SecretRule.token(
      "docker.token", "Docker Hub token", ["dckr_pat_", "dckr_oat_"], .base64URL, 27...32)
    + SecretRule.token("rubygems.key", "RubyGems key", ["rubygems_"], .lowerHex, 48...48)
    + SecretRule.token("clojars.token", "Clojars token", ["CLOJARS_"], .smallsAndDigits, 60...60)
    + SecretRule.token("pulumi.token", "Pulumi token", ["pul-"], .lowerHex, 40...40)
    + SecretRule.token(
      "atlassian.token", "Atlassian token", ["ATATT3xFfGF0"], .init(tokenCharacters), 100...400)
    + SecretRule.token("artifactory.key", "Artifactory key", ["AKCp"], .alphanumeric, 60...80)
    + SecretRule.token("prefect.key", "Prefect key", ["pnu_"], .alphanumeric, 36...36)
    + SecretRule.token("sentry.token", "Sentry user token", ["sntryu_"], .lowerHex, 64...64)
    + SecretRule.token(
      "sentry.organisation-token", "Sentry organisation token", ["sntrys_eyJ"],
      .init(tokenCharacters), 80...500)
    + SecretRule.token("linear.key", "Linear key", ["lin_api_"], .alphanumeric, 40...40)
    + SecretRule.token("notion.token", "Notion token", ["ntn_"], .alphanumeric, 46...46)
    + SecretRule.token("figma.token", "Figma token", ["figd_"], .base64URL, 40...48)
    + SecretRule.token("readme.key", "ReadMe key", ["rdme_"], .smallsAndDigits, 70...70)

  // Fourteen characters stand in front of the literal.
  private static let terraform = SecretRule(
    id: "terraform.token", title: "HCP Terraform token", certainty: .certain,
    anchors: [.init(".atlasv1.")]
  ) { view, start in
    let begin = view.start(of: .alphanumeric, before: start, limit: 20)
    let end = view.end(of: .base64URL, from: start + 9)
    guard start - begin == 14, (60...80).contains(end - start - 9),
      !Placeholder.isToken(view.bytes(start + 9..<end))
    else { return nil }
    return begin..<end
  }

  private static let tokenCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/"
}
