internal import Crypto

/// Makes numbers of secrets by which equal ones are known, and from which nobody gets back.
///
/// HMAC-SHA-256 (RFC 2104) with a random key: without the key not even a guess can be checked.
/// The key never leaves the user's own cache folder.
struct FingerprintKey: Equatable, Sendable {
  /// 32 bytes.
  let bytes: [UInt8]

  /// A new random key.
  init() {
    bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
  }

  /// A key of an earlier run; nil for any other length than 32 bytes.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// The first 62 bits of the code.
  func fingerprint(of secret: UnsafeBufferPointer<UInt8>) -> Int {
    let code = HMAC<SHA256>.authenticationCode(
      for: UnsafeRawBufferPointer(secret), using: SymmetricKey(data: bytes))
    return code.prefix(8).reduce(0) { $0 << 8 | Int($1) } & (1 << 62 - 1)
  }
}
