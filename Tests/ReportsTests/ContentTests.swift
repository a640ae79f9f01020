import Evidence
import Gate
import Testing

@testable import Reports

/// What a reader of the report has to find in it.
@Suite struct ContentTests {
  @Test(arguments: [ReportFormat.html, .markdown])
  func thePageSaysWhoSignedAndWhatIsNotProven(_ format: ReportFormat) throws {
    let report = try RichLaunch(finishes: true).report()
    let text = String(decoding: format.bytes(report), as: UTF8.self)
    for words in [
      "Mara Lindqvist", "Tomas Vale", "no key", String(RichLaunch.key.dropFirst(7)),
      "was not checked",
      "allowed signers were given", "ssh-keygen -Y verify", "sha256sum",
      report.heads[0].description, "2026-12-02", "behind the VPN for now", "cookies.txt",
    ] { #expect(text.contains(words), "\(words)") }
  }

  @Test func atSealSaysWhatWasLeftOut() throws {
    let launch = try RichLaunch(finishes: true)
    let told = try launch.report()
    var source = told.source
    source.leftOut = 2
    source.isSealView = true
    let report = Report(
      launch.evidence, try Gate.evaluate(launch.evidence, at: launch.now),
      Assurance(hasSigners: false, established: [], notEstablished: []), from: source)
    #expect(report.scopeWords.contains("2 later or other records"))
    #expect(
      report.commands.last?.lines == [
        "launchgate report acme-shop-4.2.0.evidence.json --format html --at seal"
      ])
  }

  @Test func aSignatureIsSaidToBeWhatItIs() throws {
    let launch = try RichLaunch()
    let id = try #require(launch.evidence.entries.first { !$0.signatures.isEmpty }?.id)
    func words(_ trusted: [RecordID: String], _ untrusted: [RecordID: String]) throws -> String? {
      try launch.report(
        Assurance(
          hasSigners: true, established: [], notEstablished: [], trusted: trusted,
          untrusted: untrusted)
      ).points.first { $0.id == "4.2" }?.said?.signature
    }
    #expect(try words([id: "mara@acme.example"], [:])?.contains("allowed key of mara@") == true)
    #expect(try words([:], [id: "no allowed signer"])?.hasPrefix("NOT trusted") == true)
    #expect(try words([:], [:])?.contains("not checked") == true)
  }

  @Test func blockersOfOneReasonAreOneGroup() throws {
    let groups = try RichLaunch().report().blockerGroups
    #expect(groups.first?.state == .fail)
    #expect(groups.flatMap(\.points).count == (try RichLaunch().report().blockers.count))
  }
}

/// Texts of others, made harmless.
@Suite struct PlainTextTests {
  @Test(arguments: [
    ("a\u{202E}b", "a⟨U+202E⟩b"), ("a\u{0}b", "a⟨U+0000⟩b"), ("\u{200B}x", "⟨U+200B⟩x"),
    ("a\r\nb\tc", "a b c"), ("e\u{301}", "e\u{301}"), ("\u{301}e", "\u{25CC}\u{301}e"),
    ("\u{2800}", "⟨U+2800⟩"), ("\u{E000}", "⟨U+E000⟩"), ("日本", "日本"),
  ])
  func whatCannotBeSeenIsNamed(_ text: String, _ shown: String) {
    #expect(PlainText.line(text) == shown)
  }

  @Test func textsAreBounded() {
    let long = PlainText.line(String(repeating: "x", count: 100_000))
    #expect(long.unicodeScalars.count < 700 && long.contains("99400 more"))
    let marks = PlainText.line("e" + String(repeating: "\u{301}", count: 10_000))
    #expect(marks.unicodeScalars.count < 40 && marks.contains("marks left out"))
    #expect(PlainText.block("a\nb") == "a\nb")
  }

  @Test(arguments: [
    ("a.json", "a.json"), ("-a.json", "./-a.json"), ("a b", "'a b'"), ("a'$(id)", "'a'\\''$(id)'"),
    ("", "''"),
  ])
  func fileNamesAreSafeInAShell(_ name: String, _ quoted: String) {
    #expect(Report.shellQuoted(name) == quoted)
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), (" =1", "' =1"), ("\u{FF1D}1", "'\u{FF1D}1"), ("-2", "'-2"), ("@x", "'@x"),
    ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("plain", "plain"), ("", ""),
    ("=\"x\"", "\"'=\"\"x\"\"\""),
  ])
  func cellsAreNoFormulas(_ text: String, _ cell: String) {
    #expect(CSVReport.cell(text) == cell)
  }

  @Test(arguments: [
    ("mara@acme.example", true), ("m.l@a-b.example", true), ("mara@localhost", false),
    ("mara@x.test", false), ("a@b@c.example", false), ("m ara@acme.example", false),
    ("\"m\"@acme.example", false), ("mara@.example", false), ("", false),
  ])
  func onlyPlainAddressesAreAddresses(_ text: String, _ isAddress: Bool) {
    #expect(OSCALWords().isAddress(text) == isAddress)
  }

  /// Python's `uuid.uuid5(uuid.NAMESPACE_URL, "urn:launchgate:x")`.
  @Test func namesHaveTheirUUID() {
    #expect(NameUUID.of("x") == "24854ce5-664a-5252-9307-6cca21e62490")
  }
}
