//! Apple's list of functions that need a reason ("Describing use of required reason API"): what is on it, and the reasons.

/// Functions of one kind.
pub(crate) struct Category {
    /// Apple's name, after `NSPrivacyAccessedAPICategory`.
    pub(crate) name: &'static str,
    /// Every reason that may be given.
    pub(crate) reasons: &'static [Reason],
    /// The functions, constants and classes, as C and Objective-C name them.
    pub(super) symbols: &'static [&'static str],
    /// What only Swift names, or Objective-C by messages.
    pub(super) members: &'static [&'static str],
}

/// One reason.
pub(crate) struct Reason {
    /// Its name.
    pub(crate) code: &'static str,
    /// What it allows.
    pub(crate) why: &'static str,
}

const fn reason(code: &'static str, why: &'static str) -> Reason {
    Reason { code, why }
}

/// How a category's name begins in a privacy manifest.
pub(super) const PREFIX: &str = "NSPrivacyAccessedAPICategory";

/// All of them.
pub(crate) const CATEGORIES: &[Category] = &[
    Category {
        name: "FileTimestamp",
        reasons: &[
            reason("DDA9.1", "shown to the person, on the device only"),
            reason("C617.1", "of files in the app's own containers"),
            reason("3B52.1", "of files that the person gave access to"),
            reason("0A2A.1", "on behalf of the app, by a library that wraps the functions"),
        ],
        symbols: &[
            "NSFileCreationDate",
            "NSFileModificationDate",
            "NSURLContentModificationDateKey",
            "NSURLCreationDateKey",
            "fgetattrlist",
            "fstat",
            "fstatat",
            "getattrlist",
            "getattrlistat",
            "getattrlistbulk",
            "lstat",
            "stat",
        ],
        members: &[
            "contentModificationDate",
            "contentModificationDateKey",
            "creationDate",
            "creationDateKey",
            "fileModificationDate",
            "modificationDate",
        ],
    },
    Category {
        name: "SystemBootTime",
        reasons: &[
            reason("35F9.1", "time between events in the app, on the device only"),
            reason("8FFB.1", "when an event in the app was, for what the app says of it"),
            reason("3D61.1", "in a report that the person chooses to send"),
        ],
        symbols: &["mach_absolute_time"],
        members: &["systemUptime"],
    },
    Category {
        name: "DiskSpace",
        reasons: &[
            reason("85F4.1", "shown to the person, on the device only"),
            reason("E174.1", "whether there is room to write, on the device only"),
            reason("7D9E.1", "in a report that the person chooses to send"),
            reason("B728.1", "tells who takes part in health research that there is little room"),
        ],
        symbols: &[
            "NSFileSystemFreeSize",
            "NSFileSystemSize",
            "NSURLVolumeAvailableCapacityForImportantUsageKey",
            "NSURLVolumeAvailableCapacityForOpportunisticUsageKey",
            "NSURLVolumeAvailableCapacityKey",
            "NSURLVolumeTotalCapacityKey",
            "fgetattrlist",
            "fstatfs",
            "fstatvfs",
            "getattrlist",
            "getattrlistat",
            "statfs",
            "statvfs",
        ],
        members: &[
            "systemFreeSize",
            "systemSize",
            "volumeAvailableCapacity",
            "volumeAvailableCapacityForImportantUsage",
            "volumeAvailableCapacityForImportantUsageKey",
            "volumeAvailableCapacityForOpportunisticUsage",
            "volumeAvailableCapacityForOpportunisticUsageKey",
            "volumeAvailableCapacityKey",
            "volumeTotalCapacity",
            "volumeTotalCapacityKey",
        ],
    },
    Category {
        name: "ActiveKeyboards",
        reasons: &[
            reason("3EC4.1", "in an app that is a keyboard"),
            reason("54BD.1", "to show the person the right interface, on the device only"),
        ],
        symbols: &[],
        members: &["activeInputModes"],
    },
    Category {
        name: "UserDefaults",
        reasons: &[
            reason("CA92.1", "of the app alone"),
            reason("1C8F.1", "of the app's group"),
            reason("C56D.1", "on behalf of the app, by a library that wraps the functions"),
            reason("AC6B.1", "what an organisation that manages the device has set"),
        ],
        symbols: &["OBJC_CLASS_$_NSUserDefaults"],
        members: &["AppStorage", "NSUserDefaults", "UserDefaults"],
    },
];

/// The categories that a symbol of an object file belongs to. Some have a variant's name after a dollar sign.
pub(super) fn of_symbol(symbol: &str) -> impl Iterator<Item = &'static Category> {
    let name = symbol.strip_prefix('_').unwrap_or(symbol).to_owned();
    let plain = name.split_once('$').map_or(name.as_str(), |(plain, _)| plain).to_owned();
    CATEGORIES
        .iter()
        .filter(move |category| category.symbols.iter().any(|known| *known == name || *known == plain))
}

/// The categories that a name in Swift belongs to.
pub(super) fn of_word(word: &str) -> impl Iterator<Item = &'static Category> {
    CATEGORIES
        .iter()
        .filter(move |category| category.symbols.contains(&word) || category.members.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(categories: impl Iterator<Item = &'static Category>) -> Vec<&'static str> {
        categories.map(|category| category.name).collect()
    }

    #[test]
    fn a_symbol_has_its_categories() {
        assert_eq!(names(of_symbol("_stat")), ["FileTimestamp"]);
        assert_eq!(names(of_symbol("_fstat$INODE64")), ["FileTimestamp"]);
        assert_eq!(names(of_symbol("_getattrlist")), ["FileTimestamp", "DiskSpace"]);
        assert_eq!(names(of_symbol("_OBJC_CLASS_$_NSUserDefaults")), ["UserDefaults"]);
        assert!(names(of_symbol("_status")).is_empty());
        assert!(names(of_symbol("_OBJC_CLASS_$_NSString")).is_empty());
    }

    #[test]
    fn a_name_in_swift_has_its_category() {
        assert_eq!(names(of_word("systemSize")), ["DiskSpace"]);
        assert_eq!(names(of_word("mach_absolute_time")), ["SystemBootTime"]);
        assert!(names(of_word("systemVersion")).is_empty());
    }
}
