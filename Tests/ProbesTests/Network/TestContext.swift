import Checklist
import Foundation
import NIOSSL

@testable import Demo
@testable import Probes

/// The name under which the tests' servers are asked for.
let testHost = "shop.test"

extension Timestamp {
  /// Verification by BoringSSL uses the real clock, so the tests do too.
  static var real: Timestamp { Timestamp(seconds: Int(Date().timeIntervalSince1970)) }
}

extension ProbeContext {
  /// A context for servers on loopback behind `shop.test`.
  static func local(
    https: Int? = nil, http: Int? = nil, paths: [String] = [], login: String? = nil,
    caFile: String? = nil, authorised: [String] = [testHost], timeout: Duration = .seconds(20),
    now: Timestamp = .real, services: [Int: Int] = [:]
  ) -> ProbeContext {
    var resolve: [String: String] = [:]
    // Port 1 of loopback stands for "closed"; nothing may fall back to real DNS.
    resolve["\(testHost):443"] = "127.0.0.1:\(https ?? 1)"
    resolve["\(testHost):80"] = "127.0.0.1:\(http ?? 1)"
    for (usual, port) in services { resolve["\(testHost):\(usual)"] = "127.0.0.1:\(port)" }
    let target = Target(
      url: "https://\(testHost)", paths: paths, login: login, caFile: caFile, resolve: resolve)
    return ProbeContext(
      target: target, authorised: authorised, hostName: "tester", now: now, timeout: timeout,
      active: true, environment: ["PATH": "/usr/bin:/bin"])
  }
}

/// A folder that is removed with its last reference.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/launchgate-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  func write(_ name: String, _ text: String) throws -> String {
    let file = "\(path)/\(name)"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }
}

/// A certificate authority of the tests with its PEM file.
struct TestAuthority: Sendable {
  let folder: TemporaryFolder
  let authority: DemoAuthority
  let file: String

  /// One that tests share which do not care; minting takes time that hostile servers use up.
  static let shared = Result { try TestAuthority() }

  init() throws {
    folder = try TemporaryFolder()
    authority = try DemoAuthority(name: "test authority", now: .real)
    file = try folder.write("ca.pem", authority.pem)
  }

  /// What a server needs to present a certificate for these names.
  func server(
    _ names: [String] = [testHost], from start: Int = -1, to end: Int = 90,
    configure: (inout TLSConfiguration) -> Void = { _ in }
  ) throws -> NIOSSLContext {
    let identity = try authority.issue(for: names, from: start, to: end, now: .real)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: [.certificate(identity.certificate)], privateKey: .privateKey(identity.key))
    configure(&configuration)
    return try NIOSSLContext(configuration: configuration)
  }
}

extension Finding {
  /// Message, hint, details and facts, for the comment of a failed expectation.
  var summary: String {
    ([message, hint ?? ""] + details.map { "\($0.verdict) \($0.text)" } + ["\(facts)"])
      .joined(separator: "\n")
  }
}
