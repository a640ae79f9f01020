import Checklist
import Testing

@testable import Probes

@Suite(.timeLimit(.minutes(1))) struct AuthorizationProbeTests {
  static let environment = ["TOKEN_A": "token-of-a-1234", "TOKEN_B": "token-of-b-5678"]
  static let parameters: [String: JSONValue] = [
    "protected": .strings(["/api/me"]), "owned": .strings(["/api/invoices/a1"]),
    "admin": .strings(["/admin"]), "whoami": .string("/api/me"), "token-a": .string("TOKEN_A"),
    "token-b": .string("TOKEN_B"),
  ]

  /// A service, with what it does wrong.
  private func service(_ fault: String = "") async throws -> CountingServer {
    try await CountingServer.start { request in
      let user =
        switch request.header("Authorization") {
        case "Bearer token-of-a-1234": "a"
        case "Bearer token-of-b-5678": fault == "expired" ? "" : fault == "same" ? "a" : "b"
        default: ""
        }
      switch request.path {
      case "/api/me":
        if user.isEmpty && fault != "open" {
          return fault == "polite" ? .html("please sign in") : .init(401)
        }
        return .json("{\"user\":\"\(user)\"}")
      case "/api/invoices/a1":
        if fault == "gone" { return .init(404) }
        if user == "a" || (user == "b" && fault == "idor") { return .json("{\"total\":12}") }
        if user == "b" && fault == "claims" { return .json("{\"total\":0,\"of\":\"b\"}") }
        return .init(user.isEmpty ? 401 : 404)
      case "/admin":
        return user == "b" && fault == "vertical" ? .html("all users") : .init(403)
      case "/login": return .html("please sign in")
      default: return .init(404)
      }
    }
  }

  static let faults: [(String, Finding.Verdict)] = [
    ("", .pass), ("idor", .fail), ("vertical", .fail), ("open", .fail), ("expired", .unknown),
    ("same", .unknown), ("claims", .review), ("polite", .pass), ("gone", .unknown),
  ]

  @Test(arguments: faults.indices) func judgesAService(_ index: Int) async throws {
    let (fault, verdict) = Self.faults[index]
    let server = try await service(fault)
    let finding = await AuthorizationProbe(parameters: Parameters(Self.parameters)).run(
      in: try server.context(login: "/login", environment: Self.environment))
    #expect(finding.verdict == verdict, "\(fault): \(finding.summary)")
    #expect(server.requests.allSatisfy { $0.method == "GET" })
    #expect(!"\(finding)".contains("token-of-"))
  }

  @Test func anOpenPlaceFailsWithoutAnyToken() async throws {
    let parameters = Parameters(["protected": .strings(["/api/me", "/admin"])])
    let probe = AuthorizationProbe(parameters: parameters)
    let (careless, careful) = (try await service("open"), try await service())
    let open = await probe.run(in: try careless.context(login: "/login"))
    #expect(open.verdict == .fail, "\(open.summary)")
    let closed = await probe.run(in: try careful.context(login: "/login"))
    #expect(closed.verdict == .pass, "\(closed.summary)")
    #expect(!careless.requests.isEmpty && !careful.requests.isEmpty)
  }

  @Test func aMistypedPlaceIsNoRefusal() async throws {
    let parameters = Parameters(["protected": .strings(["/api/mee"])])
    let server = try await service()
    let finding = await AuthorizationProbe(parameters: parameters).run(in: try server.context())
    #expect(finding.verdict == .review)
    let asked = server.requests.count
    let none = await AuthorizationProbe(parameters: Parameters()).run(in: try server.context())
    #expect(none.verdict == .unknown && server.requests.count == asked)
  }

  @Test func aTokenThatNobodyCanJudgeProvesNothing() async throws {
    var parameters = Self.parameters
    parameters["whoami"] = nil
    let server = try await service()
    let finding = await AuthorizationProbe(parameters: Parameters(parameters)).run(
      in: try server.context(environment: Self.environment))
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("whoami"))
  }

  @Test func placesBeyondTheLimitAreNotPassedOver() async throws {
    let server = try await CountingServer.start { _ in .init(401) }
    let many = Parameters(["protected": .strings((0..<12).map { "/p\($0)" })])
    let finding = await AuthorizationProbe(parameters: many).run(in: try server.context())
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("2 places"))
  }
}
