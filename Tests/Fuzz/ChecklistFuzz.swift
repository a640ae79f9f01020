/// What libFuzzer calls: the first byte chooses what the rest is read as.
///
/// What is accepted has to mean the same when it is read back from a record; anything else aborts the run.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzChecklist(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let input = UnsafeBufferPointer(start: start, count: count)
  guard let way = input.first else { return 0 }
  let text = String(decoding: input.dropFirst(), as: UTF8.self)
  switch way % 4 {
  case 0: readChecklist(text)
  case 1: readConfiguration(text, launch: nil)
  case 2: readConfiguration(text, launch: "shop")
  default: readMoments(text)
  }
  return 0
}

private func readChecklist(_ text: String) {
  let checklist: Checklist
  do throws(DocumentFaults) {
    checklist = try Checklist.read(yaml: text, file: "fuzzed.yaml")
  } catch {
    precondition(!error.faults.isEmpty, "refused without a reason")
    for fault in error.faults { _ = fault.description }
    return
  }
  guard let again = try? Checklist.read(recorded: checklist.value), again == checklist else {
    preconditionFailure("a checklist does not read back as it was recorded")
  }
}

private func readConfiguration(_ text: String, launch: String?) {
  guard let configuration = try? Configuration.read(yaml: text, launch: launch) else { return }
  guard let again = try? Policy.read(recorded: configuration.policy.value),
    again == configuration.policy
  else { preconditionFailure("a policy does not read back as it was recorded") }
}

private func readMoments(_ text: String) {
  if let moment = Timestamp(rfc3339: text) {
    precondition(moment.rfc3339 == text, "a moment is not written as it was read")
    _ = CalendarDate("\(moment.date)")
  }
  if let date = CalendarDate(text) {
    precondition("\(date)" == text, "a day is not written as it was read")
  }
  if let period = Period(text) { _ = Timestamp(seconds: 0) + period }
}
