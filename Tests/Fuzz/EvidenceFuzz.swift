internal import Checklist
internal import Foundation

/// What libFuzzer calls: the first byte chooses how the rest is read, so that no mutation has to hit a digest.
///
/// Whatever is accepted has to be written back as the same bytes; anything else aborts the run.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzEvidence(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let way = input.first else { return 0 }
  let rest = Array(input.dropFirst())
  switch way % 6 {
  case 0: readFile(rest)
  case 1: readFile(file(ofRecord: rest))
  case 2: readSignature(String(decoding: rest, as: UTF8.self))
  case 3: readSignature(armour(rest))
  case 4: _ = try? AllowedSigners(rest)
  default: _ = try? StampedTime(der: rest)
  }
  return 0
}

private func readFile(_ bytes: [UInt8]) {
  guard let evidence = try? EvidenceReader.read(bytes) else { return }
  // The reader and the writer share no code: what one takes for canonical the other has to write.
  precondition(evidence.entries.allSatisfy { CanonicalJSON.bytes($0.record.value) == $0.bytes })
  guard let again = try? EvidenceReader.read(evidence.rendered),
    again.entries.map(\.line).sorted(by: { $0.lexicographicallyPrecedes($1) })
      == evidence.entries.map(\.line).sorted(by: { $0.lexicographicallyPrecedes($1) })
  else { preconditionFailure("what was accepted does not read back as it was written") }
}

private func file(ofRecord record: [UInt8]) -> [UInt8] {
  var bytes = Array(EvidenceReader.header.utf8)
  bytes += "\n,{\"id\":\"\(Digest(of: record))\",\"record\":".utf8
  bytes += record
  bytes += ",\"signatures\":[]}\n]\n".utf8
  return bytes
}

private func readSignature(_ text: String) {
  guard let signature = try? SSHSignature(armoured: text) else { return }
  _ = signature.verifies(Array("message".utf8))
}

private func armour(_ blob: [UInt8]) -> String {
  "-----BEGIN SSH SIGNATURE-----\n\(Data(blob).base64EncodedString())\n-----END SSH SIGNATURE-----\n"
}
