import Checklist
import Testing

@testable import Probes

@Suite struct AddressTests {
  @Test(arguments: [
    ("127.0.0.1", Vantage.Network.loopback), ("127.9.9.9", .loopback), ("::1", .loopback),
    ("0.0.0.0", .loopback), ("::", .loopback), ("::ffff:127.0.0.1", .loopback),
    ("10.1.2.3", .privateNetwork), ("172.16.0.1", .privateNetwork),
    ("172.31.255.255", .privateNetwork), ("192.168.1.1", .privateNetwork),
    ("169.254.1.1", .privateNetwork), ("100.64.0.1", .privateNetwork),
    ("fd00::1", .privateNetwork), ("fe80::1", .privateNetwork),
    ("::ffff:10.0.0.1", .privateNetwork), ("64:ff9b::10.0.0.1", .privateNetwork),
    ("172.32.0.1", .internet), ("203.0.113.9", .internet), ("100.128.0.1", .internet),
    ("2001:db8::1", .internet), ("192.169.0.1", .internet), ("64:ff9b::203.0.113.1", .internet),
  ])
  func saysWhatLiesBetween(_ text: String, _ network: Vantage.Network) throws {
    #expect(try #require(IPAddress(text)).network == network)
  }

  @Test func oneNearAddressIsEnoughToDistrustTheView() throws {
    let far = try #require(IPAddress("203.0.113.9"))
    let near = try #require(IPAddress("10.0.0.1"))
    #expect(NameResolution.network(of: [far]) == .internet)
    #expect(NameResolution.network(of: [far, near]) == .privateNetwork)
    #expect(NameResolution.network(of: []) == .privateNetwork)
  }

  @Test(arguments: ["", "localhost", "127.1", "1.2.3.4.5", "::g", "0x7f000001"])
  func refusesOtherSpellings(_ text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func authorisesNamesAndNamesWithPorts() {
    let hosts = AuthorisedHosts(["Shop.Example", "api.example:8443", "::1", "[2001:db8::1]:443"])
    #expect(hosts.allows("shop.example", port: 1))
    #expect(hosts.allows("api.example", port: 8443))
    #expect(hosts.allows("::1", port: 99))
    #expect(hosts.allows("2001:db8::1", port: 443))
    #expect(!hosts.allows("2001:db8::1", port: 80))
    #expect(!hosts.allows("api.example", port: 443))
    #expect(!hosts.allowsEveryPort(of: "api.example"))
    #expect(!hosts.allows("www.shop.example", port: 443))
    #expect(!hosts.allows("shop.example.evil.example", port: 443))
    #expect(!AuthorisedHosts([]).allows("shop.example", port: 443))
  }
}

@Suite struct RedactionTests {
  @Test(arguments: [
    ("https://a.example/x?token=abc&y=1#z", "https://a.example/x?token=[redacted]&y=[redacted]"),
    ("/reset?k", "/reset?k=[redacted]"),
    ("https://user:pw@a.example/", "https://[redacted]@a.example/"),
    ("/plain", "/plain"),
  ])
  func takesValuesOutOfURLs(_ url: String, _ expected: String) {
    #expect(Redaction.url(url) == expected)
  }

  @Test(arguments: [
    ("Set-Cookie", "sid=abc; Path=/; Secure", "Set-Cookie: sid=[redacted]; Path=/; Secure"),
    ("set-cookie", "bare", "set-cookie: [redacted]"),
    ("Authorization", "Bearer abc", "Authorization: [redacted]"),
    ("X-Api-Key", "abc", "X-Api-Key: [redacted]"),
    ("X-CSRF-Token", "abc", "X-CSRF-Token: [redacted]"),
    ("Location", "/x?code=abc", "Location: /x?code=[redacted]"),
    ("Server", "nginx", "Server: nginx"),
  ])
  func takesSecretsOutOfFields(_ name: String, _ value: String, _ expected: String) {
    #expect(Redaction.field(name, value) == expected)
  }
}
