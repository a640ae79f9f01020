internal import Checklist
internal import Synchronization

/// What probes saw in one run, for further uses that ask for the same look and another judgement.
///
/// It is for probes that send: they have their host to themselves, so that the next use begins when
/// the run is done with this one. One that was given up at its deadline may still be sending then;
/// what it sees is not kept, and the next use looks anew.
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

  private let seen = Mutex<[Look: any Sendable]>([:])

  /// None yet.
  public init() {}

  /// What was seen in this run by the same look, or else what is seen now.
  ///
  /// Parameters that only the judgement uses make no difference. What a cancelled look saw is not
  /// kept.
  func once<Value: Sendable, Failure: Error>(
    _ manual: ProbeManual, _ parameters: Parameters, of target: Target?,
    _ look: () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let key = Look(manual, parameters, of: target)
    if let value = seen.withLock({ $0[key] }) as? Value { return value }
    let value = try await look()
    if !Task.isCancelled { seen.withLock { $0[key] = value } }
    return value
  }
}
