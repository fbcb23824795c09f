//! What Google asks besides, and only the host can answer.

use super::form::Form;

/// A question that goes with others.
struct Asked {
    question: &'static str,
    /// In words.
    words: &'static str,
    /// Whether the other answers leave it to be asked.
    when: fn(&Form<'_>) -> bool,
    /// Whether every form of today has it.
    always: bool,
}

const COLLECTS: &str = "PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA";
const ACCOUNTS: &str = "PSL_SUPPORTED_ACCOUNT_CREATION_METHODS";
const OUTSIDE: &str = "PSL_HAS_OUTSIDE_APP_ACCOUNTS";
const DELETION: &str = "PSL_SUPPORT_DATA_DELETION_BY_USER";

const ASKED: [Asked; 9] = [
    Asked {
        question: COLLECTS,
        words: "whether the app itself collects or shares data",
        when: |_| true,
        always: true,
    },
    Asked {
        question: "PSL_DATA_COLLECTION_ENCRYPTED_IN_TRANSIT",
        words: "whether all data is encrypted in transit",
        when: collects,
        always: true,
    },
    Asked {
        question: ACCOUNTS,
        words: "how people create an account, if they can (account creation)",
        when: |_| true,
        always: true,
    },
    Asked {
        question: "PSL_ACM_SPECIFY",
        words: "which other way there is to create an account",
        when: |form| form.is_true(ACCOUNTS, "PSL_ACM_OTHER"),
        always: false,
    },
    Asked {
        question: "PSL_ACCOUNT_DELETION_URL",
        words: "where people ask for the deletion of their account, if they can create one",
        when: |form| !form.is_true(ACCOUNTS, "PSL_ACM_NONE"),
        always: false,
    },
    Asked {
        question: OUTSIDE,
        words: "whether people log in with an account that was made outside the app",
        when: |form| form.is_true(ACCOUNTS, "PSL_ACM_NONE"),
        always: false,
    },
    Asked {
        question: "PSL_OUTSIDE_APP_ACCOUNT_TYPES",
        words: "which accounts made outside the app people log in with",
        when: |form| form.is_true(OUTSIDE, ""),
        always: false,
    },
    Asked {
        question: DELETION,
        words: "whether people can ask for the deletion of their data",
        when: collects,
        always: true,
    },
    Asked {
        question: "PSL_DATA_DELETION_URL",
        words: "where people ask for the deletion of their data",
        when: |form| form.is_true(DELETION, "DATA_DELETION_YES"),
        always: false,
    },
];

fn collects(form: &Form<'_>) -> bool {
    form.is_true(COLLECTS, "")
}

/// What is asked of each data type that is declared, by the choice of collecting and sharing that asks it.
const OF_A_TYPE: [(&str, Option<&str>, &str); 5] = [
    ("PSL_DATA_USAGE_COLLECTION_AND_SHARING", None, "whether it is collected, shared or both"),
    ("PSL_DATA_USAGE_EPHEMERAL", Some(ONLY_COLLECTED), "whether it is kept in memory for a moment only"),
    ("DATA_USAGE_USER_CONTROL", Some(ONLY_COLLECTED), "whether people can choose"),
    ("DATA_USAGE_COLLECTION_PURPOSE", Some(ONLY_COLLECTED), "what it is collected for"),
    ("DATA_USAGE_SHARING_PURPOSE", Some("PSL_DATA_USAGE_ONLY_SHARED"), "what it is shared for"),
];
const ONLY_COLLECTED: &str = "PSL_DATA_USAGE_ONLY_COLLECTED";

/// The questions of a form that have no answer, in words.
pub(super) fn questions(form: &Form<'_>) -> Vec<String> {
    let is_there = |question: &str| form.rows.iter().any(|row| row.question() == question);
    let mut open = Vec::new();
    for Asked { question, words, when, always } in ASKED {
        if when(form) && !form.is_answered(question) {
            match is_there(question) {
                true => open.push(format!("{question}: {words}")),
                false if always => {
                    open.push(format!("{question}: {words}; the form has no such row, so export it anew"));
                }
                false => {}
            }
        }
    }
    for data_type in
        form.rows.iter().filter(|row| row.question().starts_with("PSL_DATA_TYPES_") && row.is_true())
    {
        let of = |question: &str| format!("PSL_DATA_USAGE_RESPONSES:{}:{question}", data_type.response());
        let sharing = of("PSL_DATA_USAGE_COLLECTION_AND_SHARING");
        for (question, choice, words) in OF_A_TYPE {
            let question = of(question);
            let is_asked = choice.is_none_or(|choice| form.is_true(&sharing, choice));
            if is_asked && is_there(&question) && !form.is_answered(&question) {
                open.push(format!("{question}: {words}"));
            }
        }
    }
    // What this table does not know, and the form calls required.
    let mut unknown: Vec<&str> = Vec::new();
    for row in form.rows.iter().filter(|row| row.is_required()) {
        let question = row.question();
        let is_known = ASKED.iter().any(|own| own.question == question) || unknown.contains(&question);
        if !is_known && !form.is_answered(question) {
            unknown.push(question);
            open.push(format!("{question}: {}", row.label()));
        }
    }
    open
}
