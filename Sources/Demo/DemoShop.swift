internal import Checklist

/// What the example shop does with a request, given the faults that are left.
struct DemoShop: Sendable {
  /// The name of the provider by which people sign in; the same server answers for it.
  static let provider = "id.\(DemoServer.host)"
  private static let callback = "https://\(DemoServer.host)/auth/callback"
  /// Failed logins after which an account has to wait.
  private static let limit = 5

  let state: DemoState
  let users: DemoUsers
  let now: Timestamp

  /// The answer over HTTPS.
  func respond(to request: DemoRequest) -> DemoResponse {
    let faults = state.remaining
    let answer = request.isTooBig ? DemoResponse.tooBig : answer(request, faults)
    return answer.secured(on: request.path, faults)
  }

  private func answer(_ request: DemoRequest, _ faults: Set<DemoFault>) -> DemoResponse {
    if request.host == Self.provider { return authorize(request) }
    switch (request.method, request.path) {
    case ("GET", "/"), ("HEAD", "/"):
      return DemoResponse(200, html: "Demo shop", "<p><a href=\"/login\">Sign in</a></p>")
    case ("GET", "/login"), ("HEAD", "/login"): return .login(200).with(cookie: faults)
    case ("POST", "/login"): return login(request, faults)
    case ("GET", "/auth/id"): return signInElsewhere()
    case ("GET", "/auth/callback"):
      return DemoResponse(400, html: "Not signed in", "<p>This sign-in was not begun here.</p>")
    case ("POST", "/contact"):
      return DemoResponse(200, html: "Thank you", "<p>Somebody will write back.</p>")
    case ("GET", "/.well-known/security.txt") where !faults.contains(.noSecurityTxt):
      return .securityTxt(now)
    case ("GET", let path) where path.hasPrefix("/api/"): return api(path, request.token, faults)
    case ("POST", "/"): return DemoResponse(405, html: "Not here", "<p>Nothing is taken here.</p>")
    default: return .missing
    }
  }

  /// Nobody has a password here, so every login fails: what counts is how often.
  private func login(_ request: DemoRequest, _ faults: Set<DemoFault>) -> DemoResponse {
    guard let account = request.form["username"], !account.isEmpty else {
      return faults.contains(.stackTraces)
        ? .stackTrace : DemoResponse(400, html: "Not understood", "<p>Please fill the form.</p>")
    }
    let failures = state.failures(of: account)
    if failures > Self.limit, !faults.contains(.noLoginLimit) {
      var response = DemoResponse(429, html: "Please wait", "<p>Wait for a quarter of an hour.</p>")
      response.fields.append(("Retry-After", "900"))
      return response
    }
    return .login(401)
  }

  /// Data of the two users; without a token there is none.
  private func api(
    _ path: String, _ token: String?, _ faults: Set<DemoFault>
  ) -> DemoResponse {
    guard let user = users.name(token) else {
      return DemoResponse(401, json: #"{"error":"sign in first"}"#)
    }
    switch path {
    case "/api/me": return DemoResponse(200, json: #"{"name":"\#(user)"}"#)
    case "/api/orders":
      return DemoResponse(200, json: user == "ada" ? #"{"orders":[1001]}"# : #"{"orders":[]}"#)
    case "/api/orders/1001" where user == "ada" || faults.contains(.foreignOrders):
      return DemoResponse(200, json: #"{"order":1001,"for":"ada","total":"12.50"}"#)
    case "/api/orders/1001", "/api/admin/users":
      return DemoResponse(403, json: #"{"error":"not yours"}"#)
    default: return .missing
    }
  }

  /// Sends the visitor to the provider, with a state and a challenge of this moment.
  private func signInElsewhere() -> DemoResponse {
    let query = [
      "client_id=shop", "response_type=code",
      "redirect_uri=https%3A%2F%2F\(DemoServer.host)%2Fauth%2Fcallback",
      "state=\(DemoUsers.random())", "code_challenge=\(DemoUsers.random())",
      "code_challenge_method=S256",
    ].joined(separator: "&")
    var response = DemoResponse(302, html: "Signing in", "")
    response.fields.append(("Location", "https://\(Self.provider)/authorize?\(query)"))
    return response
  }

  /// The provider: it knows one address to which it leads back.
  private func authorize(_ request: DemoRequest) -> DemoResponse {
    guard request.method == "GET", request.path == "/authorize" else { return .missing }
    return request.query["redirect_uri"] == Self.callback
      ? DemoResponse(200, html: "Sign in", "<p>Is it you who wants to go to the shop?</p>")
      : DemoResponse(400, html: "Refused", "<p>The shop never named this address.</p>")
  }
}
