import Testing

@testable import Probes

@Suite struct TargetURLTests {
  @Test(arguments: [
    ("https://shop.example", "https://shop.example/"),
    ("HTTPS://Shop.Example:443/a?b=1#c", "https://shop.example/a?b=1"),
    ("http://shop.example.:8080/x", "http://shop.example:8080/x"),
    ("https://[::1]:8443/", "https://[::1]:8443/"),
    ("https://shop.example?x=1", "https://shop.example/?x=1"),
    ("http://127.0.0.1:1/", "http://127.0.0.1:1/"),
  ])
  func readsWhatIsAURL(_ text: String, _ expected: String) throws {
    #expect(try #require(TargetURL(text)).description == expected)
  }

  @Test(arguments: [
    "", "shop.example", "ftp://shop.example/", "https:shop.example", "https://", "https:///x",
    "https://user@shop.example/", "https://user:secret@shop.example/", "https://shop.example:0/",
    "https://shop.example:65536/", "https://shop.example:+80/", "https://shop.example:٣/",
    "https://shop.example/a b", "https://shop.example/\r\nX: y", "https://shöp.example/",
    "https://shop.example\\@evil.example/", "https://[::1/", "https://[nonsense]/",
    "https://-x.example/", "https://u../", "https://a..b/", "https://./",
    "https://sh%6Fp.example/", "javascript:alert(1)",
  ])
  func refusesWhatIsNone(_ text: String) {
    #expect(TargetURL(text) == nil)
  }

  @Test(arguments: [
    ("/x", "https://shop.example/x"), ("x", "https://shop.example/a/x"),
    ("../x?y", "https://shop.example/x?y"), ("./", "https://shop.example/a/"),
    ("?q=1", "https://shop.example/a/b?q=1"), ("//other.example/x", "https://other.example/x"),
    ("http://shop.example/", "http://shop.example/"), ("#top", "https://shop.example/a/b?c"),
    ("../../../../x", "https://shop.example/x"),
  ])
  func resolvesReferences(_ reference: String, _ expected: String) throws {
    let base = try #require(TargetURL("https://shop.example/a/b?c"))
    #expect(base.resolving(reference)?.description == expected)
  }

  @Test(arguments: ["javascript:alert(1)", "https://user@evil.example/", "/a b", "mailto:a@b"])
  func resolvesNothingElse(_ reference: String) throws {
    let base = try #require(TargetURL("https://shop.example/a"))
    #expect(base.resolving(reference) == nil)
  }
}
