/// The name of an image: `registry:5000/team/app:1.2@sha256:…`.
struct ImageReference: Equatable, Sendable {
  /// How firmly the name stands for one image.
  enum Pin: Equatable, Sendable {
    case digest
    case malformed
    case tag(String)
    case untagged
  }

  let pin: Pin

  init(_ image: String) {
    if let at = image.firstIndex(of: "@") {
      let digest = image[image.index(after: at)...]
      let hex = digest.dropFirst("sha256:".count)
      let isDigest =
        digest.hasPrefix("sha256:") && hex.utf8.count == 64
        && hex.utf8.allSatisfy(ByteSet.lowerHex.contains)
      pin = isDigest ? .digest : .malformed
    } else {
      // A colon before the last slash belongs to the port of the registry.
      let name = image.split(separator: "/").last ?? ""
      pin =
        name.firstIndex(of: ":").map { .tag(String(name[name.index(after: $0)...])) } ?? .untagged
    }
  }
}
