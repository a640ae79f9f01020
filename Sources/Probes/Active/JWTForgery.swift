internal import Foundation

/// Copies of a JSON Web Token that no service may accept (RFC 7519, RFC 7515).
struct JWTForgery: Hashable, Sendable {
  /// What was done to it.
  var name: String
  var token: String

  /// The forgeries of a genuine token; nil where it is none in the compact form.
  static func all(of token: String) -> [JWTForgery]? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let head = object(parts[0]), let claims = object(parts[1]),
      head["alg"] is String, !parts[2].isEmpty
    else { return nil }
    var forgeries = ["none", "None", "NONE"].compactMap { name -> JWTForgery? in
      var other = head
      other["alg"] = name
      return encoded(other).map { .init(name: "alg \(name)", token: "\($0).\(parts[1]).") }
    }
    forgeries.append(
      .init(name: "a changed signature", token: "\(parts[0]).\(parts[1]).\(flipped(parts[2]))"))
    forgeries.append(.init(name: "no signature", token: "\(parts[0]).\(parts[1])."))
    var changed = claims
    changed["launchgate"] = "forged"
    if let body = encoded(changed) {
      forgeries.append(.init(name: "changed claims", token: "\(parts[0]).\(body).\(parts[2])"))
    }
    return forgeries
  }

  /// Another signature of the same length: its middle is changed, because the last digit of
  /// base64 may carry no bits at all.
  static func flipped(_ signature: String) -> String {
    var digits = Array(signature)
    let middle = digits.count / 2
    for index in Set([0, middle]) where digits.indices.contains(index) {
      digits[index] = digits[index] == "A" ? "B" : "A"
    }
    return String(digits)
  }

  private static func object(_ part: String) -> [String: Any]? {
    var text = part.replacing("-", with: "+").replacing("_", with: "/")
    while text.utf8.count % 4 != 0 { text += "=" }
    guard part.utf8.count <= 16_384, let data = Data(base64Encoded: text),
      JSONDepth.isHarmless(Array(data))
    else { return nil }
    return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
  }

  private static func encoded(_ object: [String: Any]) -> String? {
    guard let data = try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
    else { return nil }
    return data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }
}
