/// How a server answered one ClientHello.
enum HelloAnswer: Hashable, Sendable {
  /// A ServerHello or HelloRetryRequest that chose this version and suite.
  case accepted(ProtocolVersion, suite: UInt16)
  /// A fatal alert of that number.
  case alert(UInt8)
  /// The connection ended without a byte, as some servers and filters refuse.
  case silent
  /// Nothing that could be concluded from.
  case unobserved(NetworkFailure)

  /// Whether the answer says "no" by itself (RFC 8446 section 6.2).
  ///
  /// `internal_error` and the like also come from servers in trouble, so they do not.
  var isPlainRefusal: Bool {
    switch self {
    // handshake_failure, illegal_parameter, protocol_version, insufficient_security.
    case .alert(let number): [40, 47, 70, 71].contains(number)
    default: false
    }
  }

  /// Whether the answer may be a refusal, to be believed of a server that answers otherwise.
  var isPossibleRefusal: Bool {
    switch self {
    // unexpected_message, decode_error, internal_error, missing_ and unsupported_extension.
    case .alert(let number): [10, 50, 80, 109, 110].contains(number)
    case .silent: true
    default: false
    }
  }
}

/// Reads the answer to a ClientHello from bytes that may be hostile.
///
/// Nothing but an alert or a complete, well-formed ServerHello is an answer; at most 64 KiB are
/// kept.
struct HelloAnswerReader: Sendable {
  private let offered: ClientHello
  private var records = TLSRecordReader()
  private var handshake: [UInt8] = []
  private var warnings = 0

  init(offered: ClientHello) { self.offered = offered }

  /// Takes what has arrived; non-nil as soon as the answer is known.
  mutating func read(_ part: some Sequence<UInt8>) -> HelloAnswer? {
    guard records.append(part) else { return .unobserved(.tooLarge("TLS records")) }
    while let record = records.next() {
      switch record {
      case .failure(let failure): return .unobserved(failure)
      case .success((let type, let payload)):
        if let answer = answer(to: type, payload) { return answer }
      }
    }
    return nil
  }

  /// What it means that nothing more comes.
  func end() -> HelloAnswer {
    records.isEmpty && handshake.isEmpty && warnings == 0
      ? .silent : .unobserved(.malformed("the handshake was cut off"))
  }

  private mutating func answer(to type: UInt8, _ payload: [UInt8]) -> HelloAnswer? {
    if type == 22 {
      handshake += payload
      return serverHello()
    }
    guard payload.count == 2, payload[0] == 1 || payload[0] == 2, handshake.isEmpty else {
      return .unobserved(.malformed("no TLS alert"))
    }
    if payload[0] == 2 { return .alert(payload[1]) }
    // A warning such as unrecognized_name may come before the ServerHello.
    warnings += 1
    return warnings > 4 ? .unobserved(.malformed("nothing but TLS warnings")) : nil
  }

  private func serverHello() -> HelloAnswer? {
    guard handshake[0] == 2 else { return .unobserved(.malformed("no ServerHello")) }
    guard handshake.count >= 4 else { return nil }
    let length = Int(handshake[1]) << 16 | Int(handshake[2]) << 8 | Int(handshake[3])
    guard length <= 16_384 else {
      return .unobserved(.malformed("a ServerHello of \(length) bytes"))
    }
    guard handshake.count >= 4 + length else { return nil }
    guard let hello = ServerHello(handshake[4..<4 + length]), hello.answers(offered) else {
      return .unobserved(.malformed("no valid ServerHello"))
    }
    return .accepted(hello.version, suite: hello.suite)
  }
}

/// The parts of a ServerHello that tell what was chosen; a HelloRetryRequest has the same shape.
struct ServerHello: Sendable {
  var version: ProtocolVersion
  var suite: UInt16
  var sessionID: [UInt8]

  /// Reads the body of the message strictly: every length has to come out even.
  init?(_ body: ArraySlice<UInt8>) {
    var rest = body
    guard let legacy = Self.number(&rest), let random = Self.take(32, &rest), random.count == 32,
      let idLength = Self.take(1, &rest)?.first, idLength <= 32,
      let id = Self.take(Int(idLength), &rest), let suite = Self.number(&rest),
      Self.take(1, &rest)?.first == 0, let chosen = Self.chosenVersion(legacy, rest)
    else { return nil }
    version = chosen
    self.suite = suite
    sessionID = Array(id)
  }

  /// Whether a server may answer that hello so (RFC 8446 section 4.1.3).
  func answers(_ hello: ClientHello) -> Bool {
    guard version <= hello.version, hello.suites.contains(suite) else { return false }
    let is13Suite = CipherSuite.of(suite).isForTLS13
    return version == .tls13 ? is13Suite && sessionID == hello.sessionID : !is13Suite
  }

  private static func chosenVersion(_ legacy: UInt16, _ extensions: ArraySlice<UInt8>)
    -> ProtocolVersion?
  {
    guard let version = ProtocolVersion(rawValue: legacy), version <= .tls12 else { return nil }
    guard !extensions.isEmpty else { return version }
    var rest = extensions
    guard let length = number(&rest), Int(length) == rest.count else { return nil }
    var chosen = version
    var seen: Set<UInt16> = []
    while !rest.isEmpty {
      guard let type = number(&rest), let size = number(&rest), let data = take(Int(size), &rest),
        seen.insert(type).inserted
      else { return nil }
      guard type == 43 else { continue }
      guard version == .tls12, Array(data) == ProtocolVersion.tls13.rawValue.wire else {
        return nil
      }
      chosen = .tls13
    }
    return chosen
  }

  private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt16? {
    take(2, &rest).map { UInt16($0[$0.startIndex]) << 8 | UInt16($0[$0.startIndex + 1]) }
  }
}
