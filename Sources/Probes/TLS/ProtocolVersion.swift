/// A version of SSL or TLS, by its number on the wire.
enum ProtocolVersion: UInt16, CaseIterable, Comparable, Sendable {
  case ssl3 = 0x0300
  case tls10 = 0x0301
  case tls11 = 0x0302
  case tls12 = 0x0303
  case tls13 = 0x0304

  /// Reads `1.2`, as a checklist writes it.
  init?(parameter: String) {
    guard let version = Self.allCases.first(where: { $0.number == parameter }) else { return nil }
    self = version
  }

  /// `1.2`; SSL 3.0 is `ssl3`.
  var number: String {
    switch self {
    case .ssl3: "ssl3"
    case .tls10: "1.0"
    case .tls11: "1.1"
    case .tls12: "1.2"
    case .tls13: "1.3"
    }
  }

  /// `TLS 1.2`.
  var name: String { self == .ssl3 ? "SSL 3.0" : "TLS \(number)" }

  static func < (left: ProtocolVersion, right: ProtocolVersion) -> Bool {
    left.rawValue < right.rawValue
  }
}
