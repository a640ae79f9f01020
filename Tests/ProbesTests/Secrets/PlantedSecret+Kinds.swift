extension PlantedSecret {
  private static func token(
    _ rule: String, _ prefix: String, _ count: Int, _ alphabet: String = alphanumeric
  ) -> PlantedSecret {
    PlantedSecret(rule, "key = \"", prefix + random(count, alphabet), "\"\n")
  }

  static let forge = [
    PlantedSecret("github.token", "t=", checked("gh" + "p_"), "\n"),
    PlantedSecret(
      "github.fine-grained-token", "", "github" + "_pat_" + random(22) + "_" + random(59)),
    PlantedSecret("npm.token", "//registry/:_authToken=", checked("np" + "m_", seed: 9), "\n"),
    token("pypi.token", "pypi-" + "AgEIcHlwaS5vcmc", 70),
    PlantedSecret(
      "postman.key", "'", "PM" + "AK-" + random(24, hex) + "-" + random(34, hex), "'"),
    PlantedSecret("terraform.token", "token = ", random(14) + ".atl" + "asv1." + random(67)),
    token("gitlab.token", "glp" + "at-", 20),
    token("gitlab.runner-registration", "GR13" + "48941", 20),
    token("docker.token", "dckr" + "_pat_", 27), token("rubygems.key", "ruby" + "gems_", 48, hex),
    token("clojars.token", "CLOJ" + "ARS_", 60, small + digit),
    token("pulumi.token", "pu" + "l-", 40, hex),
    token("atlassian.token", "ATATT" + "3xFfGF0", 170), token("artifactory.key", "AK" + "Cp", 69),
    token("prefect.key", "pn" + "u_", 36), token("sentry.token", "sntr" + "yu_", 64, hex),
    token("sentry.organisation-token", "sntr" + "ys_eyJ", 150),
    token("linear.key", "lin_" + "api_", 40),
    token("notion.token", "nt" + "n_", 46), token("figma.token", "fig" + "d_", 43),
    token("readme.key", "rd" + "me_", 70, small + digit),
  ]

  static let cloud = [
    token("aws.access-key-id", "AK" + "IA", 16, capital + "234567"),
    PlantedSecret("aws.secret-access-key", "aws_secret_access_key = ", random(40, seed: 3), "\n"),
    token("google.api-key", "AI" + "za", 35), token("google.oauth-secret", "GOC" + "SPX-", 28),
    token("google.access-token", "ya" + "29.", 120),
    PlantedSecret("azure.storage-key", "AccountName=a;AccountKey=", random(86), "==;Endpoint"),
    PlantedSecret("azure.shared-access-key", "SharedAccessKey=", random(43), "="),
    PlantedSecret("azure.client-secret", "secret: ", "aB3" + "8Q~" + random(33), "\n"),
    PlantedSecret("grafana.service-token", "", "gl" + "sa_" + random(32) + "_" + random(8, hex)),
    PlantedSecret(
      "dynatrace.token", "",
      "dt0" + "c01." + random(24, capital + digit) + "." + random(64, capital + digit)),
    token("doppler.token", "dp." + "pt.", 43), token("digitalocean.token", "dop" + "_v1_", 64, hex),
    token("vault.token", "hv" + "s.", 96), token("databricks.token", "da" + "pi", 32, hex),
    token("fly.token", "fm" + "2_", 200), token("supabase.token", "sb" + "p_", 40, hex),
    token("netlify.token", "nf" + "p_", 40), token("heroku.key", "HR" + "KU-", 60),
    token("planetscale.secret", "pscale" + "_tkn_", 43),
    token("newrelic.key", "NR" + "AK-", 27, capital + digit),
    token("grafana.cloud-token", "gl" + "c_eyJ", 100),
  ]

  static let service = [
    token("stripe.live-key", "sk_" + "live_", 24), token("stripe.test-key", "sk_" + "test_", 24),
    token("stripe.webhook-secret", "whs" + "ec_", 32), token("square.token", "sq0" + "atp-", 22),
    token("shopify.token", "shp" + "at_", 32, hex),
    PlantedSecret(
      "slack.token", "",
      "xo" + "xb-" + random(12, digit) + "-" + random(12, digit) + "-" + random(24)),
    token("slack.app-token", "xa" + "pp-1-", 90), token("slack.refresh-token", "xo" + "xe-1-", 146),
    PlantedSecret(
      "slack.webhook", "https://hooks.slack.com/services/",
      "T" + random(8, capital) + "/B" + random(8, capital) + "/" + random(24)),
    PlantedSecret(
      "discord.webhook", "https://discord.com/api/webhooks/", random(18, digit) + "/" + random(68)),
    PlantedSecret(
      "teams.webhook", "https://corp.webhook.office.com/webhookb2/",
      random(73) + "/IncomingWebhook/" + random(32)),
    PlantedSecret(
      "brevo.key", "", "xkey" + "sib-" + random(64, hex) + "-" + random(16)),
    PlantedSecret("mailchimp.key", "k='", random(32, hex) + "-us12", "'"),
    PlantedSecret("openai.key", "", "sk-" + "proj-" + random(40) + "T3Bl" + "bkFJ" + random(40)),
    token("mailgun.key", "ke" + "y-", 32, hex), token("contentful.token", "CFP" + "AT-", 43),
    token("anthropic.key", "sk-" + "ant-api03-", 95),
    token("openrouter.key", "sk-" + "or-v1-", 64, hex),
    token("groq.key", "gs" + "k_", 52), token("xai.key", "xa" + "i-", 80),
    token("perplexity.key", "pp" + "lx-", 48),
  ]

  static let keys = [
    PlantedSecret("private-key", "", armoured("RSA PRIVATE KEY")),
    PlantedSecret("private-key.encrypted", "", armoured("ENCRYPTED PRIVATE KEY")),
    PlantedSecret(
      "private-key.putty",
      "PuTTY-User-" + "Key-File-3: ssh-rsa\nEncryption: none\nPrivate-Lines: 1\n", random(64)),
    PlantedSecret("private-key.age", "", "AGE-SECRET-" + "KEY-1" + random(58, capital + digit)),
    PlantedSecret("url.credentials", "db: postgres://app:", "Zx9" + "kQ2vLp", "@db.shop.io/main\n"),
    PlantedSecret("url.local-credentials", "redis://:", "Zx9" + "kQ2vLp", "@localhost:6379\n"),
    PlantedSecret("jwt", "Bearer ", webToken),
    PlantedSecret(
      "http.basic-authorization", "Authorization: Basic ", base64("deploy:Zx9kQ2vLp7"), "\n"),
    PlantedSecret(
      "docker.registry-password", #"{"auths":{"r.io":{"auth": ""#, base64("bot:Zx9kQ2vLp7"), "\"}}}"
    ),
  ]

  static let named = [
    PlantedSecret("twilio.auth-token", "TWILIO_AUTH_TOKEN=", random(32, hex), "\n"),
    PlantedSecret("datadog.key", "DD_API_KEY: ", random(32, hex), "\n"),
    PlantedSecret("facebook.app-secret", "facebook_app_secret = '", random(32, hex), "'"),
    PlantedSecret("cloudflare.token", "CLOUDFLARE_API_TOKEN=\"", random(40), "\""),
    PlantedSecret("algolia.admin-key", "algoliaAdminKey: '", random(32, hex), "'"),
    PlantedSecret("rails.secret-key-base", "  secret_key_base: ", random(128, hex), "\n"),
    PlantedSecret(
      "heroku.api-key", "HEROKU_API_KEY=",
      [8, 4, 4, 4, 12].map { random($0, hex) }.joined(separator: "-"), "\n"),
    PlantedSecret(
      "django.secret-key", "SECRET_KEY = '", random(50, small + digit + "!@#$%^&*(-_=+)"), "'\n"),
    PlantedSecret("generic.secret", "db_password = \"", "k7Gh!" + "2wQz9", "\"\n"),
  ]

  static let runs = [
    PlantedSecret(
      "discord.bot-token", "bot.run('",
      base64("873421956012345678") + "." + random(6) + "." + random(38), "')"),
    PlantedSecret("sendgrid.key", "k=\"", "S" + "G." + random(22) + "." + random(43), "\""),
    token("twilio.key", "S" + "K", 32, hex),
    token("huggingface.token", "hf" + "_", 34, capital + small),
    token("replicate.token", "r8" + "_", 37), token("nuget.key", "oy" + "2", 43, small + digit),
    token("crates.token", "ci" + "o", 32), token("language-model.key", "sk" + "-", 32, hex),
    PlantedSecret("telegram.bot-token", "'", random(10, digit) + ":A" + "A" + random(33), "'"),
    PlantedSecret(
      "mailgun.key", "'", random(32, hex) + "-" + random(8, hex) + "-" + random(8, hex), "'"),
    PlantedSecret("airtable.token", "'", "pa" + "t" + random(14) + "." + random(64, hex), "'"),
  ]
}
