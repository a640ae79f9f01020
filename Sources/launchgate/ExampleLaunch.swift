internal import Demo
internal import Session

/// The example launch as the screen uses it.
struct ExampleLaunch: Sendable {
  var launch: DemoLaunch

  /// As whom a newcomer walks it.
  var identity: Identity {
    Identity(name: "Mara Lindqvist", email: "mara@acme.example", role: "release-manager")
  }

  /// Mends the faults behind a point, and says in words what was done.
  func mend(point: String) async throws -> String {
    let faults = DemoLaunch.faults(behind: point)
    guard !faults.isEmpty else { return "nothing of the example can mend \(point)" }
    for fault in faults { try launch.repair(fault) }
    return "mended: \(faults.map(\.words).joined(separator: "; "))"
  }
}

extension DemoFault {
  /// What mending it means, in words.
  var words: String {
    switch self {
    case .missingHeaders: "the server sends all six security headers on every path"
    case .carelessCookie: "the session cookie is Secure, HttpOnly and SameSite=Lax"
    case .noRedirect: "plain HTTP redirects to HTTPS"
    case .expiringCertificate: "the certificate was renewed"
    case .noSecurityTxt: "security.txt is published"
    case .committedSecret: "the secret was rotated and history rewritten"
    case .envNotIgnored: ".env files are ignored by git"
    case .carelessDockerfile: "the image has a pinned base, no token and its own user"
    case .missingLock: "package-lock.json is committed"
    case .noLoginLimit: "after five wrong logins an account has to wait"
    case .stackTraces: "errors tell nothing of the code"
    case .foreignOrders: "an order is shown to its owner alone"
    }
  }
}
