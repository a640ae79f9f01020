internal import Checklist
internal import Gate

/// Sentences that several formats share.
extension Report {
  /// What the verdict means here.
  var verdictWords: String {
    let open = counted.count - settled
    switch verdict {
    case .go:
      let end = validUntil.map { " It holds until \($0.rfc3339), when the first answer expires." }
      let points = counted.count.counted("point is", "points are")
      return "Nothing blocks this launch: all \(points) settled." + (end ?? "")
    case .noGo:
      return
        "\(Self.number(count(.fail), "point")) \(count(.fail) == 1 ? "is" : "are") known to be "
        + "wrong, and \(open - count(.fail)) more not known to be right."
    case .incomplete:
      return "Nothing is known to be wrong, but \(Self.number(open, "point")) "
        + "\(open == 1 ? "is" : "are") not known to be right."
    }
  }

  /// Which records and which moment were judged.
  var scopeWords: String {
    let moment = "judged as of \(at.rfc3339)"
    let records = Self.number(self.records.count, "record")
    if source.isSealView {
      return "\(moment): the \(records) up to the seal; \(source.leftOut) later or other records "
        + "of the file are left out"
    }
    return "\(moment): all \(records) of the file"
  }

  /// `5 OK, 2 FAIL`.
  var countWords: String {
    State.allCases.filter { count($0) > 0 }.map { "\(count($0)) \($0.rawValue)" }
      .joined(separator: ", ")
  }

  /// What this report leaves out or changes.
  var limits: [String] {
    [
      "Transcripts of probes, the full checklist and attached files are not in this report; "
        + "the evidence file has the first two, and the digests of all.",
      "Control characters, direction marks and invisible characters are shown as ⟨U+…⟩, "
        + "long texts are cut and say so; the record has the original bytes.",
      "Times are UTC, by the clocks of those who wrote the records.",
    ]
  }

  /// Commands by which anybody checks the file without launchgate.
  var commands: [(what: String, lines: [String])] {
    let file = Self.shellQuoted(source.file)
    return [
      (
        "With jq, sha256sum and ssh-keygen alone: is every record intact, and who signed it?",
        [
          "FILE=\(file)",
          "for i in $(jq 'keys[1:][]' \"$FILE\"); do",
          "  jq -cj \".[$i].record\" \"$FILE\" > record",
          "  if [ \"$(jq -r \".[$i].id\" \"$FILE\")\" = \\",
          "    \"sha256:$(sha256sum < record | cut -d' ' -f1)\" ]",
          "  then echo \"record $i is intact\"; else echo \"record $i was CHANGED\"; fi",
          "  for j in $(jq \".[$i].signatures | keys[]\" \"$FILE\"); do",
          "    jq -r \".[$i].signatures[$j].sshsig\" \"$FILE\" > record.sig",
          "    ssh-keygen -Y verify -f allowed_signers \\",
          "      -I \"$(jq -r \".[$i].record.by.email\" \"$FILE\")\" \\",
          "      -n launchgate -s record.sig < record || echo \"record $i has a WRONG signature\"",
          "  done",
          "done",
        ]
      ),
      (
        "All of it at once, with launchgate",
        ["launchgate verify \(file) --allowed-signers allowed_signers --strict" + expectedHead]
      ),
      (
        "This report again",
        [
          "launchgate report \(file) --format html --at "
            + (source.isSealView ? "seal" : at.rfc3339)
        ]
      ),
    ]
  }

  private var expectedHead: String {
    heads.count == 1 ? " \\\n  --expect-head \(heads[0])" : ""
  }

  /// `1 point`, `2 points`.
  static func number(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// The word as a POSIX shell takes it unchanged, also where it begins with a dash.
  static func shellQuoted(_ word: String) -> String {
    let path = word.hasPrefix("-") ? "./\(word)" : word
    let isSafe =
      !path.isEmpty
      && path.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x2F, 0x5F].contains(byte)
      }
    if isSafe { return path }
    let quoted = path.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''")
    return "'\(quoted)'"
  }
}
