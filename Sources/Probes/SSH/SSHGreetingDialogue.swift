/// Reads a server's identification and what it offers, without going on.
struct SSHGreetingDialogue: ServiceDialogue {
  private var transport = SSHTransport()

  let opening = Array("SSH-2.0-launchgate\r\n".utf8)

  mutating func read(_ part: [UInt8]) -> DialogueStep<SSHTransport.Greeting> {
    transport.append(part)
    if transport.identification == nil {
      switch transport.readIdentification() {
      case .failure(let failure): return .failed(failure)
      case .success, nil: break
      }
    }
    guard let identification = transport.identification else { return .wait }
    // A server of the first version goes on in its own way.
    if identification.hasPrefix("SSH-1."), !identification.hasPrefix("SSH-1.99") {
      let nothing = SSHAlgorithms(keyExchanges: [], hostKeys: [], ciphers: [], macs: [])
      return .done(.init(identification: identification, algorithms: nothing))
    }
    switch transport.nextPayload() {
    case nil: return .wait
    case .failure(let failure): return .failed(failure)
    case .success(let payload):
      guard let algorithms = SSHAlgorithms(payload) else {
        return .failed(.malformed("no SSH key exchange lists"))
      }
      return .done(.init(identification: identification, algorithms: algorithms))
    }
  }
}
