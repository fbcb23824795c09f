import Scruple

func open(_ snapshot: Snapshot) {
    #if OFFENDING
        // fails: 'native' is inaccessible due to 'private' protection level
        _ = snapshot.native
    #endif
}
