internal import Foundation
import Glibc
import Subprocess
internal import Synchronization
internal import SystemPackage

/// A program that a checklist of one's own names, run without a shell, a terminal or an input.
///
/// It leads a session of its own, and everything of its process group is ended with it: on
/// time-out, on cancellation, when it writes too much, and when it has left something running
/// behind. What makes itself a session of its own escapes that; nobody waits for it.
struct OwnProgram: Sendable {
  /// Absolute.
  var path: String
  var arguments: [String]
  /// The whole environment of the program; nothing is inherited.
  var environment: [String: String]
  /// Where it runs.
  var folder: String
  var deadline: ContinuousClock.Instant
  /// More standard output than this ends it.
  var outputLimit = 1 << 20

  /// So much of standard error is kept, and more than `errorLimit` ends the program.
  static let errorKept = 64 << 10
  static let errorLimit = 16 << 20
  /// How long what it left behind may go on writing.
  static let grace = Duration.milliseconds(500)
  /// How long it may take to end by itself when it is asked to.
  static let patience = Duration.milliseconds(200)

  /// What came of it.
  struct Answer: Equatable, Sendable {
    enum End: Equatable, Sendable {
      case exit(Int)
      case signal(Int)
    }

    var end = End.exit(0)
    var output: [UInt8] = []
    var errors: [UInt8] = []
    /// Whether nobody held its output open when it had ended.
    var isComplete = true
  }

  /// Runs to the end.
  func run() async throws(CommandFailure) -> Answer {
    let running = CommandLog.current?.start([path] + arguments)
    let stop = Stop()
    do {
      let answer = try await withTaskCancellationHandler {
        try await followed(stop)
      } onCancel: {
        stop.isWanted.store(true, ordering: .relaxed)
      }
      running?.end(answer.end.words)
      return answer
    } catch {
      let failure = error as? CommandFailure ?? Command.failure(error, program: path)
      running?.end(failure.shortly)
      throw failure
    }
  }

  final class Stop: Sendable {
    let isWanted = Atomic(false)
  }

  private func followed(_ stop: Stop) async throws -> Answer {
    let source = try CommandInput([])
    let output = try FileDescriptor.pipe(options: .closeOnExec)
    defer { try? output.readEnd.close() }
    let errors = try FileDescriptor.pipe(options: .closeOnExec)
    defer { try? errors.readEnd.close() }
    for descriptor in [output.readEnd, errors.readEnd] {
      _ = fcntl(descriptor.rawValue, F_SETFL, O_NONBLOCK)
    }
    let result = try await Subprocess.run(
      configuration,
      input: .fileDescriptor(source.descriptor, closeAfterSpawningProcess: true),
      output: .fileDescriptor(output.writeEnd, closeAfterSpawningProcess: true),
      error: .fileDescriptor(errors.writeEnd, closeAfterSpawningProcess: true)
    ) { execution in
      let process = execution.processIdentifier.value
      return await withCheckedContinuation { continuation in
        // A thread of its own: it waits, and the threads of tasks are few.
        Thread.detachNewThread {
          let seen = follow(process, output.readEnd.rawValue, errors.readEnd.rawValue, stop)
          continuation.resume(returning: seen)
        }
      }
    }
    var answer = try result.closureResult.get()
    answer.end =
      switch result.terminationStatus {
      case .exited(let code): .exit(Int(code))
      case .signaled(let signal): .signal(Int(signal))
      }
    return answer
  }

  private var configuration: Configuration {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: Self.patience)
    ]
    let variables = environment.reduce(into: [Environment.Key: String]()) { variables, pair in
      variables[Environment.Key(stringLiteral: pair.key)] = pair.value
    }
    return Configuration(
      executable: .path(FilePath(path)), arguments: Arguments(arguments),
      environment: .custom(variables), workingDirectory: FilePath(folder),
      platformOptions: options)
  }
}

extension OwnProgram {
  /// Reads what it writes until it has ended and nobody can write any more, and ends its group.
  private func follow(
    _ process: pid_t, _ outputEnd: Int32, _ errorsEnd: Int32, _ stop: Stop
  ) -> Result<Answer, CommandFailure> {
    ProgramGroups.began(process)
    defer { ProgramGroups.ended(process) }
    var output = OwnPipe(outputEnd, limit: outputLimit, kept: outputLimit)
    var errors = OwnPipe(errorsEnd, limit: Self.errorLimit, kept: Self.errorKept)
    var ended: ContinuousClock.Instant?
    var failure: CommandFailure?
    while failure == nil {
      OwnPipe.wait(output, errors)
      output.read()
      errors.read()
      if ended == nil, Self.hasEnded(process) { ended = .now }
      if output.isTooLarge || errors.isTooLarge {
        failure = .outputTooLarge(path)
      } else if ended != nil, output.isAtEnd, errors.isAtEnd {
        break
      } else if let ended, ended + Self.grace <= .now {
        break
      } else if stop.isWanted.load(ordering: .relaxed) {
        failure = .cancelled
      } else if deadline <= .now {
        failure = .timedOut(path)
      }
    }
    Self.end(process, isAsked: ended == nil)
    if let failure { return .failure(failure) }
    return .success(
      Answer(
        output: output.bytes, errors: errors.bytes,
        isComplete: output.isAtEnd && errors.isAtEnd))
  }

  /// Whether it has ended; it stays known, so that its number is nobody else's.
  private static func hasEnded(_ process: pid_t) -> Bool {
    var info = siginfo_t()
    let code = waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT)
    return code != 0 || info.si_signo == SIGCHLD
  }

  /// Ends everything that is left of its group.
  private static func end(_ process: pid_t, isAsked: Bool) {
    if isAsked {
      kill(-process, SIGTERM)
      let limit = ContinuousClock.now + patience
      while !hasEnded(process), .now < limit { usleep(5_000) }
    }
    kill(-process, SIGKILL)
  }
}

extension OwnProgram.Answer.End {
  /// For the log and for people.
  var words: String {
    switch self {
    case .exit(let code): "exit \(code)"
    case .signal(let number): "signal \(number)"
    }
  }
}
