import Checklist
import Foundation

/// The readable part of a JSON Web Token (RFC 7519); neither token nor claims' values are kept.
struct WebToken: Equatable, Sendable {
  var algorithm: String
  /// Seconds between issue and expiry, or between now and expiry where the issue is not said.
  var lifetime: Int?
  var saysIssue: Bool
  var saysExpiry: Bool
  var hasSignature: Bool
  /// Names of claims that look like personal data or secrets.
  var personal: [String]

  /// Why a text is no such token.
  struct Malformed: Error, Equatable {
    var reason: String
  }

  private static let personalNames: Set<String> = [
    "email", "e_mail", "mail", "name", "given_name", "family_name", "phone", "phone_number",
    "address", "birthdate", "dob", "ssn", "password", "passwd", "secret", "iban", "card", "ip",
  ]

  init(_ text: String, now: Timestamp) throws(Malformed) {
    let bare = text.hasPrefix("Bearer ") ? String(text.dropFirst(7)[...].trimmed) : text
    let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count != 5 else { throw Malformed(reason: "it is encrypted (JWE)") }
    guard parts.count == 3 else { throw Malformed(reason: "it has \(parts.count) parts, not 3") }
    let header = try Self.object(parts[0], "header")
    let claims = try Self.object(parts[1], "claims")
    guard let algorithm = header["alg"] as? String else {
      throw Malformed(reason: "its header names no algorithm")
    }
    self.algorithm = String(algorithm.prefix(20))
    hasSignature = !parts[2].isEmpty
    let issued = Self.seconds(claims["iat"])
    let expiry = Self.seconds(claims["exp"])
    saysIssue = issued != nil
    saysExpiry = expiry != nil
    lifetime = expiry.map { $0 - (issued ?? now.seconds) }
    personal = claims.keys.filter { Self.personalNames.contains($0.lowercased()) }.sorted()
  }

  private static func object(_ part: Substring, _ what: String) throws(Malformed) -> [String: Any] {
    let characters = Array(part.utf8)
    guard !characters.isEmpty, characters.allSatisfy(ByteSet.base64URL.contains) else {
      throw Malformed(reason: "its \(what) is not base64url")
    }
    let bytes = characters.withUnsafeBufferPointer { Base64.decode($0) }
    guard JSONDepth.isHarmless(bytes),
      let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    else { throw Malformed(reason: "its \(what) is no JSON object") }
    return object
  }

  // A NumericDate may have a fraction; texts, truth values and far futures are none.
  private static func seconds(_ value: Any?) -> Int? {
    guard let number = value as? NSNumber, !(value is Bool), !(value is String) else { return nil }
    let seconds = number.doubleValue
    guard seconds.isFinite, abs(seconds) < 1e11 else { return nil }
    return Int(seconds)
  }
}
