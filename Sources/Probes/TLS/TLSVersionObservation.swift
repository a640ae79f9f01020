internal import Checklist

extension TLSMinimumVersionProbe {
  /// How the target answered a hello of each version, and one with weak suites alone.
  struct Observation: Sendable {
    enum Standing: Hashable, Sendable {
      case accepted
      case refused(String)
      case unobserved(NetworkFailure)
    }

    /// By offered version.
    var answers: [ProtocolVersion: HelloAnswer]
    /// The answer to weak suites; at TLS 1.2, so that older servers choose their highest version.
    var weak: HelloAnswer

    init(answers: [ProtocolVersion: HelloAnswer], weak: HelloAnswer) {
      self.answers = answers
      self.weak = weak
    }

    /// Asks the target; answers that are not clear are asked for once more.
    init(_ target: NetworkTarget) async {
      let name = IPAddress(target.url.host) == nil ? target.url.host : nil
      let hellos = ProtocolVersion.allCases.map { ClientHello($0, serverName: name) }
      let weak = ClientHello(.tls12, suites: CipherSuites.weak.map(\.number), serverName: name)
      let answers = await withTaskGroup(of: (Int, HelloAnswer).self) { group in
        for (index, hello) in (hellos + [weak]).enumerated() {
          group.addTask { (index, await target.clearAnswer(to: hello)) }
        }
        return await group.reduce(into: [Int: HelloAnswer]()) { $0[$1.0] = $1.1 }
      }
      self.init(answers: [:], weak: answers[hellos.count] ?? .unobserved(.timedOut))
      for (index, hello) in hellos.enumerated() { self.answers[hello.version] = answers[index] }
    }
  }
}

extension TLSMinimumVersionProbe.Observation {
  /// Versions that the server chose in any answer, oldest first.
  var accepted: [ProtocolVersion] {
    let chosen = (Array(answers.values) + [weak]).compactMap { answer -> ProtocolVersion? in
      if case .accepted(let version, _) = answer { version } else { nil }
    }
    return Set(chosen).sorted()
  }

  /// The suite that was chosen where only weak ones were offered.
  var acceptedWeakSuite: UInt16? {
    let answers = [weak] + ProtocolVersion.allCases.compactMap { self.answers[$0] }
    return answers.compactMap { answer -> UInt16? in
      guard case .accepted(_, let suite) = answer else { return nil }
      return CipherSuites.weak.contains { $0.number == suite } ? suite : nil
    }.first
  }

  /// Versions of which it is known whether they are accepted.
  var observed: [ProtocolVersion] {
    ProtocolVersion.allCases.filter {
      if case .unobserved = standing(of: $0) { false } else { true }
    }
  }

  /// How many weak suites the answer speaks about.
  var weakSuitesObserved: Int {
    if case .unobserved = standing(of: weak) { 0 } else { CipherSuites.weak.count }
  }

  /// The first thing that could not be observed.
  var firstFailure: NetworkFailure? {
    for standing in ProtocolVersion.allCases.map(standing(of:)) + [standing(of: weak)] {
      if case .unobserved(let failure) = standing { return failure }
    }
    return nil
  }

  /// Whether that version is accepted.
  func standing(of version: ProtocolVersion) -> Standing {
    if accepted.contains(version) { return .accepted }
    return standing(of: answers[version] ?? .unobserved(.timedOut))
  }

  /// How the weak suites stand, as a line.
  var weakDetail: Finding.Detail {
    if let suite = acceptedWeakSuite {
      return .init(.fail, "weak suite \(CipherSuites.name(suite)) accepted")
    }
    return switch standing(of: weak) {
    case .accepted: .init(.fail, "weak suites accepted")
    case .refused(let how): .init(.pass, "weak suites refused (\(how))")
    case .unobserved(let failure): .init(.unknown, "weak suites: \(failure.reason)")
    }
  }

  private func standing(of answer: HelloAnswer) -> Standing {
    switch answer {
    case .accepted(let version, _): return .refused("\(version.name) chosen instead")
    case .alert(let number) where answer.isPlainRefusal: return .refused("alert \(number)")
    // Silence counts as "no" only from a server that has said "yes" to another hello.
    case .alert(let number) where answer.isPossibleRefusal && !accepted.isEmpty:
      return .refused("alert \(number)")
    case .silent where !accepted.isEmpty: return .refused("closed without an alert")
    case .alert(let number): return .unobserved(.handshake("alert \(number)"))
    case .silent: return .unobserved(.closed)
    case .unobserved(let failure): return .unobserved(failure)
    }
  }
}

extension HelloAnswer {
  /// Whether a version and a suite were chosen.
  var isAcceptance: Bool {
    if case .accepted = self { true } else { false }
  }
}
