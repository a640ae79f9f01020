internal import Checklist
internal import Synchronization

/// A header field with a value that the user gave by the name of an environment variable.
struct Credential: Hashable, Sendable {
  /// The variable, which may be shown; its value may not.
  var variable: String
  var field: HTTPResponse.Field

  /// The request with this credential.
  func on(_ request: HTTPRequest) -> HTTPRequest {
    var copy = request
    copy.fields.append(field)
    return copy
  }
}

/// The secrets of one probe, and the only place that reads them.
final class CredentialShelf: Sendable {
  private let environment: [String: String]
  private let values = Mutex<Set<String>>([])

  init(_ environment: [String: String]) { self.environment = environment }

  /// The value of the variable that a parameter names.
  ///
  /// - Throws: where the variable is not set, or holds what no header field can.
  func value(of variable: String) throws(Obstacle) -> String {
    guard let value = environment[variable], !value.isEmpty else {
      throw Obstacle(
        "the environment variable \(variable) is not set",
        hint: "export \(variable) with a credential of a test account, then run the probe")
    }
    guard value.utf8.count <= 8_192, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw Obstacle(
        "the environment variable \(variable) holds no single line of visible characters",
        hint: "export the token or cookie alone, without a line break")
    }
    keep(value)
    return value
  }

  /// A value that may not appear in the finding either, such as one that was derived.
  func keep(_ value: String) {
    guard value.utf8.count >= 4 else { return }
    values.withLock { _ = $0.insert(value) }
  }

  /// The finding without any of the secrets, wherever the server may have repeated them.
  func scrub(_ finding: Finding) -> Finding {
    let secrets = values.withLock { $0.sorted { $0.utf8.count > $1.utf8.count } }
    guard !secrets.isEmpty else { return finding }
    let clean: (String) -> String = { text in
      secrets.reduce(text) { $0.replacing($1, with: Redaction.mark) }
    }
    var copy = finding
    copy.message = clean(finding.message)
    copy.hint = finding.hint.map(clean)
    copy.details = finding.details.map { Finding.Detail($0.verdict, clean($0.text)) }
    copy.facts = finding.facts.mapValues(clean)
    copy.transcript = clean(finding.transcript)
    return copy
  }
}

extension ActiveTarget {
  /// The parameters by which a checklist says how a credential is sent.
  static let credentialParameters: [ProbeManual.Parameter] = [
    .init("header", .text, "header field of the credential (default Authorization)"),
    .init("prefix", .text, "what stands before it in the field (default \"Bearer \")"),
  ]

  /// The credential whose variable a parameter names; nil where it names none.
  func credential(_ parameter: String, _ parameters: Parameters) throws(Obstacle) -> Credential? {
    guard let variable = parameters.text(parameter) else { return nil }
    let name = parameters.text("header") ?? "Authorization"
    let isBearer = name.lowercased() == "authorization"
    let prefix = parameters.text("prefix") ?? (isBearer ? "Bearer " : "")
    guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte),
      prefix.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else {
      throw Obstacle(
        "header or prefix cannot stand in a request", hint: "header: Cookie, prefix: \"session=\"")
    }
    let value = try secrets.value(of: variable)
    return Credential(variable: variable, field: .init(name: name, value: prefix + value))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == 0x2D || byte == 0x5F
  }
}
