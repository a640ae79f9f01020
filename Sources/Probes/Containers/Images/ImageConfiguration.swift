/// What an image says about itself, and how it was built (OCI image specification 1.1, config).
struct ImageConfiguration: Equatable {
  /// `NAME=VALUE`, as every process in a container and everybody with the image reads them.
  var environment: [String]
  /// The instructions with which it was built, as far as the builder kept them.
  var history: [String]
  /// Labels and the commands that are run: texts in which a secret may stand.
  var texts: [String]
  /// SHA-256 of each layer, unpacked, in hexadecimal.
  var layerDigests: [String]

  init(_ json: ToolJSON) throws(ArchiveFault) {
    guard let digests = json["rootfs"]?["diff_ids"]?.array else {
      throw ArchiveFault("the image does not say which layers it has")
    }
    layerDigests = []
    for digest in digests {
      guard let text = digest.string, text.hasPrefix("sha256:") else {
        throw ArchiveFault("a layer is named by another digest than SHA-256")
      }
      layerDigests.append(String(text.dropFirst(7)))
    }
    let config = json["config"]
    environment = (config?["Env"]?.array ?? []).compactMap(\.string)
    history = (json["history"]?.array ?? []).compactMap { $0["created_by"]?.string }
    let labels = (config?["Labels"]?.object ?? [:]).sorted { $0.key < $1.key }
    texts = labels.map { "\($0.key)=\($0.value.string ?? "")" }
    for key in ["Cmd", "Entrypoint"] {
      texts.append((config?[key]?.array ?? []).compactMap(\.string).joined(separator: " "))
    }
    texts += (json["history"]?.array ?? []).compactMap { $0["comment"]?.string }
  }
}
