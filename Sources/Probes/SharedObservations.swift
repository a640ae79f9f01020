internal import Checklist
internal import Synchronization

/// What probes saw in one run, for further uses that ask for the same look and another judgement.
///
/// It is for probes that send: they have their host to themselves, so that the first has ended when
/// the second begins.
public final class SharedObservations: Sendable {
  private struct Look: Hashable {
    var use: ProbeReference
    var target: String
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
    let key = Look(
      use: ProbeReference(id: manual.id, parameters: manual.sought(parameters)),
      target: target?.url ?? "")
    if let value = seen.withLock({ $0[key] }) as? Value { return value }
    let value = try await look()
    if !Task.isCancelled { seen.withLock { $0[key] = value } }
    return value
  }
}
