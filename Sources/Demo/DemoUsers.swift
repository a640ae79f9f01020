/// The two test users of the example shop, known by tokens that live as long as the process.
struct DemoUsers: Sendable {
  /// Names of the environment variables in which whoever looks keeps the tokens.
  static let variables = (a: "SHOP_TOKEN_A", b: "SHOP_TOKEN_B")

  private let tokens = (a: DemoUsers.random(), b: DemoUsers.random())

  /// The tokens by the variables in which they belong.
  var environment: [String: String] {
    [Self.variables.a: tokens.a, Self.variables.b: tokens.b]
  }

  /// Who has that token; nil for nobody.
  func name(_ token: String?) -> String? {
    switch token {
    case tokens.a: "ada"
    case tokens.b: "ben"
    default: nil
    }
  }

  /// 160 bits of the system's random source, in hexadecimal.
  static func random() -> String {
    (0..<20).map { _ in
      let digits = String(UInt8.random(in: .min ... .max), radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
