import Checklist
import Foundation
import Testing

@testable import Probes

@Suite final class SSHServerConfigurationProbeTests {
  private let root: String

  init() throws {
    root = NSTemporaryDirectory() + "launchgate-ssh-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: root + "/d", withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: root + "/" + name))
  }

  private func read(_ text: String) throws -> SSHServerConfiguration {
    try write("sshd_config", text)
    var reader = SSHServerConfigurationReader(folder: root)
    reader.read(root + "/sshd_config")
    return reader.configuration
  }

  private func judge(
    _ text: String, accepted: [String] = ["no"],
    checks: [String] = SSHServerConfigurationProbe.allChecks
  ) throws -> Finding {
    SSHServerConfigurationProbe.judge(try read(text), accepted: accepted, checks: checks)
  }

  private static let good =
    "PermitRootLogin no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"

  @Test(arguments: [
    good, "permitrootlogin=no\nPASSWORDAUTHENTICATION \"no\"\nChallengeResponseAuthentication no\n",
    good + "PermitRootLogin yes\nPasswordAuthentication yes\n", good + "UsePAM yes\n",
    "PermitRootLogin = no # x\n\tPasswordAuthentication\tno\nKbdInteractiveAuthentication no\r\n",
    "PermitRootLogin no\nAuthenticationMethods publickey publickey,password\n",
    good + "Match User git\n  PasswordAuthentication no\n  X11Forwarding yes\n",
    "Match all\n" + good,
  ])
  func passes(_ text: String) throws {
    let finding = try judge(text)
    #expect(finding.verdict == .pass, "\(finding.everything)")
  }

  @Test(arguments: [
    "", "PermitRootLogin no\n", "PermitRootLogin no\nPasswordAuthentication no\n",
    good.replacing("PermitRootLogin no", with: "PermitRootLogin prohibit-password"),
    "PermitRootLogin yes\n" + good, "PasswordAuthentication yes\n" + good,
    "ChallengeResponseAuthentication yes\n" + good, "# PermitRootLogin no\n",
    "PermitRootLogin without-password\n" + good, "PermitRootLogin forced-commands-only\n" + good,
    "PermitRootLogin no\nAuthenticationMethods password publickey\n",
    "Match User a\n" + good, good + "PubkeyAuthentication no\n", "PermitRootLogin \"yes\"\n" + good,
  ])
  func fails(_ text: String) throws {
    let finding = try judge(text)
    #expect(finding.verdict == .fail, "\(finding.everything)")
    #expect(finding.hint?.contains("sshd -t") == true)
  }

  @Test(arguments: [
    "Match User bob\n  PasswordAuthentication yes\n",
    "Match Address 10.0.0.0/8\nPermitRootLogin yes\n",
    "match group a\nmatch user b\nkbdinteractiveauthentication yes\n",
  ])
  func reviewsMatchBlocksThatChangeSomething(_ text: String) throws {
    let finding = try judge(Self.good + text)
    #expect(finding.verdict == .review, "\(finding.everything)")
    #expect(finding.facts.keys.contains { $0.hasPrefix("match-") })
  }

  @Test(arguments: [
    "PermitRootLogin maybe\n", "PermitRootLogin \"no\n", "Include /proc/1/mem\n", "Include loop\n",
    "PasswordAuthentication\n",
  ])
  func unknownWhereTheFilesMakeNoSense(_ text: String) throws {
    try write("loop", "Include loop\n")
    let finding = try judge(Self.good + text)
    #expect(finding.verdict == .unknown, "\(finding.everything)")
    #expect(finding.hint != nil)
  }

  // Copied anew for every character, this word would take hours.
  @Test func readsAWordOfAnyLength() {
    let word = String(repeating: "x", count: 1 << 20)
    #expect(SSHServerConfigurationReader.words("Port \(word)") == ["Port", word])
    #expect(SSHServerConfigurationReader.words("Port \"\(word)\"") == ["Port", word])
  }

  @Test func followsIncludesInOrder() throws {
    try write("d/10-a.conf", "PermitRootLogin yes\nMatch User x\nPasswordAuthentication yes\n")
    try write("d/20-b.conf", "PermitRootLogin no\nPasswordAuthentication no\n")
    let seen = try read("Include d/*.conf absent d/none*.conf\n" + Self.good)
    #expect(seen.values["permitrootlogin"] == "yes")
    #expect(seen.values["passwordauthentication"] == "no", "a Match ends with its file")
    #expect(seen.conditionals.map(\.condition) == ["User x"])
    #expect(seen.gaps == [])
    #expect(seen.files == 3)
  }

  @Test func includesUnderAConditionStayConditional() throws {
    try write("d/a.conf", "PermitRootLogin yes\nMatch all\nPasswordAuthentication yes\n")
    let seen = try read(Self.good + "Match User x\nInclude d/a.conf\n")
    #expect(seen.conditionals.map(\.keyword) == ["permitrootlogin", "passwordauthentication"])
    #expect(seen.values["permitrootlogin"] == "no")
  }

  @Test func acceptsWhatTheChecklistAccepts() throws {
    let text = Self.good.replacing("PermitRootLogin no", with: "PermitRootLogin prohibit-password")
    #expect(try judge(text, accepted: ["no", "prohibit-password"]).verdict == .pass)
    #expect(try judge(text, checks: ["key-authentication"]).verdict == .pass)
    #expect(try judge(text, checks: ["root-login"]).verdict == .fail)
    #expect(try judge("PermitRootLogin no\n", checks: ["root-login"]).verdict == .pass)
  }

  private func context(_ hosts: [String]?) -> ProbeContext {
    ProbeContext(
      target: hosts.map { Target(hosts: $0) }, hostName: "web-1", now: Timestamp(seconds: 0),
      environment: ["PATH": "/usr/bin:/bin"])
  }

  private func probe(_ values: [String: JSONValue] = [:]) -> SSHServerConfigurationProbe {
    SSHServerConfigurationProbe(parameters: Parameters(values))
  }

  @Test func unknownOnAnyOtherMachine() async throws {
    try write("sshd_config", Self.good)
    let values: [String: JSONValue] = ["config": .string(root + "/sshd_config")]
    for hosts in [nil, [], ["web-2"], ["web-1.shop.io"]] as [[String]?] {
      let finding = await probe(values).run(in: context(hosts))
      #expect(finding.verdict == .unknown)
      #expect(finding.message == "web-1 is not one of the target's hosts")
      #expect(finding.hint?.contains("hosts") == true)
    }
    #expect(await probe(values).run(in: context(["web-2", "WEB-1"])).verdict == .pass)
  }

  @Test func unknownWithoutAFileOrWithAWrongCheck() async throws {
    let absent = await probe(["config": .string(root + "/absent")]).run(in: context(["web-1"]))
    #expect(absent.verdict == .unknown)
    let wrong = await probe(["checks": .strings(["rootlogin"])]).run(in: context(["web-1"]))
    #expect(wrong.verdict == .unknown)
  }

  @Test func asksTheServerItself() async throws {
    // Only the server knows that there is no such keyword.
    try write("sshd_config", Self.good + "NoSuchKeyword yes\n")
    let finding = await probe(["config": .string(root + "/sshd_config")])
      .run(in: context(["web-1"]))
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("refuses its configuration"), "is openssh-server installed?")
  }

  @Test(arguments: [
    good, "PermitRootLogin yes\n" + good, "", "ChallengeResponseAuthentication no\n",
    "PermitRootLogin without-password\n", "Include ROOT/d/*.conf\n" + good,
    "Match User x\n" + good, "Match all\n" + good,
    "AuthenticationMethods publickey,password publickey\n",
    "permitrootlogin=no\nPasswordAuthentication = \"no\"\n",
  ])
  func readsAsTheServerDoes(_ text: String) async throws {
    try? FileManager.default.createDirectory(
      atPath: "/run/sshd", withIntermediateDirectories: false)
    let key = root + "/key"
    let environment = ["PATH": "/usr/sbin:/usr/bin:/bin"]
    let deadline = ContinuousClock.now + .seconds(30)
    _ = try await Command(
      program: "ssh-keygen", arguments: ["-q", "-t", "ed25519", "-N", "", "-f", key],
      environment: environment, deadline: deadline
    ).output()
    try write(
      "d/a.conf", "PermitRootLogin forced-commands-only\nMatch User x\nPermitRootLogin yes\n")
    let seen = try read(text.replacing("ROOT", with: root))
    let answer = try await Command(
      program: "sshd", arguments: ["-T", "-h", key, "-f", root + "/sshd_config"],
      environment: environment, deadline: deadline
    ).output()
    try #require(answer.succeeded, "\(answer.errors)")
    let dumped = SSHServerConfiguration.dump(answer.text)
    for keyword in SSHServerConfiguration.defaults.keys {
      #expect(seen.value(keyword) == dumped[keyword], "\(keyword)")
    }
  }
}
