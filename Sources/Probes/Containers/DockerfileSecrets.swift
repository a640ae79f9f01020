import Checklist

/// Secrets that an instruction would leave in a layer or in the image's history.
enum DockerfileSecrets {
  private static let scanner = SecretScanner()

  /// What one instruction gives away; the secret itself is never part of it.
  static func found(in instruction: Dockerfile.Instruction) -> [Finding.Detail] {
    var found: [Finding.Detail] = []
    switch instruction.keyword {
    case "ENV", "ARG":
      found += DockerfileWords.pairs(instruction.arguments).compactMap {
        variable(instruction.keyword, $0.name, $0.value)
      }
    case "COPY", "ADD": found += copied(instruction)
    case "RUN": found += assigned(instruction)
    case "ONBUILD":
      let keyword = instruction.arguments.prefix { !$0.isWhitespace }
      var inner = instruction
      inner.keyword = keyword.uppercased()
      inner.arguments = String(instruction.arguments.dropFirst(keyword.count)[...].trimmed)
      return inner.keyword == "ONBUILD" ? [] : self.found(in: inner)
    default: break
    }
    let text = ([instruction.arguments] + instruction.heredocs).joined(separator: "\n")
    return found + recognised(text, in: instruction.keyword)
  }

  /// What is certain to be a secret in a text.
  static func recognised(_ text: String, in place: String) -> [Finding.Detail] {
    Array(text.utf8).withUnsafeBytes(scanner.scan).filter { $0.certainty == .certain }.map {
      .init(.fail, "\(place) holds a secret: \($0.title)")
    }
  }

  /// What a variable with a telling name gives away; nil where it is no secret.
  static func variable(_ keyword: String, _ name: String, _ value: String?) -> Finding.Detail? {
    guard isSecretName(name) else { return nil }
    guard let value, !value.isEmpty else {
      return keyword == "ARG"
        ? .init(.review, "ARG \(name) stays in the history of the image when it is given") : nil
    }
    let isSetting =
      ["true", "false", "yes", "no", "none", "null"].contains(value.lowercased())
      || (Int(value) != nil && value.count < 6)
    guard !isSetting else { return nil }
    let isLiteral = !value.hasPrefix("$")
    return isLiteral
      ? .init(.fail, "\(keyword) \(name) has a literal value")
      : .init(.review, "\(keyword) \(name) is taken from a build argument, which stays readable")
  }

  private static let secretWords = [
    "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "TOKEN", "APIKEY", "API_KEY", "ACCESS_KEY",
    "PRIVATE_KEY", "CREDENTIAL", "AUTH_KEY", "ENCRYPTION_KEY", "SIGNING_KEY",
  ]
  private static let harmlessWords = [
    "PUBLIC", "_FILE", "_PATH", "_DIR", "_TTL", "_NAME", "_URL", "_URI", "_TYPE", "_METHOD",
    "_LENGTH", "_HEADER", "_TIMEOUT", "_EXPIR", "_ID", "_ALGORITHM", "TOKENIZER", "_ENDPOINT",
  ]

  /// Whether a variable of that name holds a secret rather than something about one.
  static func isSecretName(_ name: String) -> Bool {
    let name = name.uppercased().replacing("-", with: "_")
    return secretWords.contains { name.contains($0) }
      && !harmlessWords.contains { $0.hasPrefix("_") ? name.hasSuffix($0) : name.contains($0) }
  }

  /// Files that hold nothing but secrets, in small letters.
  static let privateNames: Set<String> = [
    "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", ".netrc", "_netrc", ".git-credentials",
    ".pgpass", ".htpasswd", ".aws", ".ssh", "credentials.json", "service-account.json",
    "master.key", ".vault-token",
  ]
  /// Endings of files that most often hold a private key.
  static let privateEndings = [".p12", ".pfx", ".key", ".kdbx", ".jks", ".keystore"]
  private static let doubtful: Set<String> = [".npmrc", ".pypirc", ".yarnrc.yml", "secrets"]

  private static func copied(_ instruction: Dockerfile.Instruction) -> [Finding.Detail] {
    let words =
      instruction.arguments.hasPrefix("[")
      ? instruction.arguments.split { "[],".contains($0) }.map {
        DockerfileWords.unquoted(String($0.trimmed))
      }
      : DockerfileWords.split(instruction.arguments).filter { !$0.hasPrefix("--") }
    return words.dropLast().filter { !$0.hasPrefix("<<") }.compactMap { word in
      let source = DockerfileWords.unquoted(word)
      let parts = source.split(separator: "/").map { $0.lowercased() }
      guard let name = parts.last else { return nil }
      if EnvFile.isOne(name) || name == ".env*" || parts.contains(where: privateNames.contains)
        || privateEndings.contains(where: name.hasSuffix)
      {
        return .init(.fail, "\(instruction.keyword) brings \(source) into the image")
      }
      return doubtful.contains(name) || name.hasSuffix(".pem")
        ? .init(.review, "\(instruction.keyword) brings \(source) into the image") : nil
    }
  }

  private static func assigned(_ instruction: Dockerfile.Instruction) -> [Finding.Detail] {
    let text = ([instruction.arguments] + instruction.heredocs).joined(separator: "\n")
    return text.matches(
      of: #/(?:^|[\s;&|(])([A-Za-z_][A-Za-z0-9_]*)=("[^"$]{6,}"|'[^']{6,}'|[^\s"'$;&|()]{6,})/#
    )
    .compactMap { match in
      let name = String(match.output.1)
      let value = Array(DockerfileWords.unquoted(String(match.output.2)).utf8)
      guard isSecretName(name), !value.withUnsafeBufferPointer(Placeholder.isValue) else {
        return nil
      }
      return .init(.review, "RUN sets \(name) to a literal value")
    }
  }
}
