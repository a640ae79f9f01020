import Checklist
import Testing

@testable import Probes

/// What no program writes, and a file may hold all the same: nothing of it ends or stops a probe.
@Suite(.timeLimit(.minutes(3))) struct HostileAnswerTests {
  private static let now = Timestamp(seconds: 1_800_000_000)

  private func quickly(_ seconds: Int = 20, _ work: () throws -> Void) rethrows {
    let start = ContinuousClock.now
    try work()
    #expect(ContinuousClock.now - start < .seconds(seconds))
  }

  @Test func sizesOfBackupsMayBeAnyNumber() {
    let object = { (size: Int, day: Int) in
      "{\"Key\":\"a\",\"Size\":\(size),\"LastModified\":\"2027-01-1\(day)T00:00:00Z\"}"
    }
    for (newest, earlier, verdict) in [
      (Int.max, Int.max, Finding.Verdict.pass), (Int.max / 2, Int.max, .fail), (0, Int.max, .fail),
      (-1, 1, .unknown),
    ] {
      let text = "{\"Contents\":[\(object(newest, 5)),\(object(earlier, 4))]}"
      let listing = BackupListing(json: Array(text.utf8), made: nil)
      let finding = BackupRecentProbe.judge(listing, "", within: .hours(26), now: Self.now)
      #expect(finding.verdict == verdict, "\(newest): \(finding.everything)")
    }
  }

  @Test func numbersOfDependenciesAreNumbersOfThings() throws {
    let text = """
      {"auditReportVersion":2,"vulnerabilities":{},"metadata":{"vulnerabilities":
      {"high":0,"critical":0},"dependencies":{"total":9223372036854775807}}}
      """
    var seen = AuditObservation(manifests: [])
    for _ in 0..<2 { seen.add(try ToolJSON(Array(text.utf8)), named: "x", .days(1), Self.now) }
    #expect(DependenciesAuditProbe(parameters: Parameters()).judge(seen).verdict == .unknown)
  }

  @Test func rotationsAndTimesMayBeAnyNumber() async throws {
    let copy = try MachineCopy([
      "/etc/logrotate.conf": "/var/log/a {\n weekly\n rotate 9223372036854775807\n}\n",
      "/etc/systemd/journald.conf": "[Journal]\nStorage=persistent\nMaxRetentionSec="
        + String(repeating: "999999999y ", count: 1_000),
    ])
    let probe = LoggingRetentionProbe(
      parameters: Parameters(["checks": .strings(["retention"])]))
    #expect(await probe.look(at: copy.machine(), now: Self.now).verdict == .unknown)
    #expect(LogRotation.read(copy.machine()).rotations.map(\.days) == [Int.max])
  }

  @Test func bodiesOfNginxMayBeAnyNumber() {
    #expect(NginxLocation.bytes(["999999999999999g"]) == nil)
    #expect(NginxLocation.bytes(["8g"]) == 8 << 30)
  }

  @Test func filesThatIncludeEachOtherComeToAnEnd() throws {
    var files = ["/etc/nginx/nginx.conf": "http { include /etc/nginx/conf.d/*; }"]
    var rotated = ["/etc/logrotate.conf": "include /etc/logrotate.d\n"]
    for number in 0..<40 {
      files["/etc/nginx/conf.d/\(number)"] = "include /etc/nginx/conf.d/*;"
      rotated["/etc/logrotate.d/\(number)"] = "include /etc/logrotate.d\n"
    }
    let copy = try MachineCopy(files.merging(rotated) { $1 })
    quickly {
      var reader = NginxReader(NginxFiles(copy.machine(), "/etc/nginx/nginx.conf"))
      _ = reader.read("/etc/nginx/nginx.conf")
      #expect(reader.gaps.contains("the files include each other too often"))
      let gaps = LogRotation.read(copy.machine()).gaps
      #expect(gaps.contains("the files of logrotate include each other too often"))
    }
  }

  @Test func textsAreReadInOnePass() {
    quickly {
      #expect(LogForwarding.rsyslog(String(repeating: "action(", count: 20_000)).isEmpty)
      #expect(
        LogForwarding.rsyslog("action( action(type=\"omfwd\" Target=\"a.example\")")
          == ["rsyslog to a.example"])
      let commas = RelaxedJSON.strict(String(repeating: "[1 , ],", count: 10_000))
      #expect(commas.hasPrefix("[1 ],[1 ],"))
    }
  }

  @Test func aDocumentOfTooManyValuesIsRefused() throws {
    let bytes = Array("[\(String(repeating: "0,", count: 98))0]".utf8)
    var large = ToolJSONReader(bytes, most: 99)
    let fault = #expect(throws: ToolJSON.Fault.self) { try large.document() }
    #expect(fault?.reason == "it has too many values")
    var fitting = ToolJSONReader(bytes, most: 100)
    let read = try fitting.document()
    #expect(read.array?.count == 99)
  }
}
