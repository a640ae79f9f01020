internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Gate
internal import Terminal

/// What went wrong, for a person: what happened, what to do, and the exit code.
struct Problem: Error {
  var reason: String
  var hints: [String]
  var code: ExitCode

  init(_ reason: String, hint: String? = nil, code: ExitCode = Status.failure) {
    self.reason = reason
    hints = hint.map { [$0] } ?? []
    self.code = code
  }

  /// The words for an error that any part can throw; nil for those of the argument parser.
  init?(_ error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let damage as EvidenceDamage:
      self.init(
        "the evidence is not intact: \(damage.description)", hint: damage.hint, code: Status.damaged
      )
    case let failure as EvidenceFile.Failure: self.init(failure.reason, hint: failure.hint)
    case let fault as TrustFault: self.init(fault.reason, hint: fault.hint, code: Status.usage)
    case let failure as SSHKeygen.Failure: self.init(failure.reason, hint: failure.hint)
    case let fault as RecordFault:
      self.init("the record cannot be written: \(fault.reason)", code: Status.usage)
    case let fault as GateFault:
      self.init("the launch cannot be judged: \(fault.reason)", code: Status.damaged)
    case let faults as DocumentFaults:
      self.init(faults.faults.first?.description ?? "the document is faulty", code: Status.usage)
      hints = Array(faults.faults.dropFirst().prefix(20).map(\.description))
      if let suggestion = faults.faults.first?.suggestion { hints.insert(suggestion, at: 0) }
    case let missing as Permission.Missing: self = missing.problem
    case is Workspace.NotConfigured:
      self.init(
        "there is no launchgate.yaml here", hint: "write one: launchgate init, or launchgate",
        code: Status.usage)
    case let error as TerminalError: self.init("\(error)", hint: error.hint)
    default: return nil
    }
  }
}
