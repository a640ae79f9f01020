public import Checklist

/// Whether a program that one's own checklist names says what is expected.
public struct CommandProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "command", version: 1,
    claim: "The program that one's own checklist names ends and writes as expected.",
    standards: [], scope: .repository,
    method: """
      For a checklist of one's own, and only from one that is trusted on this machine \
      (launchgate trust). Runs the program with its arguments as they are, without a shell, in \
      the folder of the repository, without terminal and input. Its environment is PATH, HOME, \
      TMPDIR, LC_ALL and what `environment` names. It and what it starts are ended after \
      `seconds`, when the run is stopped, and beyond 1 MiB of output. Not found, ended by a \
      signal, exit 126 or 127 and whatever of `unknown-exits` are unknown, and so is another \
      exit than expected where the output is judged: that output proves nothing. \
      \(ContentExpectation.words) 16 KiB of the output are kept, nothing of it where it looks \
      as if it held a secret.
      """,
    facts: "how each expectation stands: exit, pattern, without, equals, at-least, at-most",
    fix: "see what the program says, mend what it names, and run it again",
    reproduce: "the program with its arguments, in the folder of the repository",
    parameters: [
      .init(
        "arguments", .texts,
        "the program, by an absolute path or a name in PATH, and its arguments, at most 256",
        isRequired: true),
      .init("exit", .codes, "the exit code that is expected, or several (0)"),
      .init("unknown-exits", .codes, "exit codes by which it says that it could not look"),
      .init("environment", .texts, "names of variables that it is given as well"),
      .init("seconds", .integer, "how long it may run (60, at most 600)"),
    ] + ContentExpectation.parameters
  )
  .refusing { values throws(ParameterFault) in _ = try Plan(values) }

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// What is run, and what is expected of it.
  struct Plan: Sendable {
    var words: [String]
    var exits: [Int]
    var unknownExits: [Int]
    var variables: [String]
    var seconds: Int
    var content: ContentExpectation
  }

  /// Runs the program once, and judges how it ended and what it wrote.
  public func run(in context: ProbeContext) async -> Finding {
    let plan: Plan
    do { plan = try Plan(parameters.values) } catch {
      return Self.local(.unknown(error.words, hint: "see launchgate probes show command"), context)
    }
    let line = plan.words.map(ShellWord.quoted).joined(separator: " ")
    var finding = await Self.look(plan, line, context)
    finding.reproduce = line
    return Self.local(finding, context)
  }

  private static func look(_ plan: Plan, _ line: String, _ context: ProbeContext) async -> Finding {
    // A relative folder would be whatever the repository holds under that name.
    let path = (context.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
      .split(separator: ":").filter { $0.hasPrefix("/") }.joined(separator: ":")
    guard let program = ProgramPath.find(plan.words[0], in: path) else {
      return .unknown(
        "\(plan.words[0]) is not there, or may not be run",
        hint: "install it and make sure that PATH leads to it")
    }
    let missing = plan.variables.filter { context.environment[$0] == nil }
    guard missing.isEmpty else {
      return .unknown(
        "\(missing.joined(separator: ", ")) is not set in the environment",
        hint: "set it where launchgate is started")
    }
    let time = min(context.timeout, .seconds(plan.seconds))
    let deadline = ContinuousClock.now + time
    context.progress("running \(OwnText.harmless(String(line.prefix(60))))")
    do {
      let answer = try await OwnProgram(
        path: program, arguments: Array(plan.words.dropFirst()),
        environment: environment(plan.variables, path, context), folder: context.repository,
        deadline: deadline
      ).run()
      var finding = judge(answer, plan, deadline: deadline + .seconds(10))
      let secrets = plan.variables.compactMap { context.environment[$0] }
      finding.transcript = transcript(program, line, answer, secrets)
      finding.coverage = ["programs": 1, "bytes": answer.output.count]
      return finding
    } catch {
      return .unknown(error.reason, hint: hint(for: error, plan))
    }
  }

  private static func hint(for failure: CommandFailure, _ plan: Plan) -> String {
    switch failure {
    case .timedOut: "give it more time (seconds: \(plan.seconds), at most 600), or ask it for less"
    case .outputTooLarge: "ask it for less: 1 MiB is read"
    default: failure.hint
    }
  }

  private static func environment(
    _ names: [String], _ path: String, _ context: ProbeContext
  ) -> [String: String] {
    var environment = ["PATH": path, "LC_ALL": "C.UTF-8"]
    for name in ["HOME", "TMPDIR"] + names { environment[name] = context.environment[name] }
    return environment
  }

  private static func transcript(
    _ program: String, _ line: String, _ answer: OwnProgram.Answer, _ secrets: [String]
  ) -> String {
    """
    $ \(line)
    \(program): \(answer.end.words)
    \(OwnText.kept(answer.output, secrets: secrets))
    \(OwnText.kept(Array(answer.errors.prefix(4_096)), secrets: secrets))
    """
  }

  /// Fails on a contradiction that was well observed; unknown where the program could not look.
  static func judge(
    _ answer: OwnProgram.Answer, _ plan: Plan, deadline: ContinuousClock.Instant
  ) -> Finding {
    let parts = parts(answer, plan, deadline)
    let exit = plan.exits.map(String.init).joined(separator: " or ")
    return Finding(
      of: parts.map(\.detail),
      passed: plan.content.isEmpty
        ? "\(answer.end.words), as expected"
        : "\(answer.end.words), and it wrote what is expected",
      fix: manual.fix,
      wayOut: "run it by hand and see why; exit \(exit) is expected", facts: OwnPart.facts(parts))
  }

  private static func parts(
    _ answer: OwnProgram.Answer, _ plan: Plan, _ deadline: ContinuousClock.Instant
  ) -> [OwnPart] {
    guard case .exit(let code) = answer.end else {
      return [OwnPart("exit", .unknown, "it was ended by \(answer.end.words)")]
    }
    guard plan.exits.contains(code) else {
      let says = complaint(answer)
      if plan.unknownExits.contains(code) || [126, 127].contains(code) {
        return [OwnPart("exit", .unknown, "exit \(code) says that it could not look\(says)")]
      }
      return [
        plan.content.isEmpty
          ? OwnPart("exit", .fail, "exit \(code) is not what is expected\(says)")
          : OwnPart(
            "exit", .unknown, "exit \(code) is not expected, so its output says nothing\(says)")
      ]
    }
    let ended = OwnPart("exit", .pass, "exit \(code)")
    guard answer.isComplete || plan.content.isEmpty else {
      return [
        ended,
        OwnPart("output", .unknown, "what it left running went on writing, and was ended"),
      ]
    }
    return [ended] + plan.content.judge(answer.output, what: "its output", deadline: deadline)
  }

  /// The first line of its messages, as the end of a sentence.
  private static func complaint(_ answer: OwnProgram.Answer) -> String {
    let text = OwnText.kept(Array(answer.errors.prefix(4_096)))
    guard let line = text.split(whereSeparator: \.isNewline).first else { return "" }
    return ": \(line.prefix(200))"
  }
}

extension CommandProbe.Plan {
  /// Reads what is to be run.
  ///
  /// - Throws: what is wrong with a parameter.
  init(_ values: [String: JSONValue]) throws(ParameterFault) {
    let others = values.filter { $0.key != "arguments" }
    if let fault = CommandProbe.manual.misfit(others) { throw fault }
    let given = values["arguments"]?.array ?? []
    // A placeholder may have become a number.
    words = given.compactMap { $0.string ?? $0.integer.map(String.init) }
    guard words.count == given.count, let program = words.first else {
      throw ParameterFault(
        parameter: "arguments", reason: "has to be a list of texts, the program first",
        suggestion: "arguments: [npm, audit, --json]")
    }
    guard words.count <= 256, words.allSatisfy({ !$0.contains("\0") && $0.utf8.count <= 65_536 })
    else { throw ParameterFault(parameter: "arguments", reason: "is too long, or holds a NUL") }
    guard program.hasPrefix("/") || ProgramPath.isName(program) || program.contains("${") else {
      throw ParameterFault(
        parameter: "arguments", reason: "has to begin with an absolute path or a name in PATH",
        suggestion: "for a script of the repository: [sh, \(program)]")
    }
    let codes = Parameters(values)
    exits = codes.codes("exit") ?? [0]
    unknownExits = codes.codes("unknown-exits") ?? []
    for (name, list) in [("exit", exits), ("unknown-exits", unknownExits)] {
      guard !list.isEmpty || name != "exit", list.allSatisfy((0...255).contains) else {
        throw ParameterFault(parameter: name, reason: "has to be from 0 to 255")
      }
    }
    variables = values["environment"]?.array?.compactMap(\.string) ?? []
    guard variables.allSatisfy({ $0.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_]{0,127}/#) != nil })
    else {
      throw ParameterFault(
        parameter: "environment", reason: "holds what is no name of a variable",
        suggestion: "names alone, such as KUBECONFIG: values are never written into a checklist")
    }
    seconds = values["seconds"]?.integer ?? 60
    guard (1...600).contains(seconds) else {
      throw ParameterFault(parameter: "seconds", reason: "has to be from 1 to 600")
    }
    content = try ContentExpectation(values)
  }
}

extension ParameterFault {
  /// One clause for a finding.
  var words: String { "\(parameter.map { "\($0) " } ?? "")\(reason)" }
}
