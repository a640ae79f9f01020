/// How the presented certificates follow one another, from the leaf upward.
struct ChainOrder: Sendable {
  /// An issuer that stands elsewhere than right after what it issued.
  private(set) var misplaced: PresentedCertificate?
  /// Certificates that belong to no path from the leaf.
  private(set) var needless: [PresentedCertificate] = []

  init(_ chain: [PresentedCertificate]) {
    guard var current = chain.first else { return }
    var path: Set<String> = [current.keyDigest]
    var next = 1
    while !current.isSelfIssued,
      let place = chain.indices.dropFirst().first(where: {
        chain[$0].subject == current.issuer && !path.contains(chain[$0].keyDigest)
      })
    {
      let issuer = chain[place]
      if place != next { misplaced = misplaced ?? issuer }
      path.insert(issuer.keyDigest)
      next = place + 1
      current = issuer
    }
    // A cross-signed copy has the key of one on the path.
    needless = chain.filter { !path.contains($0.keyDigest) }
  }
}
