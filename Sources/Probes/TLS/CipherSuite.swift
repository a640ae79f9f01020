/// A cipher suite of TLS by its IANA number, and how it stands today.
struct CipherSuite: Hashable, Sendable {
  /// How a suite is judged.
  enum Standing: Hashable, Sendable {
    /// One of the nine of Mozilla's intermediate recommendation, version 6.0.
    case recommended
    /// Not broken, but not recommended: CBC, static RSA, finite-field Diffie-Hellman and others.
    case outdated(String)
    /// Nobody may accept it any more.
    case broken(String)
  }

  var number: UInt16
  /// The registered name without `TLS_`.
  var name: String

  /// All suites that a server could choose without a key agreed upon before.
  static let all: [CipherSuite] = registry.split { $0 == "," || $0.isNewline }.compactMap { row in
    let words = row.split(separator: " ")
    guard words.count == 2, let number = UInt16(words[0], radix: 16) else { return nil }
    return CipherSuite(number: number, name: String(words[1]))
  }

  private static let byNumber = Dictionary(
    all.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })

  /// The suite of that number; one that is not registered keeps its number as its name.
  static func of(_ number: UInt16) -> CipherSuite {
    byNumber[number] ?? CipherSuite(number: number, name: CipherSuites.name(number))
  }

  /// Whether it belongs to TLS 1.3, whose suites name no key exchange (RFC 8446 section B.4).
  var isForTLS13: Bool { !name.contains("_WITH_") }

  /// Whether versions before TLS 1.2 have it: no AEAD, and no hash of its own but MD5 and SHA-1.
  var isForOldVersions: Bool {
    !isForTLS13 && (name.hasSuffix("_SHA") || name.hasSuffix("_MD5"))
  }

  /// Whether the server names a group of its own for finite-field Diffie-Hellman.
  var usesServerGroup: Bool { name.hasPrefix("DHE_") || name.hasPrefix("DH_anon_") }

  /// The suites that a hello of that version offers.
  static func offered(in version: ProtocolVersion) -> [UInt16] {
    all.filter { suite in
      switch version {
      case .tls13: suite.isForTLS13
      case .tls12: !suite.isForTLS13
      case .ssl3, .tls10, .tls11: suite.isForOldVersions
      }
    }.map(\.number)
  }

  /// How the suite stands, by the parts of its registered name.
  var standing: Standing {
    if let fault { return .broken(fault) }
    if Self.intermediate.contains(number) { return .recommended }
    return .outdated(weakness)
  }

  private static let intermediate: Set<UInt16> = [
    0x1301, 0x1302, 0x1303, 0xC02B, 0xC02C, 0xC02F, 0xC030, 0xCCA8, 0xCCA9,
  ]

  private var fault: String? {
    // RFC 9150: authenticated only.
    if [0xC0B4, 0xC0B5].contains(number) || name.contains("_WITH_NULL_") { return "no encryption" }
    if name.contains("_anon_") { return "no authentication" }
    if name.contains("EXPORT") { return "export strength" }
    if name.contains("_RC4_") { return "RC4" }
    if name.contains("_RC2_") { return "RC2" }
    if name.contains("_3DES_") { return "3DES" }
    if name.contains("_DES_") || name.contains("_DES40_") { return "DES" }
    return nil
  }

  private var weakness: String {
    if name.hasPrefix("RSA_") || name.hasPrefix("DH_") || name.hasPrefix("ECDH_") {
      return "no forward secrecy"
    }
    if name.contains("_CBC_") { return "CBC" }
    if name.hasPrefix("DHE_") { return "finite-field Diffie-Hellman" }
    return name.hasSuffix("_CCM_8") ? "short authentication tag" : "not recommended"
  }
}
