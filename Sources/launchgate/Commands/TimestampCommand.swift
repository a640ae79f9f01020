internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Foundation

/// Lets an authority say since when a seal exists (RFC 3161).
struct TimestampCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timestamp", abstract: "Have the time of a seal stamped by an authority.",
    discussion: """
      launchgate contacts nobody: it writes the request, you send it, and the answer is stored \
      and later verified without any network (verify --tsa-ca).
      """,
    subcommands: [Request.self, Add.self])

  /// Writes the request for a seal.
  struct Request: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the request for a seal; the last one where none is named.")

    @OptionGroup var options: GlobalOptions
    @Argument(help: "Id of the seal; its beginning is enough.") var seal: String?
    @Option(name: .shortAndLong, help: "Where to write the request.") var output: String

    func run() throws {
      let evidence = try TimestampCommand.evidence(options)
      let entry = try seal.map { try RecordLookup.find($0, in: evidence) } ?? last(evidence)
      guard case .seal = entry.record.body else {
        throw Problem("\(entry.id.short) is no seal", code: Status.usage)
      }
      do {
        try Data(StampedTime.request(for: entry.id)).write(to: URL(fileURLWithPath: output))
      } catch {
        throw Problem("\(output) cannot be written", hint: "check the folder")
      }
      Output.say(
        """
        \(output) asks for a time stamp of the seal \(entry.id)
        send it: curl -H 'Content-Type: application/timestamp-query' --data-binary @\(output) URL > answer.tsr
        then: launchgate timestamp add answer.tsr
        """)
    }

    private func last(_ evidence: Evidence) throws -> Entry {
      let seals = evidence.entries.filter { if case .seal = $0.record.body { true } else { false } }
      let latest = evidence.latest(seals, record: \.id)
      guard let seal = latest.first, latest.count == 1 else {
        throw Problem(
          latest.isEmpty ? "there is no seal" : "there are \(latest.count) seals side by side",
          hint: latest.isEmpty ? "seal the release: launchgate seal" : "name one by its id",
          code: Status.usage)
      }
      return seal
    }
  }

  /// Stores the answer.
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Store the answer of an authority beside the seal that it stamps.",
      discussion: "Whether the authority is to be trusted is judged by: launchgate verify --tsa-ca")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var identity: IdentityOptions
    @Argument(help: "The answer (TimeStampResp) or the token alone, in DER.") var file: String
    @Flag(help: "One JSON document.") var json = false

    func run() throws {
      guard let handle = FileHandle(forReadingAtPath: file),
        let data = try? handle.read(upToCount: 256 << 10 + 1)
      else { throw Problem("\(file) cannot be read", hint: "check the path", code: Status.usage) }
      let stamp = try StampedTime(der: Array(data))
      let evidence = try TimestampCommand.evidence(options)
      guard let entry = evidence[stamp.imprint], case .seal = entry.record.body else {
        throw Problem(
          "the time stamp is over no seal of this launch",
          hint: "it stamps \(stamp.imprint); ask anew: launchgate timestamp request",
          code: Status.usage)
      }
      guard stamp.time <= Clock.now + Period(seconds: 300) else {
        throw Problem(
          "the time stamp is from \(stamp.time.rfc3339), which is still to come",
          hint: "check the clock of this machine", code: Status.usage)
      }
      let signing = try Signing(options, identity)
      try signing.write(.timestamp(TimestampToken(stamp)), json: json)
      if !json {
        Output.say(
          "the seal \(entry.id.short) is stamped with \(stamp.time.rfc3339); this is not verified "
            + "yet: launchgate verify --tsa-ca CA.pem")
      }
    }
  }

  private static func evidence(_ options: GlobalOptions) throws -> Evidence {
    guard let evidence = try LaunchRecorder(workspace: Workspace(options)).current() else {
      throw Problem(
        "there is no evidence yet", hint: "open the launch: launchgate probe", code: Status.usage)
    }
    return evidence
  }
}
