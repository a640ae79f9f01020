/// A block of nginx's configuration: its directives in order, and the blocks in it.
struct NginxBlock: Equatable, Sendable {
  /// `location /api`, or nothing for the whole file.
  var words: [String] = []
  var directives: [[String]] = []
  var blocks: [NginxBlock] = []

  /// The last directive of that name, without the name.
  func last(_ name: String) -> [String]? {
    directives.last { $0.first == name }.map { Array($0.dropFirst()) }
  }

  /// Every server and location, with what it inherits.
  func locations() -> [NginxLocation] {
    let http = blocks.filter { $0.words.first == "http" }
    return http.flatMap { http in
      let outer = NginxLocation(name: "http").within(http)
      return http.blocks.filter { $0.words.first == "server" }.flatMap { server in
        let name = server.last("server_name")?.first ?? "_"
        let port = server.last("listen")?.first ?? "80"
        return Self.locations(
          server, outer, name: "\(name):\(port.split(separator: ":").last ?? "")")
      }
    }
  }

  private static func locations(
    _ block: NginxBlock, _ outer: NginxLocation, name: String
  ) -> [NginxLocation] {
    var own = outer.within(block)
    own.name = name
    let inner = block.blocks.filter { ["location", "if", "limit_except"].contains($0.words.first) }
    return [own]
      + inner.flatMap { inner in
        locations(inner, own, name: "\(name) \(inner.words.joined(separator: " "))")
      }
  }

  /// Addresses of the servers of each `upstream`.
  func upstreams() -> [String: [String]] {
    var groups: [String: [String]] = [:]
    for http in blocks where http.words.first == "http" {
      for group in http.blocks where group.words.first == "upstream" && group.words.count == 2 {
        groups[group.words[1]] = group.directives.filter { $0.first == "server" }.compactMap {
          $0.count > 1 ? $0[1] : nil
        }
      }
    }
    return groups
  }
}
