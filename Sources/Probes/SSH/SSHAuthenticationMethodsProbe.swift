public import Checklist
internal import NIOCore

/// Whether an ssh server lets in by key alone.
public struct SSHAuthenticationMethodsProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "ssh.authentication-methods", version: 1,
    claim: "The ssh server offers no way in but keys",
    standards: ["RFC 4252", "NIST IA-2", "CIS Linux 5.1"],
    scope: .target,
    method: """
      Runs ssh once with the method none, which asks what the server would accept; no key and no \
      password is offered, no configuration of the user is read, and no host key is stored. 10 s. \
      The server writes one failed attempt into its log.
      """,
    sends: "one ssh login without key or password, which the server logs as failed",
    facts: "the methods that the server offers",
    fix: "set PasswordAuthentication no and KbdInteractiveAuthentication no, and reload sshd",
    reproduce: "ssh -o PreferredAuthentications=none -o BatchMode=yes USER@HOST",
    tools: ["ssh"],
    parameters: [
      .init("host", .text, "where ssh is served (default: the target's host)"),
      .init("port", .integer, "its port (default 22)"),
      .init("user", .text, "as whom it asks; need not exist (default launchgate)"),
    ],
    standsFor: ["ssh -o PreferredAuthentications=none"])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Asks for the methods and judges them.
  public func run(in context: ProbeContext) async -> Finding {
    if let refusal = Self.manual.refusal(active: context.active) { return refusal }
    let user = parameters.text("user") ?? "launchgate"
    guard !user.isEmpty, user.utf8.count <= 64, !user.hasPrefix("-"),
      user.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"'\"\\@:;`$|&<>(){}".utf8.contains($0) })
    else {
      return .unknown("user is no plain name", hint: "give letters, digits, dots and hyphens")
    }
    return await NetworkTarget.observeService(context, parameters, port: 22) { target, place in
      guard target.proxy == nil else {
        return .unknown(
          "ssh is not asked through a proxy", hint: "run the probe from a machine without one")
      }
      var finding: Finding
      do {
        let output = try await Self.ask(target, place, user, context)
        finding = Self.judge(SSHMethods(output, user: user))
      } catch let failure as CommandFailure {
        finding = .unknown(failure.reason, hint: failure.hint)
      } catch {
        finding = .unknown("ssh", NetworkFailure(error))
      }
      finding.reproduce =
        "ssh -o PreferredAuthentications=none -o BatchMode=yes -p \(place.port) "
        + "\(user)@\(place.host)"
      return finding
    }
  }

  private static func ask(
    _ target: NetworkTarget, _ place: ServicePlace, _ user: String, _ context: ProbeContext
  ) async throws -> CommandOutput {
    let sockets = try await target.sockets(for: place.host, port: place.port)
    guard let socket = sockets.first, let address = socket.ipAddress, let port = socket.port else {
      throw NetworkFailure.unresolved(place.host)
    }
    // Banner and other words of the server are not shown at this level.
    let options = [
      "BatchMode=yes", "PreferredAuthentications=none", "StrictHostKeyChecking=no",
      "UserKnownHostsFile=/dev/null", "GlobalKnownHostsFile=/dev/null", "LogLevel=ERROR",
      "ConnectTimeout=5", "ConnectionAttempts=1", "ProxyCommand=none", "IdentityFile=none",
      "IdentityAgent=none", "UpdateHostKeys=no", "CanonicalizeHostname=no", "ForwardAgent=no",
      "PermitLocalCommand=no", "ControlMaster=no", "ControlPath=none",
    ]
    let left: Duration = .nanoseconds(target.deadline.remaining.nanoseconds)
    let remaining = left < .seconds(10) ? left : .seconds(10)
    return try await Command(
      program: "ssh",
      arguments: ["-F", "none", "-T", "-n"] + options.flatMap { ["-o", $0] }
        + ["-p", "\(port)", "-l", user, "--", address, "exit"],
      environment: ["PATH": context.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C"],
      deadline: .now + remaining, outputLimit: 65_536
    ).output()
  }

  /// Concludes from the methods that the server names.
  static func judge(_ seen: SSHMethods) -> Finding {
    switch seen {
    case .letIn:
      return Finding(
        .fail, "the ssh server lets in without any authentication",
        hint: "set PermitEmptyPasswords no, and look for accounts without a password",
        details: [.init(.fail, "none")], facts: ["methods": "none"])
    case .unobserved(let complaint):
      return .unknown(
        "ssh could not ask: \(complaint)", hint: "see that the server is up and speaks SSH 2.0")
    case .offered(let methods):
      let details = methods.map { Finding.Detail(verdict($0), $0) }.worstFirst
      let worst = details.first?.verdict ?? .unknown
      let names = details.filter { $0.verdict == worst }.map(\.text).joined(separator: ", ")
      return Finding(
        worst,
        worst == .pass ? "the ssh server offers keys alone" : "the ssh server offers \(names)",
        hint: worst == .pass ? nil : manual.fix, details: details,
        facts: ["methods": methods.sorted().joined(separator: " ")],
        coverage: ["methods": methods.count],
        transcript: "Permission denied (\(methods.joined(separator: ",")))\n")
    }
  }

  private static func verdict(_ method: String) -> Finding.Verdict {
    switch method {
    case "publickey": .pass
    case "password", "keyboard-interactive", "none": .fail
    // Kerberos and trusted hosts are no passwords, but somebody has to want them.
    default: .review
    }
  }
}

/// What ssh reported of the methods of a server.
enum SSHMethods: Hashable, Sendable {
  case offered([String])
  /// It was logged in.
  case letIn
  case unobserved(String)

  init(_ output: CommandOutput, user: String) {
    if output.status == 0 {
      self = .letIn
      return
    }
    let refusals = output.errors.split(whereSeparator: \.isNewline).compactMap { line in
      Self.methods(String(line), user: user)
    }
    // ssh says it once, last; anything else is not its own report.
    guard output.status == 255, refusals.count == 1, let methods = refusals.first, !methods.isEmpty
    else {
      self = .unobserved(output.complaint)
      return
    }
    self = .offered(methods)
  }

  /// The names in the line with which ssh ends: user, address, and the methods in brackets.
  private static func methods(_ line: String, user: String) -> [String]? {
    guard line.hasPrefix("\(user)@"), line.hasSuffix(")."),
      let open = line.firstRange(of: ": Permission denied (")
    else { return nil }
    let names = line[open.upperBound...].dropLast(2).split(separator: ",").map(String.init)
    guard
      names.allSatisfy({
        $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-@.".contains($0)) }
      })
    else { return nil }
    return names
  }
}
