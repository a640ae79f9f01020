import Subprocess
import SystemPackage

/// A program that is run with a deadline, bounded output, no terminal and a chosen environment.
///
/// The child leads a session of its own, so that it can neither ask on the user's terminal nor
/// leave children behind: they are all ended with it, on time-out and on cancellation.
struct Command: Sendable {
  /// Name, looked up in the `PATH` of `environment`.
  var program: String
  var arguments: [String]
  /// The whole environment of the child; nothing is inherited.
  var environment: [String: String]
  /// No wait lasts longer than this.
  var deadline: ContinuousClock.Instant
  /// More standard output than this is a failure of `output`; streams have no such limit.
  var outputLimit = 64 << 20

  /// Standard error is for messages; beyond this it is a failure.
  private static let errorLimit = 4 << 20

  /// Runs to the end and collects what was written.
  func output(input: [UInt8] = []) async throws(CommandFailure) -> CommandOutput {
    let source = try CommandInput(input)
    return try await beforeDeadline {
      let result = try await Subprocess.run(
        configuration,
        input: .fileDescriptor(source.descriptor, closeAfterSpawningProcess: true),
        output: .bytes(limit: outputLimit),
        error: .bytes(limit: Self.errorLimit))
      return CommandOutput(
        status: Self.code(result.terminationStatus), bytes: result.standardOutput,
        errors: String(decoding: result.standardError, as: UTF8.self))
    }
  }

  /// Runs to the end and hands on standard output piece by piece.
  ///
  /// `receive` is called in order; what it throws ends the program.
  func stream(
    input: [UInt8], _ receive: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) async throws(CommandFailure) -> CommandOutput {
    let source = try CommandInput(input)
    let pipe = try CommandPipe(program)
    return try await beforeDeadline {
      // Read beside the program: what `receive` throws closes the pipe, which ends the program.
      async let reading: Void = pipe.read(receive)
      let result = try await Subprocess.run(
        configuration,
        input: .fileDescriptor(source.descriptor, closeAfterSpawningProcess: true),
        output: .fileDescriptor(pipe.writing, closeAfterSpawningProcess: true),
        error: .bytes(limit: Self.errorLimit))
      try await reading
      return CommandOutput(
        status: Self.code(result.terminationStatus), bytes: [],
        errors: String(decoding: result.standardError, as: UTF8.self))
    }
  }

  private var configuration: Configuration {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200))
    ]
    let variables = environment.reduce(into: [Environment.Key: String]()) { variables, pair in
      variables[Environment.Key(stringLiteral: pair.key)] = pair.value
    }
    return Configuration(
      executable: executable, arguments: Arguments(arguments),
      environment: .custom(variables), platformOptions: options)
  }

  /// Found here: given a name, the library starts a process for every folder of `PATH` that lacks it.
  private var executable: Executable {
    ProgramPath.find(program, in: environment["PATH"] ?? "").map { .path(FilePath($0)) }
      ?? .name(program)
  }

  private static func code(_ status: TerminationStatus) -> Int {
    switch status {
    case .exited(let code): Int(code)
    case .signaled(let signal): 128 + Int(signal)
    }
  }
}

extension Command {
  /// Runs `work` against the deadline; whichever is first ends the other.
  private func beforeDeadline<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws(CommandFailure) -> Value {
    let program = program
    let deadline = deadline
    let running = CommandLog.current?.start([program] + arguments)
    do {
      let value = try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await work() }
        group.addTask {
          try await Task.sleep(until: deadline, clock: .continuous)
          throw CommandFailure.timedOut(program)
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw CommandFailure.cancelled }
        return value
      }
      running?.end((value as? CommandOutput).map { "exit \($0.status)" } ?? "ended")
      return value
    } catch {
      let failure = Self.failure(error, program: program)
      running?.end(failure.shortly)
      throw failure
    }
  }

  /// What an error of the library means.
  static func failure(_ error: any Error, program: String) -> CommandFailure {
    if let failure = error as? CommandFailure { return failure }
    if error is CancellationError || Task.isCancelled { return .cancelled }
    guard let error = error as? SubprocessError else {
      return .broken(program, reason: "\(error)")
    }
    return switch error.code {
    case .executableNotFound: .notInstalled(program)
    case .outputLimitExceeded: .outputTooLarge(program)
    default: .broken(program, reason: error.description)
    }
  }
}

/// What a program wrote, and how it ended.
struct CommandOutput: Equatable, Sendable {
  /// The exit code, or 128 and the number of the signal that ended it.
  var status: Int
  var bytes: [UInt8]
  var errors: String

  var succeeded: Bool { status == 0 }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The first line of the messages, for a finding.
  var complaint: String {
    errors.split(whereSeparator: \.isNewline).first.map { String($0.prefix(200)) }
      ?? "exit code \(status)"
  }
}
