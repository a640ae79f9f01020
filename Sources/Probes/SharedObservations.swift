internal import Checklist
internal import Synchronization

/// What probes saw in one run, for further uses that ask for the same look and another judgement.
///
/// It is for probes that send: they have their host to themselves, so that the next use begins when
/// the run is done with this one. One that was given up at its deadline may still be sending then.
public final class SharedObservations: Sendable {
  /// What is looked at, and how; uses of which this is the same see the same.
  struct Look: Hashable {
    private let use: ProbeReference
    /// Also how it is reached and which paths it has: two targets may have one URL.
    private let target: Target?

    /// The look of that use at that target.
    init(_ manual: ProbeManual, _ parameters: Parameters, of target: Target?) {
      use = ProbeReference(id: manual.id, parameters: manual.sought(parameters))
      self.target = target
    }
  }

  private enum State {
    /// It has not ended, or was given up.
    case begun
    case seen(any Sendable)
    case failed(Obstacle)
  }

  private let states = Mutex<[Look: State]>([:])

  /// None yet.
  public init() {}

  /// What was seen in this run by the same look, or else what is seen now.
  ///
  /// Parameters that only the judgement uses make no difference.
  /// - Throws: what kept the look from seeing anything, also to the uses after it: each look is
  ///   begun once in a run, so that no more is sent than was announced.
  func once<Value: Sendable>(
    _ manual: ProbeManual, _ parameters: Parameters, of target: Target?,
    _ look: () async throws(Obstacle) -> Value
  ) async throws(Obstacle) -> Value {
    let key = Look(manual, parameters, of: target)
    let earlier = states.withLock { states in
      defer { if states[key] == nil { states[key] = .begun } }
      return states[key]
    }
    if let earlier { return try Self.value(of: earlier) }
    do throws(Obstacle) {
      let value = try await look()
      // A look that was cancelled may have seen a part only.
      if !Task.isCancelled { states.withLock { $0[key] = .seen(value) } }
      return value
    } catch {
      states.withLock { $0[key] = .failed(error) }
      throw error
    }
  }

  private static func value<Value>(of state: State) throws(Obstacle) -> Value {
    if case .failed(let obstacle) = state { throw obstacle }
    guard case .seen(let seen) = state, let value = seen as? Value else {
      throw Obstacle(
        "the same was asked for another point, and given up before all answers were there",
        hint: "give it more time: launchgate probe --timeout")
    }
    return value
  }
}
