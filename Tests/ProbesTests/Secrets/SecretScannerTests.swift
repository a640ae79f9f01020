import Testing

@testable import Probes

@Suite struct SecretScannerTests {
  private let scanner = SecretScanner()

  private func rules(_ text: String) -> [String] { matches(Array(text.utf8)).map(\.rule) }

  private func matches(_ bytes: [UInt8]) -> [SecretMatch] { bytes.withUnsafeBytes(scanner.scan) }

  @Test(arguments: PlantedSecret.all)
  func findsThePlanted(_ planted: PlantedSecret) {
    #expect(rules("\n" + planted.text + "\n").contains(planted.rule))
    #expect(rules(planted.text).contains(planted.rule), "at the very ends of the text")
  }

  @Test func everyRuleHasAPlantedSecret() {
    let rules = Set(SecretRules.all.map(\.id) + RunRules.all.map(\.id))
    #expect(rules.subtracting(PlantedSecret.all.map(\.rule)) == [])
    #expect(rules.count >= 70)
  }

  @Test func anchorsHoldTheFourBytesThatThePrefilterLooksFor() {
    for rule in SecretRules.all {
      #expect(!rule.anchors.isEmpty, "\(rule.id)")
      for anchor in rule.anchors {
        #expect(anchor.offset + min(4, anchor.literal.count) <= anchor.literal.count, "\(rule.id)")
        #expect(anchor.literal.count >= 3, "\(rule.id)")
        #expect(
          !anchor.folded || !anchor.literal.contains { (0x41...0x5A).contains($0) }, "\(rule.id)")
      }
    }
  }

  @Test(arguments: PlantedSecret.all)
  func findsThePlantedInUTF16(_ planted: PlantedSecret) {
    let units = Array(planted.text.utf16)
    let little: [UInt8] = units.reduce(into: [0xFF, 0xFE]) { bytes, unit in
      bytes += [UInt8(unit & 255), UInt8(unit >> 8)]
    }
    let big: [UInt8] = units.reduce(into: [0xFE, 0xFF]) { bytes, unit in
      bytes += [UInt8(unit >> 8), UInt8(unit & 255)]
    }
    #expect(matches(little).contains { $0.rule == planted.rule })
    #expect(matches(big).contains { $0.rule == planted.rule })
  }

  @Test(arguments: PlantedSecret.all)
  func findsThePlantedInBase64(_ planted: PlantedSecret) {
    let text = "data:\n  file: " + PlantedSecret.base64("# settings\n" + planted.text) + "\n"
    let found = matches(Array(text.utf8))
    #expect(found.contains { $0.rule == planted.rule && $0.line == 2 })
  }

  @Test(arguments: PlantedSecret.all)
  func findsThePlantedAtEveryPosition(_ planted: PlantedSecret) {
    for shift in 1...9 {
      let text = String(repeating: ".", count: shift) + "\n" + planted.text + "\n"
      #expect(rules(text).contains(planted.rule), "\(shift)")
    }
  }

  @Test(arguments: PlantedSecret.all)
  func findsThePlantedInUTF16WithoutAMark(_ planted: PlantedSecret) {
    let units = Array(("# made by a tool\n" + planted.text).utf16)
    let little = units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    #expect(matches(little).contains { $0.rule == planted.rule && $0.line >= 2 })
    #expect(matches(big).contains { $0.rule == planted.rule })
    let encoded = "powershell -e " + PlantedSecret.base64(little)
    #expect(rules(encoded).contains(planted.rule))
  }

  @Test(arguments: [60, 64, 76], ["\n", "\r\n", "\n      ", "\\n"])
  func findsTheSecretAcrossLinesOfWrappedBase64(_ width: Int, _ end: String) {
    let token = PlantedSecret.checked("gh" + "p_")
    for lead in 20...70 {
      let text =
        String(repeating: "a ", count: lead / 2) + token + String(repeating: " b", count: 60)
      let encoded = PlantedSecret.base64(text)
      let lines = stride(from: 0, to: encoded.count, by: width).map {
        String(encoded.dropFirst($0).prefix(width))
      }
      #expect(
        rules("data: " + lines.joined(separator: end) + "\n").contains("github.token"), "\(lead)")
    }
  }

  @Test func findsRunsWhereverTheyBegin() {
    let run = String(repeating: "aB3", count: 8)
    for lead in 0...60 {
      let text = String(repeating: " ", count: lead) + run + " "
      var found: [Range<Int>] = []
      Array(text.utf8).withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        Base64Runs.each(in: ByteView(base: base, count: bytes.count)) { found.append($0) }
        Base64Runs.each(in: ByteView(base: base, count: lead + 24)) { found.append($0) }
        Base64Runs.each(in: ByteView(base: base, count: lead + 23)) { found.append($0) }
      }
      #expect(found == [lead..<lead + 24, lead..<lead + 24])
    }
  }

  @Test(arguments: [
    "AKIA" + "IOSFODNN7EXAMPLE",
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwi"
      + "aWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
    "gh" + "p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "token = \"<your-token-here-0001>\"",
    "password: ${DB_PASSWORD_1234}", "password = \"changeme123\"",
    "api_key = 'replace-me-1234567890ab'",
    "postgres://user:password@localhost:5432/db", "postgres://user:pass@db.example.com/x",
    "https://user:${TOKEN}@host.io/x", "https://$USER:$PASS@host.io/x", "redis://:****@cache.io",
    "mysql://root:root@db:3306", "amqp://guest:guest@rabbit", "ftp://me:{password}@host.io",
    "token: eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9l"
      + "IiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
    "GITHUB_TOKEN=gh" + "p_Zx9kQ2vLp7aBcDeFgHiJkLmNoPqRsTuVwXyZ",
    "pk_" + "live_51H8gkQZx9kQ2vLp7aBcDeFgH", "sk_" + "live_xxxxxxxxxxxxxxxxxxxxxxxx",
    #""integrity": "sha512-z8Wd0mV4bQ2vX7kLp9aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789abcd==""#,
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "id: 123e4567-e89b-12d3-a456-426614174000",
    "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo\n",
    "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n",
    "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----",
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7Vd2mV4bQ2vX7kLp9aBcDeFgHiJkLmNoPq me@host",
    "let token = tokenizer.next() == 0x1234abcd", "password = os.environ['DB_PASSWORD_2']",
    "const passwordField2 = 'password-input-2'", "csrf_token = 'a1b2c3d4e5f6g7h8i9j0'",
    "secret_path = '/run/secrets/db_password1'", "token: secrets.GITHUB_TOKEN_1234",
    "SG.", "AKIA", "://:@", "://a:b", "-----BEGIN", "eyJhbGciOi.eyJ.", "=\"", "password=",
  ])
  func isNotFooledBy(_ decoy: String) {
    #expect(rules(decoy + "\n") == [])
  }

  @Test func wantsTokensToBeginAWord() {
    let key = "AK" + "IA" + PlantedSecret.random(16, PlantedSecret.capital + "234567")
    #expect(rules("(\(key))") == ["aws.access-key-id"])
    #expect(rules("x\(key)") == [])
    #expect(rules("\(key)X") == [])
  }

  @Test func wantsTheChecksumOfGitHubToBeRight() {
    let good = PlantedSecret.checked("gh" + "p_")
    let bad = String(good.dropLast()) + (good.hasSuffix("a") ? "b" : "a")
    #expect(rules(good) == ["github.token"])
    #expect(rules(bad) == [])
  }

  @Test func knowsTheChecksumOfAPublishedSample() {
    let sample = Array(("zQWBuTSOoRi4A9spHcVY5nc" + "nsDkxkJ0mLq17").utf8)
    #expect(sample.withUnsafeBufferPointer(TokenChecksum.isValid))
  }

  @Test func readsHeadersInLowerCase() {
    let header = "authorization: basic " + PlantedSecret.base64("deploy:Zx9kQ2vLp7")
    #expect(rules(header) == ["http.basic-authorization"])
  }

  @Test func givesTheLine() {
    let text = "a\nb\r\n\n" + PlantedSecret.checked("gh" + "o_") + "\n"
    #expect(matches(Array(text.utf8)).map(\.line) == [4])
  }

  @Test func readsPrivateKeysInStringsOfJSON() {
    let key = PlantedSecret.armoured("PRIVATE KEY").replacing("\n", with: #"\n"#)
    #expect(rules(#"{"private_key": ""# + key + #""}"#).contains("private-key"))
    let locked = PlantedSecret.armoured(
      "RSA PRIVATE KEY", header: "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\n")
    #expect(rules(locked) == ["private-key.encrypted"])
  }

  @Test func findsTheSecretBetweenBytesThatAreNoText() {
    let token = Array(PlantedSecret.checked("gh" + "p_").utf8)
    #expect(matches([0, 1, 2, 0] + token + [0, 255]).map(\.rule) == ["github.token"])
  }

  @Test func survivesEveryCutOfEveryPlantedSecret() {
    for planted in PlantedSecret.all {
      let bytes = Array(planted.text.utf8)
      for end in stride(from: 0, through: bytes.count, by: 3) { _ = matches(Array(bytes[..<end])) }
    }
  }

  @Test func survivesNoise() {
    var state: UInt64 = 7
    for size in [8, 9, 100, 5_000, 70_000] {
      let noise = (0..<size).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1
        return UInt8(truncatingIfNeeded: state >> 40)
      }
      #expect(matches(noise).filter { $0.certainty == .certain } == [])
      _ = matches([0xFF, 0xFE] + noise)
    }
  }

  @Test func guessesDoNotCrowdOutWhatIsCertain() {
    let guesses = (1...2_000).map { "a\($0)_password = \"k7Gh!2wQ\($0)z9\"" }
    let text = guesses.joined(separator: "\n") + "\n" + PlantedSecret.checked("gh" + "p_")
    #expect(rules(text).contains("github.token"))
  }

  @Test func fingerprintsTellSecretsApart() {
    let one = PlantedSecret.checked("gh" + "p_", seed: 1)
    let two = PlantedSecret.checked("gh" + "p_", seed: 2)
    let found = matches(Array("\(one)\n\(two)\n\(one)\n".utf8))
    #expect(found.count == 3)
    #expect(Set(found.map(\.fingerprint)).count == 2)
  }
}
