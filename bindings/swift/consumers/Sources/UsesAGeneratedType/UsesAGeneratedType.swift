import Scruple
// SwiftPM builds all modules into one directory, so this finds it; but there is nothing in it for others.
import ScrupleBindings

#if OFFENDING
    // fails: no type named 'Session' in module 'ScrupleBindings'
    func reopen() throws -> ScrupleBindings.Session? { nil }
#endif
