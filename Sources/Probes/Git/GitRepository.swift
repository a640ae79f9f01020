import Checklist

/// A git repository that is looked at and never trusted.
///
/// Its configuration can neither run programs nor reach the network: no hooks, no monitor, no
/// external diffs, no filters (files are read directly), no transport. Replacement objects,
/// grafts, commit graphs and indexes over several packs are ignored: all of them can hide what is
/// really stored.
struct GitRepository: Sendable {
  /// The top folder of the working tree.
  let top: String
  let deadline: ContinuousClock.Instant
  private let environment: [String: String]

  /// Opens the repository of the context, or says why there is none to look at.
  init(_ context: ProbeContext, deadline: ContinuousClock.Instant) async throws(GitFailure) {
    environment = Self.environment(context.environment)
    self.deadline = deadline
    var places: [String] = []
    for question in ["--show-toplevel", "--absolute-git-dir"] {
      let command = Self.command(
        ["rev-parse", question], folder: context.repository, environment, deadline)
      let answer: CommandOutput
      do { answer = try await command.output() } catch { throw .command(error) }
      guard answer.succeeded else {
        throw answer.errors.contains("dubious ownership")
          ? .foreign(context.repository) : .noRepository(context.repository, answer.complaint)
      }
      places.append(Self.firstLine(answer.bytes))
    }
    top = places[0]
    guard FileBytes.sameOrInside(context.repository, top),
      WorkingTree.leadsBack(top, to: places[1])
    else { throw .elsewhere(top) }
  }

  /// The folder that all working trees of the repository share, usually `.git`.
  func commonFolder() async throws(GitFailure) -> String {
    try await line(["rev-parse", "--path-format=absolute", "--git-common-dir"])
  }

  /// How many bytes the name of an object has: 20, or 32 with SHA-256.
  func nameWidth() async throws(GitFailure) -> Int {
    try await line(["rev-parse", "--show-object-format"]) == "sha256" ? 32 : 20
  }

  private func line(_ arguments: [String]) async throws(GitFailure) -> String {
    Self.firstLine(try await run(arguments))
  }

  /// One line of git, which may hold newlines of its own where it is a path.
  private static func firstLine(_ bytes: [UInt8]) -> String {
    String(
      decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
  }

  /// Runs git in the top folder and wants exit code 0.
  func run(_ arguments: [String], input: [UInt8] = []) async throws(GitFailure) -> [UInt8] {
    let answer = try await attempt(arguments, input: input)
    guard answer.succeeded else { throw .refused(arguments.first ?? "", answer.complaint) }
    return answer.bytes
  }

  /// Runs git in the top folder, whatever the exit code.
  func attempt(
    _ arguments: [String], input: [UInt8] = []
  ) async throws(GitFailure) -> CommandOutput {
    do {
      return try await command(arguments).output(input: input)
    } catch {
      throw .command(error)
    }
  }

  /// Runs git in the top folder, hands on its output piece by piece, and wants exit code 0.
  func streamed(
    _ arguments: [String], input: [UInt8] = [],
    _ receive: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) async throws(GitFailure) {
    let answer: CommandOutput
    do throws(CommandFailure) {
      answer = try await command(arguments).stream(input: input, receive)
    } catch {
      throw .command(error)
    }
    guard answer.succeeded else { throw .refused(arguments.first ?? "", answer.complaint) }
  }

  /// Git with these arguments in the top folder, to be streamed.
  func command(_ arguments: [String]) -> Command {
    Self.command(arguments, folder: top, environment, deadline)
  }

  private static func command(
    _ arguments: [String], folder: String, _ environment: [String: String],
    _ deadline: ContinuousClock.Instant
  ) -> Command {
    Command(
      program: "git", arguments: ["-C", folder] + harmless + arguments,
      environment: environment, deadline: deadline, outputLimit: 512 << 20)
  }

  private static let harmless =
    [
      "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "diff.external=",
      "log.showSignature=false", "log.showRoot=true", "protocol.allow=never",
      "core.quotePath=false", "core.multiPackIndex=false", "core.commitGraph=false",
    ].flatMap { ["-c", $0] } + ["--no-pager"]

  private static func environment(_ user: [String: String]) -> [String: String] {
    var environment = [
      "PATH": user["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
      "LC_ALL": "C.UTF-8",
      "GIT_TERMINAL_PROMPT": "0",
      "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_OPTIONAL_LOCKS": "0",
      "GIT_NO_REPLACE_OBJECTS": "1",
      "GIT_NO_LAZY_FETCH": "1",
      "GIT_GRAFT_FILE": "/dev/null",
      "GIT_ALLOW_PROTOCOL": "none",
    ]
    environment["HOME"] = user["HOME"]
    environment["XDG_CONFIG_HOME"] = user["XDG_CONFIG_HOME"]
    return environment
  }
}
