public import Checklist

/// Whether an ssh server lets root in, and whether it asks for keys.
public struct SSHServerConfigurationProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "ssh.server-configuration", version: 1,
    claim: "The ssh server of this machine refuses root and passwords.",
    standards: ["CIS Linux 5.1", "lynis SSH-7408"], scope: .host,
    method: """
      Runs `sshd -T`, which prints the effective settings, where it is installed and allowed (it \
      mostly needs root); else reads sshd_config as the server does: Include, first value wins, \
      defaults of OpenSSH. Match blocks are read from the files in any case. It shows what the \
      files say; a server that was not reloaded may still do otherwise. Only on a machine that \
      is listed in the target's hosts.
      """,
    facts: "the settings that are judged, and the Match blocks that change them",
    fix: """
      Set `PermitRootLogin no`, `PasswordAuthentication no` and `KbdInteractiveAuthentication no` \
      at the top of /etc/ssh/sshd_config, check with sshd -t, and reload the service.
      """,
    reproduce:
      "sudo sshd -T | grep -iE '^(permitrootlogin|passwordauth|kbdinteractive|authenticationmethods)'",
    tools: ["sshd"],
    parameters: [
      .init("config", .text, "path of sshd_config; /etc/ssh/sshd_config unless given"),
      .init(
        "permit-root-login", .texts, "accepted values; `no` alone unless given", stricter: .fewer),
      .init(
        "checks", .texts, "out of root-login, key-authentication; both unless given",
        stricter: .more),
    ],
    standsFor: ["sshd -T"])

  static let allChecks = ["root-login", "key-authentication"]

  private let config: String?
  private let accepted: [String]
  private let checks: [String]

  /// A probe of that file and those checks.
  public init(parameters: Parameters) {
    config = parameters.text("config")
    accepted = (parameters.texts("permit-root-login") ?? ["no"])
      .map(SSHServerConfiguration.canonical(value:))
    checks = parameters.texts("checks") ?? Self.allChecks
  }

  /// Reads the settings, if this machine is one of the target's hosts.
  public func run(in context: ProbeContext) async -> Finding {
    Self.local(await look(in: context), context)
  }

  private func look(in context: ProbeContext) async -> Finding {
    guard !checks.isEmpty, checks.allSatisfy(Self.allChecks.contains) else {
      return .unknown(
        "no such check: \(checks.joined(separator: ", "))",
        hint: "checks may hold root-login and key-authentication")
    }
    let hosts = context.target?.hosts ?? []
    guard hosts.contains(where: { $0.lowercased() == context.hostName.lowercased() }) else {
      return .unknown(
        "\(context.hostName) is not one of the target's hosts",
        hint: "list it under `hosts`, or run the probe on \(hosts.first ?? "the server")")
    }
    var reader = SSHServerConfigurationReader()
    reader.read(config ?? "/etc/ssh/sshd_config")
    var configuration = reader.configuration
    switch await effective(context) {
    case .success(let values): configuration.values = values
    case .failure(.refused(let complaint)):
      return .unknown("sshd refuses its configuration: \(complaint)", hint: "sshd -t shows why")
    case .failure(.unavailable):
      guard configuration.files > 0 else {
        return .unknown(
          "there is neither sshd nor its configuration here",
          hint: "run it on the machine that serves ssh, or set `config`")
      }
    }
    return Self.judge(configuration, accepted: accepted, checks: checks)
  }

  private enum Trouble: Error {
    case unavailable
    case refused(String)
  }

  /// What `sshd -T` prints, unless it is missing or not allowed.
  private func effective(_ context: ProbeContext) async -> Result<[String: String], Trouble> {
    let path = context.environment["PATH"] ?? "/usr/bin:/bin"
    let command = Command(
      program: "sshd", arguments: ["-T"] + (config.map { ["-f", $0] } ?? []),
      environment: ["PATH": path + ":/usr/local/sbin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"],
      deadline: .now + context.timeout, outputLimit: 1 << 20)
    guard let answer = try? await command.output() else { return .failure(.unavailable) }
    if answer.succeeded {
      let values = SSHServerConfiguration.dump(answer.text)
      return values["permitrootlogin"] == nil ? .failure(.unavailable) : .success(values)
    }
    // Without root it sees no host keys; that says nothing about the configuration.
    let harmless = ["no hostkeys", "privilege separation", "permission denied", "not permitted"]
    let isHarmless = harmless.contains { answer.errors.lowercased().contains($0) }
    return .failure(isHarmless ? .unavailable : .refused(answer.complaint))
  }

  /// Fails on what is let in; unknown if a file is missing from the picture; else review, pass.
  static func judge(
    _ seen: SSHServerConfiguration, accepted: [String], checks: [String]
  ) -> Finding {
    var details: [Finding.Detail] = []
    if checks.contains("root-login") {
      let root = seen.value("permitrootlogin")
      details.append(.init(accepted.contains(root) ? .pass : .fail, "PermitRootLogin \(root)"))
    }
    if checks.contains("key-authentication") { details += keyDetails(seen) }
    let judged = keywords(checks)
    details += seen.conditionals.filter { judged.contains($0.keyword) }.filter {
      $0.value != seen.value($0.keyword)
    }.map {
      .init(.review, "\($0.place): Match \($0.condition) sets \($0.keyword) \($0.value)")
    }
    details += seen.gaps.map { .init(.unknown, $0) }
    details.sort { $0.verdict.gravity > $1.verdict.gravity }
    let worst = details.first?.verdict ?? .unknown
    var facts = Dictionary(judged.map { ($0, seen.value($0)) }) { first, _ in first }
    for (number, item) in seen.conditionals.enumerated() where judged.contains(item.keyword) {
      facts["match-\(number + 1)"] = "\(item.condition): \(item.keyword) \(item.value)"
    }
    return Finding(
      worst, worst == .pass ? "the ssh server refuses what it should" : details.first?.text ?? "",
      hint: hint(worst), details: Array(details.prefix(200)), facts: facts,
      coverage: ["paths": seen.files],
      transcript: details.map { "\($0.verdict.rawValue) \($0.text)" }.joined(separator: "\n"))
  }

  private static func hint(_ verdict: Finding.Verdict) -> String? {
    switch verdict {
    case .pass, .notApplicable: nil
    case .unknown: "run it as root, so that all files can be read"
    case .review: "say for whom the Match block is and why"
    case .fail: manual.fix
    }
  }

  private static func keywords(_ checks: [String]) -> [String] {
    (checks.contains("root-login") ? ["permitrootlogin"] : [])
      + (checks.contains("key-authentication")
        ? [
          "passwordauthentication", "kbdinteractiveauthentication", "pubkeyauthentication",
          "authenticationmethods",
        ] : [])
  }

  private static func keyDetails(_ seen: SSHServerConfiguration) -> [Finding.Detail] {
    let methods = seen.value("authenticationmethods")
    let alternatives = methods.split(separator: " ")
    let needsKey = alternatives.allSatisfy { alternative in
      alternative.split(separator: ",").contains { $0.hasPrefix("publickey") }
    }
    if methods != "any", needsKey {
      return [.init(.pass, "AuthenticationMethods \(methods): every way needs a key")]
    }
    var details = [
      ("passwordauthentication", "PasswordAuthentication"),
      ("kbdinteractiveauthentication", "KbdInteractiveAuthentication"),
    ].map { keyword, name in
      Finding.Detail(seen.value(keyword) == "no" ? .pass : .fail, "\(name) \(seen.value(keyword))")
    }
    if seen.value("pubkeyauthentication") != "yes" {
      details.append(.init(.fail, "PubkeyAuthentication \(seen.value("pubkeyauthentication"))"))
    }
    return details
  }
}
