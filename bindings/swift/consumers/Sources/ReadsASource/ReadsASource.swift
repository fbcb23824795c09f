import Scruple

func userAgent(of source: Source) -> String? {
    #if OFFENDING
        // fails: 'native' is inaccessible due to 'internal' protection level
        return "\(source.native())"
    #else
        return nil
    #endif
}
