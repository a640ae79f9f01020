internal import Checklist

extension NetworkTarget {
  /// A curl command that asks the same place in the same way, overrides and authority included.
  func curl(_ options: String, _ url: TargetURL) -> String {
    var words = ["curl", options]
    if url.scheme == .https, let file = configuration.caFile {
      words += ["--cacert", Self.quoted(file)]
    }
    if let place = override(url.host, url.port) {
      words += ["--connect-to", Self.quoted("\(url.host):\(url.port):\(place)")]
    }
    if let proxy { words += ["--proxy", Self.quoted(proxy.origin), "--proxytunnel"] }
    return (words + [Self.quoted(Redaction.url("\(url)"))]).joined(separator: " ")
  }

  /// An openssl command that shakes hands with the same place in the same way.
  func openssl(_ options: String) -> String {
    let place = override(url.host, tlsPort) ?? secureURL.hostAndPort
    var words = ["openssl s_client -connect", Self.quoted(place)]
    if IPAddress(url.host) == nil { words += ["-servername", url.host] }
    if let file = configuration.caFile { words += ["-CAfile", Self.quoted(file)] }
    if let proxy { words += ["-proxy", Self.quoted(proxy.hostAndPort)] }
    return (words + [options, "</dev/null"]).joined(separator: " ")
  }

  /// An nmap command that lists the suites of the same place.
  var suiteScan: String {
    let place = TargetURL("https://" + (override(url.host, tlsPort) ?? secureURL.hostAndPort))
    var words = ["nmap -Pn -p \(place?.port ?? tlsPort) --script ssl-enum-ciphers"]
    if IPAddress(url.host) == nil { words.append("--script-args tls.servername=\(url.host)") }
    return (words + [place?.host ?? url.host]).joined(separator: " ")
  }

  private func override(_ host: String, _ port: Int) -> String? {
    guard let text = configuration.resolve["\(host):\(port)"] ?? configuration.resolve[host] else {
      return nil
    }
    guard let address = IPAddress(text) else { return text }
    return address.bytes.count == 16 ? "[\(text)]:\(port)" : "\(text):\(port)"
  }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy {
      (0x30...0x3A).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || [0x2D, 0x2E, 0x2F, 0x5F].contains($0)
    }
    return isPlain
      ? word
      : "'"
        + word.split(
          separator: "'", omittingEmptySubsequences: false
        ).joined(separator: "'\\''") + "'"
  }
}

extension TargetURL {
  /// `shop.example:443`, with brackets around an IPv6 address.
  var hostAndPort: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
