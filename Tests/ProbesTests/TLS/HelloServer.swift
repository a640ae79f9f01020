@testable import Probes

/// A server that answers hellos as old and odd TLS stacks do; made of bytes, not of a TLS library.
struct HelloServer: Sendable {
  /// What a hello offers, read back from its bytes.
  struct Offer: Sendable {
    var version: ProtocolVersion
    var suites: [UInt16]
    var sessionID: [UInt8]
    var bytes: [UInt8]
  }

  /// What it answers; no bytes mean that it closes.
  var answer: @Sendable (Offer) -> [UInt8]

  /// Starts it on loopback.
  func start() async throws -> ScriptedServer {
    let answer = self.answer
    return try await .start(.reply { Self.offer(in: $0).map(answer) ?? [] })
  }

  /// Accepts these versions with the first offered suite of these; refuses with that alert.
  static func accepting(
    _ versions: Set<ProtocolVersion>, suites: [UInt16] = [0xC02F, 0xC013, 0x002F, 0x1301],
    otherwise: [UInt8] = alert(70)
  ) -> HelloServer {
    HelloServer { offer in
      guard versions.contains(offer.version),
        let suite = suites.first(where: offer.suites.contains)
      else { return otherwise }
      return serverHello(offer.version, suite, sessionID: offer.sessionID)
    }
  }

  static func alert(_ number: UInt8, level: UInt8 = 2) -> [UInt8] {
    [0x15, 3, 1, 0, 2, level, number]
  }

  static func serverHello(
    _ version: ProtocolVersion, _ suite: UInt16, sessionID: [UInt8] = [], compression: UInt8 = 0
  ) -> [UInt8] {
    let legacy = min(version, .tls12).rawValue
    var body = legacy.wire + [UInt8](repeating: 7, count: 32)
    body += [UInt8(sessionID.count)] + sessionID + suite.wire + [compression]
    if version == .tls13 {
      let extensions: [UInt8] = [0, 43, 0, 2, 3, 4]
      body += UInt16(extensions.count).wire + extensions
    }
    return record([2, 0] + UInt16(body.count).wire + body)
  }

  static func record(_ payload: [UInt8], type: UInt8 = 22) -> [UInt8] {
    [type, 3, 3] + UInt16(payload.count).wire + payload
  }

  /// Reads a hello strictly, so that it also checks what the probe sends.
  static func offer(in record: [UInt8]) -> Offer? {
    guard record.count > 44, record[0] == 22, record[1] == 3,
      Int(record[3]) << 8 + Int(record[4]) == record.count - 5, record[5] == 1,
      Int(record[7]) << 8 + Int(record[8]) == record.count - 9,
      let legacy = ProtocolVersion(rawValue: UInt16(record[9]) << 8 + UInt16(record[10]))
    else { return nil }
    let idEnd = 44 + Int(record[43])
    let suiteBytes = Int(record[idEnd]) << 8 + Int(record[idEnd + 1])
    let suites = stride(from: idEnd + 2, to: idEnd + 2 + suiteBytes, by: 2).map {
      UInt16(record[$0]) << 8 + UInt16(record[$0 + 1])
    }
    // 0x00FF is a mark of older versions, not a suite.
    let offers13 = !suites.contains(0x00FF) && suites.allSatisfy { CipherSuite.of($0).isForTLS13 }
    return Offer(
      version: offers13 ? .tls13 : legacy, suites: suites, sessionID: Array(record[44..<idEnd]),
      bytes: record)
  }
}
