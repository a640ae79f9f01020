internal import NIOHTTP1

/// What a visitor sent to the example shop, as far as the shop looks at it.
struct DemoRequest: Sendable {
  /// Bytes of a body beyond which the shop refuses it before it has read it.
  static let bodyLimit = 1 << 20

  var method: String
  /// The name by which the visitor asked, without a port.
  var host: String
  /// As it was sent, with the query.
  var uri: String
  /// Without the query.
  var path: String
  var query: [String: String]
  /// The token of `Authorization: Bearer`, or nil.
  var token: String?
  /// The body as text, at most `bodyLimit` bytes of it.
  var body = ""
  /// Whether the body went beyond the limit, and was not read to its end.
  var isTooBig = false

  init(_ head: HTTPRequestHead) {
    method = head.method.rawValue
    host = String((head.headers.first(name: "Host") ?? "").prefix { $0 != ":" })
    uri = head.uri
    let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = String(parts.first ?? "/")
    query = parts.count > 1 ? Self.fields(String(parts[1])) : [:]
    let bearer = "Bearer "
    let credential = head.headers.first(name: "Authorization") ?? ""
    token = credential.hasPrefix(bearer) ? String(credential.dropFirst(bearer.count)) : nil
  }

  /// The fields of the form in the body.
  var form: [String: String] { Self.fields(body) }

  /// Fields of a query or form, at most 64; of a name that comes twice the first counts.
  private static func fields(_ text: String) -> [String: String] {
    let pairs = text.split(separator: "&").prefix(64).map { pair in
      pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    }
    return Dictionary(
      pairs.map { (String($0[0]), $0.count > 1 ? decoded($0[1]) : "") },
      uniquingKeysWith: { first, _ in first })
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
          return String(text)
        }
        bytes.append(value)
        rest = rest.dropFirst(2)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
