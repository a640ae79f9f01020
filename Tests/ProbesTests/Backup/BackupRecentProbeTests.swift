import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct BackupRecentProbeTests {
  private static let now = Timestamp(seconds: 1_800_000_000)

  private func judge(
    _ copies: [(hours: Int, bytes: Int)], gap: String? = nil, made: Int? = nil
  ) -> Finding {
    var listing = BackupListing(json: Array(#"{"KeyCount":0}"#.utf8), made: made)
    listing.gap = gap
    listing.copies = copies.enumerated().map { number, copy in
      BackupCopy(
        name: "b\(number)", time: Self.now.seconds - copy.hours * 3_600, bytes: copy.bytes)
    }
    return BackupRecentProbe.judge(listing, "", within: .hours(26), now: Self.now)
  }

  @Test(
    arguments: [
      ([(2, 100), (26, 100), (50, 90)], Finding.Verdict.pass), ([(26, 100), (50, 100)], .pass),
      ([(27, 100), (50, 100)], .fail), ([], .fail), ([(2, 0), (26, 100)], .fail),
      ([(2, 49), (26, 100), (50, 100)], .fail), ([(2, 50), (26, 100), (50, 100)], .pass),
      ([(2, 100)], .review), ([(-48, 100), (26, 100)], .review), ([(50, 100), (2, 100)], .pass),
    ] as [([(hours: Int, bytes: Int)], Finding.Verdict)])
  func judges(_ copies: [(hours: Int, bytes: Int)], _ expected: Finding.Verdict) {
    let finding = judge(copies)
    #expect(finding.verdict == expected, "\(copies): \(finding.everything)")
  }

  @Test func aPartialOrOldListingSaysNothing() {
    let good = [(hours: 2, bytes: 100), (hours: 26, bytes: 100)]
    #expect(judge(good).verdict == .pass)
    #expect(judge(good, gap: "the listing is cut off").verdict == .unknown)
    #expect(judge([], gap: "the listing is cut off").verdict == .unknown)
    #expect(judge(good, made: Self.now.seconds - 27 * 3_600).verdict == .unknown)
    #expect(judge([], made: Self.now.seconds - 27 * 3_600).verdict == .unknown)
    #expect(judge(good, made: Self.now.seconds - 60).verdict == .pass)
  }

  @Test(
    "whatever is wrong with the newest that is listed, a newer one may be missing from the list",
    arguments: [
      [], [(30, 100), (50, 100)], [(2, 0), (26, 100)], [(2, 10), (26, 100), (50, 100)],
    ]
      as [[(hours: Int, bytes: Int)]])
  func aPartialListingFailsNothing(_ copies: [(hours: Int, bytes: Int)]) {
    #expect(judge(copies).verdict == .fail)
    let partial = judge(copies, gap: "the listing is cut off")
    #expect(partial.verdict == .unknown && partial.hint?.contains("all pages") == true)
    #expect(partial.details.allSatisfy { $0.verdict != .fail })
    // The same place with all of its list: the newest is neither old nor small.
    #expect(judge([(1, 100)] + [(25, 100), (49, 100), (73, 100)]).verdict == .pass)
  }

  @Test func whatIsSeenOnAPartialListStaysSeen() {
    let partial = judge([(2, 100), (26, 100)], gap: "the listing is cut off")
    #expect(
      partial.details.map(\.verdict).sorted { $0.rawValue < $1.rawValue } == [
        .pass, .pass, .unknown,
      ])
  }

  @Test(arguments: [
    "", "[]", "{", "{}", #"{"Contents":{}}"#, #"{"Contents":[{"Key":"a"}]}"#,
    #"{"Contents":[{"Key":"a","Size":"1","LastModified":"2026-11-21T02:16:09Z"}]}"#,
    #"{"Contents":[{"Key":"a","Size":1,"LastModified":"yesterday"}]}"#,
    #"{"Contents":[{"Key":"a","Size":1,"LastModified":"2026-11-21T02:16:09+05:00"}]}"#,
    "An error occurred (AccessDenied) when calling the ListObjectsV2 operation",
  ])
  func unknownForWhatIsNoListing(_ text: String) {
    let listing = BackupListing(json: Array(text.utf8), made: nil)
    let finding = BackupRecentProbe.judge(listing, "", within: .hours(26), now: Self.now)
    #expect(finding.verdict == .unknown, "\(text): \(finding.everything)")
  }

  // The shape of the answer is that of the S3 API's ListObjectsV2.
  @Test func readsAListing() {
    let text = """
      {"Contents":[
        {"Key":"db/2026-11-20.dump","LastModified":"2026-11-20T02:16:09.000Z","ETag":"x","Size":100,
         "StorageClass":"STANDARD"},
        {"Key":"db/2026-11-21.dump","LastModified":"2026-11-21T02:16:09+00:00","Size":101},
        {"Key":"db/","LastModified":"2026-11-21T03:16:09+00:00","Size":0}],
       "RequestCharged":null}
      """
    let listing = BackupListing(json: Array(text.utf8), made: nil)
    #expect(listing.copies.map(\.bytes) == [100, 101])
    let run = { (now: String, name: String) in
      BackupRecentProbe.judge(
        listing, name, within: .hours(26), now: Timestamp(rfc3339: now) ?? Self.now
      ).verdict
    }
    #expect(run("2026-11-21T12:00:00Z", "") == .pass)
    #expect(run("2026-11-23T12:00:00Z", "") == .fail)
    #expect(run("2026-11-21T12:00:00Z", ".tar") == .fail, "no backup has such a name")
    let cut = text.replacing("\"RequestCharged\":null", with: "\"IsTruncated\":true")
    #expect(BackupListing(json: Array(cut.utf8), made: nil).gap != nil)
  }

  @Test func looksIntoAFolder() async throws {
    let folder = try TemporaryFolder()
    let run = { (parameters: [String: JSONValue]) in
      await BackupRecentProbe(parameters: Parameters(parameters))
        .run(in: ProbeContext(hostName: "here", now: .real))
    }
    let path: [String: JSONValue] = ["path": .string(folder.path)]
    #expect(await run(path).verdict == .fail, "an empty folder")
    for (name, hours) in [("a.dump", 50), ("b.dump", 26), ("c.dump", 2)] {
      let file = try folder.write(name, String(repeating: "x", count: 1_000))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: TimeInterval(-hours * 3_600))],
        ofItemAtPath: file)
    }
    let finding = await run(path)
    #expect(finding.verdict == .pass, "\(finding.everything)")
    #expect(finding.coverage["backups"] == 3)
    _ = try folder.write("note.txt", "x")
    #expect(await run(path).verdict == .fail, "a note is a small backup, unless names are given")
    #expect(await run(path.merging(["name": .string(".dump")]) { $1 }).verdict == .pass)
    #expect(
      await run(path.merging(["name": .string(".dump"), "within": .string("1h")]) { $1 }).verdict
        == .fail)
    #expect(await run(["path": .string(folder.path + "/none")]).verdict == .unknown)
    #expect(await run([:]).verdict == .unknown)
    // A link to a recent file somewhere else is no backup in this place.
    let other = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: other.path + "/c.dump", withDestinationPath: folder.path + "/c.dump")
    #expect(await run(["path": .string(other.path)]).verdict == .fail)
  }
}
