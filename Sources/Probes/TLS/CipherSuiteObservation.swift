extension TLSCipherSuitesProbe {
  /// The suites that a server accepts in each version, found by offering ever fewer of them.
  struct Observation: Sendable {
    /// What became of the question how large the server's own group is.
    enum Group: Hashable, Sendable {
      /// No accepted suite uses one.
      case unused
      case bits(Int)
      case unobserved(NetworkFailure)
    }

    /// In ascending order of their numbers.
    var accepted: [ProtocolVersion: [CipherSuite]] = [:]
    /// Why some question got no clear answer, by the version that was offered.
    var gaps: [ProtocolVersion: NetworkFailure] = [:]
    var group = Group.unused
    /// Suites that got a clear answer, counted once for each version.
    var answered = 0

    /// As many as one hello offers: some old servers choke on 128 and more.
    private static let portion = 96

    init(
      accepted: [ProtocolVersion: [CipherSuite]] = [:],
      gaps: [ProtocolVersion: NetworkFailure] = [:], group: Group = .unused
    ) {
      self.accepted = accepted
      self.gaps = gaps
      self.group = group
    }

    /// Asks for every version and suite, then for the group.
    init(_ target: NetworkTarget) async {
      let lanes = ProtocolVersion.allCases.flatMap { version in
        let suites = CipherSuite.offered(in: version)
        return stride(from: 0, to: suites.count, by: Self.portion).map { start in
          Lane(version, Array(suites[start..<min(start + Self.portion, suites.count)]))
        }
      }
      let ends = await withTaskGroup(of: Lane.self) { group in
        for lane in lanes {
          group.addTask {
            var lane = lane
            await lane.walk(target)
            return lane
          }
        }
        return await group.reduce(into: [Lane]()) { $0.append($1) }
      }
      conclude(ends, hasStayed: await Self.stays(ends, target))
      group = await Self.group(of: accepted, target)
    }

    /// Whether the server still accepts what it accepted at first.
    ///
    /// One that turned silent under so many connections has refused nothing.
    private static func stays(_ ends: [Lane], _ target: NetworkTarget) async -> Bool {
      guard let lane = ends.first(where: { !$0.chosen.isEmpty }), let choice = lane.chosen.first
      else { return true }
      let name = IPAddress(target.url.host) == nil ? target.url.host : nil
      let hello = ClientHello(lane.version, suites: [choice.1], serverName: name)
      return await target.clearAnswer(to: hello).isAcceptance
    }

    private mutating func conclude(_ ends: [Lane], hasStayed: Bool) {
      var found: [ProtocolVersion: Set<UInt16>] = [:]
      for lane in ends {
        for (version, suite) in lane.chosen { found[version, default: []].insert(suite) }
      }
      accepted = found.mapValues { $0.sorted().map(CipherSuite.of) }
      for lane in ends {
        if let failure = lane.failure(besideAcceptance: !found.isEmpty && hasStayed) {
          gaps[lane.version] = failure
        } else {
          answered += lane.size
        }
      }
    }

    private static func group(
      of accepted: [ProtocolVersion: [CipherSuite]], _ target: NetworkTarget
    ) async -> Group {
      let candidates = accepted.filter { $0.value.contains(where: \.usesServerGroup) }
      guard let (version, suites) = candidates.max(by: { $0.key < $1.key }) else { return .unused }
      let name = IPAddress(target.url.host) == nil ? target.url.host : nil
      let numbers = suites.filter(\.usesServerGroup).map(\.number)
      var hello = ClientHello(version, suites: numbers, serverName: name)
      hello.offersFiniteFieldGroups = false
      switch await target.groupSize(for: hello) {
      case .success(let bits): return .bits(bits)
      case .failure(let failure): return .unobserved(failure)
      }
    }
  }

  /// One list of suites in one version, from which the server's choice is taken out each time.
  struct Lane: Sendable {
    let version: ProtocolVersion
    let size: Int
    private(set) var chosen: [(ProtocolVersion, UInt16)] = []
    private var remaining: [UInt16]
    private var end = HelloAnswer.unobserved(.timedOut)

    init(_ version: ProtocolVersion, _ suites: [UInt16]) {
      self.version = version
      remaining = suites
      size = suites.count
    }

    /// Asks until the server refuses what is left.
    mutating func walk(_ target: NetworkTarget) async {
      let name = IPAddress(target.url.host) == nil ? target.url.host : nil
      while !remaining.isEmpty, !Task.isCancelled, !target.deadline.hasPassed {
        let hello = ClientHello(version, suites: remaining, serverName: name)
        end = await target.clearAnswer(to: hello)
        guard case .accepted(let version, let suite) = end else { return }
        chosen.append((version, suite))
        remaining.removeAll { $0 == suite }
      }
      if remaining.isEmpty { end = .alert(40) }
    }

    /// Why the last answer says nothing about what was left; nil where it is a refusal.
    func failure(besideAcceptance hasAccepted: Bool) -> NetworkFailure? {
      switch end {
      case .unobserved(let failure): return failure
      // The deadline came between two questions.
      case .accepted: return .timedOut
      case .alert(let number):
        if end.isPlainRefusal || (end.isPossibleRefusal && hasAccepted) { return nil }
        return .handshake("alert \(number)")
      // Silence counts as "no" only from a server that has said "yes" to another hello.
      case .silent: return hasAccepted ? nil : .closed
      }
    }
  }
}
