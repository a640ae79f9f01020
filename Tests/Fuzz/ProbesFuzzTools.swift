internal import Checklist

/// Reads the rest as what programs wrote and machines hold: each way another group of readers.
func readTools(_ way: Int, _ variant: Int, _ rest: [UInt8]) {
  let text = String(decoding: rest, as: UTF8.self)
  let parts = rest.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
  switch way {
  case 0: readAudits(parts)
  case 1: readScans(parts)
  case 2: readListing(rest)
  case 3: readPacketFilter(variant, rest)
  case 4: readDatabase(parts, text)
  case 5: readMachine(variant, parts)
  case 6: readDialogue(variant, rest)
  case 7: readOrchestration(variant, text)
  case 8: readSettings(text)
  case 9: readDocuments(text)
  case 10: readUpdates(variant, text)
  default: readLogs(rest)
  }
}

/// How many ways there are.
let toolWays = 12

private let now = Timestamp(seconds: 1_800_000_000)
private let none = Parameters()

/// Reports of npm, pnpm, pip-audit, osv-scanner, trivy, safety and cargo audit, one behind another.
private func readAudits(_ parts: [[UInt8]]) {
  var seen = AuditObservation(manifests: [])
  for part in parts {
    guard let json = try? ToolJSON(part) else { continue }
    seen.add(json, named: "report", .days(30), now)
  }
  check(DependenciesAuditProbe(parameters: none).judge(seen))
}

/// Reports of trivy about images, and what docker and podman inspect write.
private func readScans(_ parts: [[UInt8]]) {
  let documents = parts.compactMap { try? ToolJSON($0) }
  let scans = documents.compactMap { try? ImageScan($0) }
  let database = documents.compactMap { $0["VulnerabilityDB"]?["UpdatedAt"]?.string }.first
  check(ContainerImageScanProbe(parameters: none).judge(scans, database: database, now: now))
  for seen in documents.compactMap(InspectedContainer.read) {
    check(ContainerInspectProbe(parameters: none).judge(seen))
  }
}

/// What `aws s3api list-objects-v2` writes.
private func readListing(_ bytes: [UInt8]) {
  check(
    BackupRecentProbe.judge(
      BackupListing(json: bytes, made: now.seconds), "", within: .hours(26), now: now))
}

private func readPacketFilter(_ variant: Int, _ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let filter =
    variant % 2 == 0
    ? (try? ToolJSON(bytes)).flatMap { PacketFilter(nftables: $0) }
    : PacketFilter(iptables: text, .ipv4)
  guard let filter else { return }
  let boot = Finding.Detail(.pass, "at boot")
  check(
    HostFirewallProbe(parameters: none).judge(
      FirewallObservation(
        ipv4: filter.reading(.ipv4), ipv6: filter.reading(.ipv6), hasIPv6: true, boot: boot)))
}

/// The answers of psql, and the connection string.
private func readDatabase(_ parts: [[UInt8]], _ text: String) {
  _ = PostgresConnection.values(text)
  guard let first = parts.first.flatMap({ try? ToolJSON($0) }),
    var seen = PostgresObservation(first)
  else { return }
  if parts.count > 1, let rules = try? ToolJSON(parts[1]) { _ = seen.add(rules: rules) }
  check(PostgresRolesProbe(parameters: none).judge(seen))
}

/// What a service says first, in pieces of some size.
private func readDialogue(_ variant: Int, _ bytes: [UInt8]) {
  let size = 1 + variant / 8
  switch variant % 8 {
  case 0: talk(SSHGreetingDialogue(), bytes, size)
  case 1: talk(SSHHostKeyDialogue(), bytes, size)
  case 2: talk(RedisPingDialogue(), bytes, size)
  case 3: talk(PostgresTLSDialogue(.tls12, host: "shop.example"), bytes, size)
  case 4:
    var dialogue = SSHGreetingDialogue()
    guard case .done(let greeting) = dialogue.read(bytes) else { return }
    check(SSHServerAlgorithmsProbe.judge(.init(greeting: .success(greeting), rsaBits: nil)))
  case 5: _ = PackFile.names(bytes, 20)
  case 6: _ = ScanMemory(bytes, scanner: "fuzzed")
  default:
    var reader = GroupSizeReader()
    var rest = bytes[...]
    while !rest.isEmpty, reader.read(rest.prefix(size)) == nil { rest = rest.dropFirst(size) }
  }
}

private func talk(_ dialogue: some ServiceDialogue, _ bytes: [UInt8], _ size: Int) {
  var dialogue = dialogue
  var rest = bytes[...]
  while !rest.isEmpty {
    switch dialogue.read(Array(rest.prefix(size))) {
    case .wait, .send: rest = rest.dropFirst(size)
    case .done, .failed: return
    }
  }
}

private func readOrchestration(_ variant: Int, _ text: String) {
  let path = GitPath(variant % 2 == 0 ? "compose.yaml" : "deploy/shop.yaml")
  guard let file = OrchestrationFile(path, .text(text)) else { return }
  check(ContainerOrchestrationProbe.judge([file], OrchestrationCheck.allCases))
}

/// Settings of every kind of file, error trackers, tokens and stored hashes.
private func readSettings(_ text: String) {
  check(
    ConfigurationNoDebugProbe.judge(
      [("settings", .text(text))], DebugRule.Check.allCases, isChosen: false))
  _ = ErrorTracker.configured(text)
  _ = ErrorTracker.named(in: text)
  let lines = text.split(whereSeparator: \.isNewline).prefix(100).map(String.init)
  if !lines.isEmpty { check(PasswordsHashParametersProbe.judge(lines.map { StoredHash($0) })) }
  for line in lines {
    guard let token = try? WebToken(line, now: now) else { continue }
    check(JWTLifetimeProbe.judge(token, maximum: .hours(1), limit: .days(1)))
  }
}

private func readDocuments(_ text: String) {
  let outline = DocumentOutline(text)
  for section in ["detection|detect", "roles", "x|"] { _ = outline.presence(of: section) }
}

/// Configurations of update bots, lock files that name what is deprecated, requirements.
private func readUpdates(_ variant: Int, _ text: String) {
  let bots = [".github/dependabot.yml", "renovate.json", "renovate.json5", "package.json"]
  if let seen = UpdateBotObservation(
    GitPath(bots[variant % bots.count]), .text(text), isTracked: true)
  {
    _ = seen.uncovered(["npm", "Python", "Cargo"])
  }
  let locks = DeprecationObservation.talkative.sorted()
  _ = DeprecationObservation(GitPath(locks[variant % locks.count]), .text(text)).details
  let manifests = [
    "package.json", "composer.json", "pyproject.toml", "Pipfile", "Cargo.toml", "Gemfile",
    "Package.swift", "requirements.txt",
  ]
  let name = manifests[variant % manifests.count]
  guard let reading = RequirementReader.read(name, text, development: variant % 3 == 0) else {
    return
  }
  _ = PinObservation(path: GitPath(name), reading: reading, isLocked: false).details(exact: true)
}

private func readLogs(_ bytes: [UInt8]) {
  check(
    LogsNoSensitiveDataProbe.judge(
      [LogSample("log", bytes: bytes, written: now.seconds)], LogRule.allCases, now: now))
}
