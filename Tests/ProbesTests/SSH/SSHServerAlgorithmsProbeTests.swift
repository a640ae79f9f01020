import Checklist
import Testing

@testable import Probes

@Suite struct SSHServerAlgorithmsProbeTests {
  typealias Probe = SSHServerAlgorithmsProbe

  static func greeting(
    kex: [String] = ["sntrup761x25519-sha512@openssh.com", "kex-strict-s-v00@openssh.com"],
    keys: [String] = ["ssh-ed25519"], ciphers: [String] = ["aes256-gcm@openssh.com"],
    macs: [String] = ["hmac-sha2-256-etm@openssh.com"], identification: String = "SSH-2.0-x"
  ) -> SSHTransport.Greeting {
    .init(
      identification: identification,
      algorithms: SSHAlgorithms(keyExchanges: kex, hostKeys: keys, ciphers: ciphers, macs: macs))
  }

  static func judge(_ greeting: SSHTransport.Greeting, rsa: Result<Int, NetworkFailure>? = nil)
    -> Finding
  {
    Probe.judge(.init(greeting: .success(greeting), rsaBits: rsa))
  }

  static let strict = "kex-strict-s-v00@openssh.com"
  static let quantum = "mlkem768x25519-sha256"

  static let cases: [(SSHTransport.Greeting, Finding.Verdict)] = [
    (greeting(), .pass), (greeting(kex: [quantum, strict]), .pass),
    (greeting(kex: ["curve25519-sha256", strict]), .review),
    (greeting(kex: [quantum, "diffie-hellman-group1-sha1", strict]), .fail),
    (greeting(kex: [quantum, "diffie-hellman-group14-sha1", strict]), .fail),
    (greeting(kex: [quantum, "diffie-hellman-group-exchange-sha1", strict]), .fail),
    (greeting(kex: [quantum, "gss-gex-sha1-toWM5Slw5Ew8Mqkay+al2g==", strict]), .fail),
    (greeting(kex: [quantum, "rsa1024-sha1", strict]), .fail),
    (greeting(kex: [quantum, "diffie-hellman-group14-sha256", "ext-info-s", strict]), .pass),
    // P-curves are no fault here, whatever others think of them.
    (greeting(kex: [quantum, "ecdh-sha2-nistp256", strict]), .pass),
    (greeting(keys: ["ssh-rsa"]), .fail), (greeting(keys: ["ssh-dss"]), .fail),
    (greeting(keys: ["ssh-rsa-cert-v01@openssh.com"]), .fail),
    (greeting(keys: ["rsa-sha2-512", "ssh-ed25519"]), .pass),
    (greeting(ciphers: ["3des-cbc"]), .fail), (greeting(ciphers: ["arcfour128"]), .fail),
    (greeting(ciphers: ["aes256-cbc"]), .fail), (greeting(ciphers: ["none"]), .fail),
    (greeting(ciphers: ["rijndael-cbc@lysator.liu.se"]), .fail),
    (greeting(ciphers: ["chacha20-poly1305@openssh.com"]), .pass),
    (greeting(kex: [quantum], ciphers: ["chacha20-poly1305@openssh.com"]), .review),
    (greeting(kex: [quantum], ciphers: ["aes128-ctr"]), .pass),
    (greeting(macs: ["hmac-md5"]), .fail), (greeting(macs: ["hmac-md5-96-etm@openssh.com"]), .fail),
    (greeting(macs: ["hmac-sha1"]), .review), (greeting(macs: ["umac-64@openssh.com"]), .review),
    (greeting(macs: ["umac-128@openssh.com", "hmac-sha2-512"]), .pass),
    (greeting(identification: "SSH-1.99-old"), .fail),
  ]

  @Test(arguments: cases.indices) func judges(_ index: Int) {
    let (greeting, verdict) = Self.cases[index]
    let finding = Self.judge(greeting)
    #expect(finding.verdict == verdict, "\(greeting): \(finding.summary)")
  }

  @Test func judgesTheRSAKeyByItsLength() {
    #expect(Self.judge(Self.greeting(), rsa: .success(1_024)).verdict == .fail)
    #expect(Self.judge(Self.greeting(), rsa: .success(2_048)).verdict == .pass)
    #expect(Self.judge(Self.greeting(), rsa: .failure(.timedOut)).verdict == .unknown)
    let seen = Probe.judge(.init(greeting: .failure(.refused), rsaBits: nil))
    #expect(seen.verdict == .unknown)
  }

  @Test func emptyListsAreNoAnswer() {
    let nothing = Self.greeting(kex: [], keys: [], ciphers: [], macs: [])
    #expect(Self.judge(nothing).verdict == .unknown)
  }

  static let lists = SSHAlgorithms(
    keyExchanges: ["curve25519-sha256", "diffie-hellman-group14-sha256"],
    hostKeys: ["ssh-ed25519", "rsa-sha2-512"], ciphers: ["aes128-ctr"], macs: ["hmac-sha2-256"])

  static let hello =
    Array("welcome\r\nSSH-2.0-Example_1.0 a comment\r\n".utf8)
    + SSHTransport.packet([2, 0, 0, 0, 0])
    + SSHTransport.packet(lists.payload(cookie: [UInt8](repeating: 9, count: 16)))

  @Test func readsAGreetingInOnePieceAndInMany() {
    var whole = SSHGreetingDialogue()
    guard case .done(let greeting) = whole.read(Self.hello) else {
      Issue.record("not read")
      return
    }
    #expect(greeting.identification == "SSH-2.0-Example_1.0 a comment")
    #expect(greeting.algorithms == Self.lists)
    var pieces = SSHGreetingDialogue()
    for (index, byte) in Self.hello.enumerated() {
      let step = pieces.read([byte])
      if index < Self.hello.count - 1 {
        guard case .wait = step else {
          Issue.record("byte \(index) is answered")
          return
        }
      } else if case .done(let slow) = step {
        #expect(slow == greeting)
      } else {
        Issue.record("the last byte is not answered")
      }
    }
  }

  @Test func readsNoGarbage() {
    let identification = Array("SSH-2.0-x\r\n".utf8)
    let wrong: [[UInt8]] = [
      Array("HTTP/1.1 400 Bad Request\r\n".utf8) + [UInt8](repeating: 0x0A, count: 40),
      Array("SSH-2.0-\u{1B}[2J\r\n".utf8), [UInt8](repeating: 0x41, count: 5_000),
      Array("SSH-\(String(repeating: "x", count: 300))\r\n".utf8),
      identification + [0xFF, 0xFF, 0xFF, 0xFF, 4], identification + [0, 0, 0, 1, 0],
      identification + [0, 0, 0, 16, 200] + [UInt8](repeating: 0, count: 15),
      identification
        + SSHTransport.packet([20] + [UInt8](repeating: 0, count: 16) + [0xFF, 0, 0, 0]),
      identification + SSHTransport.packet([21]),
      identification + SSHTransport.packet([1, 0, 0, 0, 2]),
    ]
    for bytes in wrong {
      var dialogue = SSHGreetingDialogue()
      guard case .failed = dialogue.read(bytes) else {
        Issue.record("\(bytes.prefix(40)) is taken for a greeting")
        continue
      }
    }
    for end in Self.hello.indices {
      for byte: UInt8 in [0, 0x7F, 0xFF] {
        var damaged = Self.hello
        damaged[end] = byte
        var dialogue = SSHGreetingDialogue()
        // Any outcome but a crash is right.
        _ = dialogue.read(damaged)
      }
    }
  }

  @Test func readsTheLengthOfAHostKey() {
    func reply(_ key: [UInt8]) -> [UInt8] { SSHTransport.packet([31] + SSHTransport.string(key)) }
    func rsa(_ bytes: Int) -> [UInt8] {
      SSHTransport.string(Array("ssh-rsa".utf8)) + SSHTransport.string([1, 0, 1])
        + SSHTransport.string([0, 0x80] + [UInt8](repeating: 1, count: bytes - 1))
    }
    for (key, bits) in [
      (rsa(128), 1_024), (rsa(256), 2_048),
      (SSHTransport.string(Array("ssh-ed25519".utf8)) + SSHTransport.string([1]), nil), ([], nil),
      (Array(rsa(256).dropLast()), nil),
    ] as [([UInt8], Int?)] {
      var dialogue = SSHHostKeyDialogue()
      guard case .send(let ours) = dialogue.read(Self.hello) else {
        Issue.record("nothing is sent")
        return
      }
      #expect(ours.count % 8 == 0)
      switch dialogue.read(reply(key)) {
      case .done(let found): #expect(found == bits)
      default: #expect(bits == nil)
      }
    }
  }

  @Test func aServerWithoutAnExchangeThatIsKnownShowsNoKey() {
    var lists = Self.lists
    lists.keyExchanges = ["diffie-hellman-group-exchange-sha256"]
    var dialogue = SSHHostKeyDialogue()
    let greeting =
      Array("SSH-2.0-x\r\n".utf8)
      + SSHTransport.packet(lists.payload(cookie: [UInt8](repeating: 9, count: 16)))
    guard case .failed = dialogue.read(greeting) else {
      Issue.record("it went on")
      return
    }
  }
}
