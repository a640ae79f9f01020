internal import Checklist
internal import Crypto
import Glibc

/// What a tool wrote elsewhere, for example in a pipeline: a file with its digest and its age.
struct ToolReport: Equatable, Sendable {
  /// As the user named it.
  var path: String
  var json: ToolJSON
  /// SHA-256 of its bytes, in hexadecimal.
  var digest: String
  /// When the file was last written.
  var written: Timestamp

  private static let sizeLimit = 64 << 20

  /// Why a report says nothing.
  struct Fault: Error, Equatable {
    var reason: String
    var hint: String

    var finding: Finding { .unknown(reason, hint: hint) }
  }

  /// Reads a file of at most 64 MiB that is no older than a period.
  init(_ path: String, within: Period, now: Timestamp) throws(Fault) {
    let bytes: [UInt8]
    switch FileBytes.read(path, limit: Self.sizeLimit) {
    case .content(let content): bytes = content
    case .absent:
      throw Fault(reason: "there is no \(path)", hint: "let the pipeline write it first")
    case .tooLarge:
      throw Fault(reason: "\(path) is larger than 64 MiB", hint: "hand over the report alone")
    case .notRegular, .unreadable:
      throw Fault(reason: "\(path) cannot be read", hint: "name a file that you may read")
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Fault(reason: "\(path) is gone", hint: "run it again")
    }
    self.path = path
    written = Timestamp(seconds: status.st_mtim.tv_sec)
    digest = SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    do {
      json = try ToolJSON(bytes)
    } catch {
      throw Fault(
        reason: "\(path) is no JSON document: \(error.reason) at byte \(error.offset)",
        hint: "hand over what the tool writes with its option for JSON, and nothing beside it")
    }
    try Self.check(written, within, now, path)
  }

  /// Refuses what is too old, or dated ahead of the clock.
  static func check(
    _ date: Timestamp, _ within: Period, _ now: Timestamp, _ path: String
  ) throws(Fault) {
    let hint = "write it anew, and hand it over within \(within)"
    guard date <= now + Period(seconds: 300) else {
      throw Fault(reason: "\(path) is dated \(date.rfc3339), which is ahead of now", hint: hint)
    }
    guard date + within >= now else {
      throw Fault(
        reason: "\(path) is of \(date.rfc3339), which is more than \(within) ago", hint: hint)
    }
  }

  /// Which bytes they were and how old, for a finding.
  func origin(_ now: Timestamp) -> String {
    let minutes = max(0, now.seconds - written.seconds) / 60
    let age = minutes < 120 ? "\(minutes) minutes" : "\(minutes / 60) hours"
    return "\(path), SHA-256 \(digest), written \(written.rfc3339), \(age) before"
  }
}
