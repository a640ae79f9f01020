import Checklist
import Testing

/// One of something is not called several.
@Suite struct CountedTests {
  @Test func oneIsSingular() {
    #expect([0, 1, 2].map { $0.counted("point") } == ["0 points", "1 point", "2 points"])
    #expect(1.counted("entry is", "entries are") == "1 entry is")
    #expect(3.counted("entry is", "entries are") == "3 entries are")
  }

  /// By the kinds that probes name.
  @Test(arguments: [
    ("requests", "request"), ("addresses", "address"), ("hashes", "hash"),
    ("processes", "process"), ("dependencies", "dependency"), ("entries", "entry"),
    ("certificates", "certificate"), ("paths", "path"), ("weak-suites", "weak-suite"),
    ("objects-seen-before", "object-seen-before"), ("bytes", "byte"), ("tls", "tls"),
    ("images", "image"), ("cookies", "cookie"),
  ])
  func whatWasLookedAtIsCounted(many: String, one: String) {
    var finding = Finding(.pass, "good")
    finding.coverage = [many: 1, "zones": 2]
    #expect(finding.coverageInWords.contains("1 \(one)"))
    #expect(finding.coverageInWords.contains("2 zones"))
    finding.coverage = [many: 12]
    #expect(finding.coverageInWords == ["12 \(many)"])
  }
}
