/// Cipher suites by their IANA numbers.
enum CipherSuites {
  /// All suites of TLS 1.3 (RFC 8446 section B.4).
  static let tls13: [UInt16] = [0x1301, 0x1302, 0x1303, 0x1304, 0x1305]

  /// What a hello for an older version offers: whatever any real server could choose from.
  ///
  /// The list stays below 128 entries: some old servers choke on longer ones.
  static let broad: [UInt16] = strong + legacy + weak.map(\.number)

  private static let strong: [UInt16] = [
    0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xCCAA, 0x009E, 0x009F,  // (EC)DHE AEAD
    0xC0AC, 0xC0AD, 0xC0AE, 0xC0AF, 0xC09E, 0xC09F,  // CCM
  ]

  private static let legacy: [UInt16] = [
    0xC009, 0xC013, 0xC00A, 0xC014, 0xC023, 0xC027, 0xC024, 0xC028,  // ECDHE CBC
    0x0033, 0x0039, 0x0067, 0x006B, 0x0032, 0x0038, 0x0040, 0x006A,  // DHE CBC
    0x00A2, 0x00A3, 0x009C, 0x009D, 0x002F, 0x0035, 0x003C, 0x003D,  // static RSA
    0x0041, 0x0084, 0x0045, 0x0088, 0x0007, 0x0096, 0xC005, 0xC00F,  // Camellia, IDEA, SEED, ECDH
  ]

  /// Suites that nobody may accept any more: no encryption, no authentication, export, DES, RC4.
  static let weak: [(number: UInt16, name: String)] = [
    (0x0001, "RSA_WITH_NULL_MD5"), (0x0002, "RSA_WITH_NULL_SHA"),
    (0x003B, "RSA_WITH_NULL_SHA256"), (0xC006, "ECDHE_ECDSA_WITH_NULL_SHA"),
    (0xC010, "ECDHE_RSA_WITH_NULL_SHA"), (0xC001, "ECDH_ECDSA_WITH_NULL_SHA"),
    (0xC00B, "ECDH_RSA_WITH_NULL_SHA"),
    (0x0018, "DH_anon_WITH_RC4_128_MD5"), (0x001A, "DH_anon_WITH_DES_CBC_SHA"),
    (0x001B, "DH_anon_WITH_3DES_EDE_CBC_SHA"), (0x0034, "DH_anon_WITH_AES_128_CBC_SHA"),
    (0x003A, "DH_anon_WITH_AES_256_CBC_SHA"), (0x006C, "DH_anon_WITH_AES_128_CBC_SHA256"),
    (0x006D, "DH_anon_WITH_AES_256_CBC_SHA256"), (0x00A6, "DH_anon_WITH_AES_128_GCM_SHA256"),
    (0x00A7, "DH_anon_WITH_AES_256_GCM_SHA384"), (0xC015, "ECDH_anon_WITH_NULL_SHA"),
    (0xC016, "ECDH_anon_WITH_RC4_128_SHA"), (0xC017, "ECDH_anon_WITH_3DES_EDE_CBC_SHA"),
    (0xC018, "ECDH_anon_WITH_AES_128_CBC_SHA"), (0xC019, "ECDH_anon_WITH_AES_256_CBC_SHA"),
    (0x0046, "DH_anon_WITH_CAMELLIA_128_CBC_SHA"), (0x0089, "DH_anon_WITH_CAMELLIA_256_CBC_SHA"),
    (0x0003, "RSA_EXPORT_WITH_RC4_40_MD5"), (0x0006, "RSA_EXPORT_WITH_RC2_CBC_40_MD5"),
    (0x0008, "RSA_EXPORT_WITH_DES40_CBC_SHA"), (0x0011, "DHE_DSS_EXPORT_WITH_DES40_CBC_SHA"),
    (0x0014, "DHE_RSA_EXPORT_WITH_DES40_CBC_SHA"), (0x0017, "DH_anon_EXPORT_WITH_RC4_40_MD5"),
    (0x0019, "DH_anon_EXPORT_WITH_DES40_CBC_SHA"), (0x0062, "RSA_EXPORT1024_WITH_DES_CBC_SHA"),
    (0x0064, "RSA_EXPORT1024_WITH_RC4_56_SHA"),
    (0x0009, "RSA_WITH_DES_CBC_SHA"), (0x0012, "DHE_DSS_WITH_DES_CBC_SHA"),
    (0x0015, "DHE_RSA_WITH_DES_CBC_SHA"),
    (0x000A, "RSA_WITH_3DES_EDE_CBC_SHA"), (0x0013, "DHE_DSS_WITH_3DES_EDE_CBC_SHA"),
    (0x0016, "DHE_RSA_WITH_3DES_EDE_CBC_SHA"), (0xC003, "ECDH_ECDSA_WITH_3DES_EDE_CBC_SHA"),
    (0xC008, "ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA"), (0xC00D, "ECDH_RSA_WITH_3DES_EDE_CBC_SHA"),
    (0xC012, "ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"),
    (0x0004, "RSA_WITH_RC4_128_MD5"), (0x0005, "RSA_WITH_RC4_128_SHA"),
    (0xC002, "ECDH_ECDSA_WITH_RC4_128_SHA"), (0xC007, "ECDHE_ECDSA_WITH_RC4_128_SHA"),
    (0xC00C, "ECDH_RSA_WITH_RC4_128_SHA"), (0xC011, "ECDHE_RSA_WITH_RC4_128_SHA"),
  ]

  /// The name of a suite that is told apart, or its number.
  static func name(_ number: UInt16) -> String {
    if let known = weak.first(where: { $0.number == number }) { return known.name }
    let digits = String(number, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
