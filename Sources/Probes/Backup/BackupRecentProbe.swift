public import Checklist
internal import Foundation

/// Whether the newest backup is new enough and as large as its predecessors.
public struct BackupRecentProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "backup.recent", version: 1,
    claim: "The newest backup is recent, and not much smaller than those before it.",
    standards: ["NIST CP-9"], scope: .files,
    method: """
      Lists the files of a folder, or reads what `aws s3api list-objects-v2` wrote to a file (32 \
      MiB at most). No backup, a newest one that is too old, that is empty, or that has less than \
      half the median size of the seven before it fails. A listing that is cut off or itself too \
      old says nothing. Contents are not read: only a restore shows that a backup is one.
      """,
    facts: "whether there is a recent one, and whether its size is usual",
    fix: "Repair the schedule that writes the backups, and have it alert when a run is missing.",
    reproduce: "ls -lt FOLDER | head, or aws s3api list-objects-v2 --bucket B --prefix P",
    parameters: [
      .init("path", .text, "the folder, or the file with the listing", isRequired: true),
      .init(
        "within", .period, "the greatest age of the newest; 26h unless given", stricter: .lower),
      .init("name", .text, "what names of backups hold, such as .dump; any name unless given"),
    ], standsFor: ["aws s3 ls"])

  private let path: String
  private let within: Period
  private let name: String

  /// A probe of that place.
  public init(parameters: Parameters) {
    path = parameters.text("path") ?? ""
    within = parameters.period("within") ?? .hours(26)
    name = parameters.text("name") ?? ""
  }

  /// Lists the backups and judges the newest.
  public func run(in context: ProbeContext) async -> Finding {
    let file = NamedFile(name: path, top: context.repository)
    var isFolder: ObjCBool = false
    guard !path.isEmpty, FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
    else {
      return Self.local(
        .unknown(
          "\(path) is not there", hint: "run it where the backups are, or write a listing to a file"
        ), context)
    }
    if isFolder.boolValue {
      return Self.local(
        Self.judge(BackupListing(folder: file.path), name, within: within, now: context.now),
        context)
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    let made = (attributes?[.modificationDate] as? Date).map { Int($0.timeIntervalSince1970) }
    guard case .content(let bytes) = FileBytes.read(file.path, limit: 32 << 20) else {
      return Self.local(
        .unknown("\(path) cannot be read", hint: "write the listing anew, up to 32 MiB"), context)
    }
    return Self.local(
      Self.judge(BackupListing(json: bytes, made: made), name, within: within, now: context.now),
      context)
  }

  /// Fails on a newest backup that is missing, old, empty or small; unknown on a partial list,
  /// which does not show which one is the newest.
  static func judge(
    _ listing: BackupListing, _ name: String, within: Period, now: Timestamp
  ) -> Finding {
    let wayOut = "aws s3api list-objects-v2 --no-cli-pager … > FILE, all pages of it, and run again"
    if let trouble = listing.trouble { return .unknown(trouble, hint: wayOut) }
    let copies = listing.copies.filter { name.isEmpty || $0.name.contains(name) }
      .sorted { $0.time > $1.time }
    var details: [Finding.Detail] = []
    if let made = listing.made, Timestamp(seconds: made) + within < now {
      details.append(.init(.unknown, "the listing itself is older than \(within)"))
    } else if let newest = copies.first {
      details += judge(newest, Array(copies.dropFirst().prefix(7)), within, now)
    } else {
      details.append(.init(.fail, "there is no backup"))
    }
    if let gap = listing.gap {
      // Each fault is one of the newest, and a newer one may be among those that are not listed.
      details = details.map { $0.verdict == .fail ? .init(.unknown, $0.text) : $0 }
      details.append(.init(.unknown, gap))
    }
    return Finding(
      of: details, passed: "the newest backup is recent and of the usual size", fix: manual.fix,
      wayOut: wayOut,
      facts: ["newest": details.map(\.verdict.rawValue).joined(separator: " ")],
      coverage: ["backups": copies.count])
  }

  private static func judge(
    _ newest: BackupCopy, _ earlier: [BackupCopy], _ within: Period, _ now: Timestamp
  ) -> [Finding.Detail] {
    let time = Timestamp(seconds: newest.time)
    var details: [Finding.Detail] = []
    if newest.time > now.seconds + 3_600 {
      details.append(.init(.review, "\(newest.name) is dated in the future, \(time.short)"))
    } else {
      details.append(
        time + within < now
          ? .init(
            .fail, "the newest backup, \(newest.name), is of \(time.short): older than \(within)")
          : .init(.pass, "\(newest.name) is of \(time.short)"))
    }
    let sizes = earlier.map(\.bytes).sorted()
    if newest.bytes == 0 {
      details.append(.init(.fail, "\(newest.name) is empty"))
    } else if sizes.isEmpty {
      details.append(.init(.review, "there is no earlier backup to compare the size with"))
    } else {
      let median = sizes[sizes.count / 2]
      details.append(
        newest.bytes < median / 2 + median % 2
          ? .init(.fail, "\(newest.name) has \(newest.bytes) bytes, the usual size is \(median)")
          : .init(.pass, "\(newest.name) has \(newest.bytes) bytes"))
    }
    return details
  }
}
