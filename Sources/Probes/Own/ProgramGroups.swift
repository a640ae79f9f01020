import Glibc
internal import Synchronization

/// The programs of one's own that run now, by the process groups that they lead.
///
/// They have sessions of their own, so that no signal of a terminal reaches them: whoever ends
/// this program ends them as well.
public enum ProgramGroups {
  private static let running = Mutex<Set<pid_t>>([])

  /// Ends them all with everything that they started; for the end of this program.
  public static func endAll() {
    for group in running.withLock({ $0 }) { kill(-group, SIGKILL) }
  }

  /// A program has been started.
  static func began(_ group: pid_t) { running.withLock { _ = $0.insert(group) } }

  /// A program was ended, and its number is still its own.
  static func ended(_ group: pid_t) { running.withLock { _ = $0.remove(group) } }
}
