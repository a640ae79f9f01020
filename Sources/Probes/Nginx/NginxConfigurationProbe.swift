public import Checklist

/// Whether nginx limits what is sent to it, and tells applications who asked and how.
public struct NginxConfigurationProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "nginx.configuration", version: 1,
    claim:
      "nginx limits request bodies, forwards who asked and how, and talks to private addresses.",
    standards: ["ASVS 4.3.1", "NIST SC-5", "NIST SC-7"], scope: .host,
    method: """
      Runs `nginx -T`, which prints the configuration with all that it includes and mostly needs \
      root; else reads /etc/nginx/nginx.conf with its includes. Of every server and location it \
      takes what is inherited as nginx does: client_max_body_size is replaced, proxy_set_header is \
      lost as a whole where an inner block sets any. It shows what the files say; a server that was \
      not reloaded may still do otherwise. Only on a machine listed in the target's hosts.
      """,
    facts: "the greatest body limit, and each location that fails a check",
    fix: """
      Set `client_max_body_size` in http, and in each location with proxy_pass \
      `proxy_set_header Host $host; X-Forwarded-Proto $scheme; X-Forwarded-For $proxy_add_x_forwarded_for`; \
      let applications listen on 127.0.0.1.
      """,
    reproduce: "sudo nginx -T | grep -nE 'client_max_body_size|proxy_set_header|proxy_pass'",
    tools: ["nginx"],
    parameters: [
      .init(
        "checks", .texts,
        "out of body-limit, forwarded-headers, private-upstreams; all unless given",
        stricter: .more),
      .init(
        "maximum-body", .integer, "greatest limit in bytes; 10485760 (10 MB) unless given",
        stricter: .lower),
    ],
    standsFor: ["nginx -T"])

  static let allChecks = ["body-limit", "forwarded-headers", "private-upstreams"]

  private let checks: [String]
  private let maximum: Int

  /// A probe of those checks.
  public init(parameters: Parameters) {
    checks = parameters.texts("checks") ?? Self.allChecks
    maximum = parameters.integer("maximum-body") ?? 10 << 20
  }

  /// Asks nginx, or reads its files.
  public func run(in context: ProbeContext) async -> Finding {
    await Machine.look(context, Self.manual) { await look(at: $0) }
  }

  func look(at machine: Machine, main: String = "/etc/nginx/nginx.conf") async -> Finding {
    guard !checks.isEmpty, checks.allSatisfy(Self.allChecks.contains) else {
      return .unknown(
        "no such check: \(checks.joined(separator: ", "))",
        hint: "checks may hold \(Self.allChecks.joined(separator: ", "))")
    }
    var files: NginxFiles
    switch await machine.run("nginx", ["-T", "-c", main]) {
    case .success(let answer) where answer.succeeded: files = NginxFiles(dump: answer.text)
    case .success(let answer)
    where answer.errors.contains("emerg") && !Self.isDenial(answer.errors):
      return .unknown(
        "nginx refuses its configuration: \(answer.complaint)", hint: "nginx -t shows why")
    case .success, .failure: files = NginxFiles(machine, main)
    }
    guard !files.texts.isEmpty else {
      return .unknown(
        "there is neither nginx nor its configuration here",
        hint: "run it on the machine that serves, or answer by hand for another server")
    }
    var reader = NginxReader(files)
    let blocks = reader.read(main)
    return judge(blocks, gaps: reader.gaps, files: files.texts.count)
  }

  private static func isDenial(_ errors: String) -> Bool {
    errors.contains("Permission denied") || errors.contains("cannot load certificate")
  }

  /// Fails on what breaks a check; unknown if a file is missing from the picture.
  func judge(_ root: NginxBlock, gaps: [String], files: Int) -> Finding {
    var details = gaps.map { Finding.Detail(.unknown, $0) }
    let locations = root.locations()
    if locations.isEmpty && gaps.isEmpty {
      details.append(.init(.unknown, "the configuration has no server"))
    }
    if checks.contains("body-limit") { details += bodyLimits(locations) }
    let proxied = locations.filter { $0.upstream != nil }
    if checks.contains("forwarded-headers") {
      details += proxied.map(headers)
    }
    if checks.contains("private-upstreams") {
      details += proxied.map { upstream($0, root.upstreams()) }
    }
    if proxied.isEmpty && !checks.contains("body-limit") && details.isEmpty {
      details.append(.init(.review, "nginx passes nothing on to an application"))
    }
    var facts = [
      "bodies": Set(locations.map { "\($0.bodyLimit ?? -1)" }).sorted().joined(separator: " ")
    ]
    for detail in details where detail.verdict != .pass {
      facts[detail.text] = detail.verdict.rawValue
    }
    return .judged(
      details, pass: "nginx is set up as it should be",
      WayOut(
        fix: Self.manual.fix, review: "say why it is as it is",
        unknown: "run launchgate with sudo, so that nginx -T can read all files"),
      facts: facts, coverage: ["paths": files, "locations": locations.count])
  }

  private func bodyLimits(_ locations: [NginxLocation]) -> [Finding.Detail] {
    locations.map { location in
      guard let limit = location.bodyLimit else {
        return .init(.unknown, "\(location.name): its client_max_body_size is not understood")
      }
      if limit == 0 { return .init(.fail, "\(location.name): bodies of any size are taken") }
      return .init(
        limit <= maximum ? .pass : .fail,
        "\(location.name): bodies of up to \(limit) bytes are taken")
    }
  }

  private func headers(_ location: NginxLocation) -> Finding.Detail {
    let wanted = ["host", "x-forwarded-proto", "x-forwarded-for"]
    let missing = wanted.filter { location.forwarded[$0] == nil }
    guard missing.isEmpty else {
      return .init(.fail, "\(location.name): \(missing.joined(separator: ", ")) not passed on")
    }
    let scheme = location.forwarded["x-forwarded-proto"] ?? ""
    if scheme.contains("$http_x_forwarded_proto") {
      return .init(.review, "\(location.name): X-Forwarded-Proto is what the client says")
    }
    guard ["$scheme", "https"].contains(scheme) else {
      return .init(.review, "\(location.name): X-Forwarded-Proto is \(scheme)")
    }
    let host = location.forwarded["host"] ?? ""
    guard ["$host", "$http_host", "$server_name"].contains(host) || !host.contains("$") else {
      return .init(.review, "\(location.name): Host is \(host)")
    }
    return .init(.pass, "\(location.name): Host, X-Forwarded-Proto and -For are passed on")
  }

  private func upstream(_ location: NginxLocation, _ groups: [String: [String]]) -> Finding.Detail {
    let address = location.upstream ?? ""
    let host = NginxLocation.host(address)
    let servers = groups[host] ?? [address]
    for server in servers {
      let name = NginxLocation.host(server)
      if name == "unix" || name == "localhost" { continue }
      guard let ip = IPAddress(name) else {
        return .init(.review, "\(location.name): passes on to \(name), whose address is not known")
      }
      guard ip.network != .internet else {
        return .init(.fail, "\(location.name): passes on to the public address \(name)")
      }
    }
    return .init(.pass, "\(location.name): passes on to a private address")
  }
}
