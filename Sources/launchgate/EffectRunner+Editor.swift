internal import Foundation
internal import Probes
internal import Session

extension EffectRunner {
  /// Lets the user write a note in the editor of their choice, which has the terminal meanwhile.
  func edit(_ text: String, named name: String) async throws {
    let environment = ProcessInfo.processInfo.environment
    let editor = Editor(environment)
    let folder = "\(StateFolder.path(environment))/drafts"
    let log = CommandLog.current
    let edited = await lending {
      Result { try editor.edit(text, named: name, in: folder, log: log) }
    }
    send(.edited(try edited.get()))
  }
}
