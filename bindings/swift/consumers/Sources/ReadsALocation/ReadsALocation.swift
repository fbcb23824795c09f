import Scruple
import ScrupleLocation

/// A host's only way to it: it cannot be read but by a session.
let source = Source.fuzzyLocation

func location() throws -> Coordinates? {
    #if OFFENDING
        // fails: cannot find 'LocationReader' in scope
        return try LocationReader(.reduced).read(deadlineMs: 1000)
    #else
        return nil
    #endif
}
