//! A section of a privacy policy, in English and Chinese: about the person first, then about the mini-programs themselves.

use scruple::{AGREEMENT, Category, Item, Purpose};

use super::{Disclosure, File, time};
use crate::Scope;
use crate::rules::{People, declared, rule};

pub(super) fn write(scope: &Scope) -> Disclosure {
    let notes = vec![
        "the section says what is read; what becomes of it afterwards is yours to say, in both languages"
            .to_owned(),
    ];
    let files = vec![
        File::new("privacy-policy.md", section(scope, &ENGLISH)),
        File::new("privacy-policy.zh.md", section(scope, &CHINESE)),
    ];
    Disclosure { files, notes, open: Vec::new(), missing: Vec::new() }
}

/// The words of one language.
struct Language {
    comment: &'static str,
    opening: &'static str,
    nothing: &'static str,
    about_you: &'static str,
    about_programs: &'static str,
    table: &'static str,
    yes: &'static str,
    no: &'static str,
    separator: &'static str,
    datum: fn(People) -> &'static str,
    interval: fn(u64) -> String,
    sensitive: fn(&str) -> String,
    closing: fn(&Scope) -> String,
}

const ENGLISH: Language = Language {
    comment: "Written from the policy by `scruple disclose`, agreement {agreement}. Edit what stands in [brackets].",
    opening: "\
## What mini-programs in this app read

[This app] contains mini-programs, which run on [Tencent Cloud Mini Program Platform]. For them we read, through a
component named Scruple, nothing but what follows.
",
    nothing: "At present that is nothing: every kind of data is switched off.\n",
    about_you: "### About you and your device\n",
    about_programs: "### About the app and its mini-programs\n\nThis is not about you.\n",
    table: "| We read | To provide a feature | To find a fault | How often at most |\n",
    yes: "yes",
    no: "no",
    separator: "; ",
    datum: |people| people.en,
    interval: |ms| if ms == 0 { "whenever it is needed".to_owned() } else { format!("once in {}", time::en(ms)) },
    sensitive: |data| {
        format!(
            "
This is sensitive, so we ask you for it separately: {data}.
"
        )
    },
    closing: |scope| {
        format!(
            "
We read it only after you agreed, and only if you are old enough to agree. Where the system asks for its own permission, we
read nothing without that either. What was read stays in this device's memory for at most {}, is never
written to storage, and is wiped when you take your agreement back, which you can do at any time under [where].

[Say what you do with it: whether it leaves the device, to whom, where that is, how long it is kept there, and how people ask
for access to it and for its deletion.]
",
            time::en(scope.retention_ms())
        )
    },
};

const CHINESE: Language = Language {
    comment: "由 `scruple disclose` 根据策略生成，依据协议 {agreement}。【】中的内容请填写或修改。",
    opening: "\
## 本应用中的小程序读取哪些信息

【本应用】包含小程序，小程序运行在【腾讯云小程序平台】上。为此，我们通过名为Scruple的组件，仅读取以下信息。
",
    nothing: "目前不读取任何信息：所有类别均已关闭。\n",
    about_you: "### 关于您和您的设备\n",
    about_programs: "### 关于应用及其小程序\n\n以下内容与您个人无关。\n",
    table: "| 我们读取 | 用于提供功能 | 用于排查故障 | 频率上限 |\n",
    yes: "是",
    no: "否",
    separator: "；",
    datum: |people| people.zh,
    interval: |ms| {
        if ms == 0 {
            "每次需要时读取1次".to_owned()
        } else {
            format!("每{}最多1次", time::zh(ms))
        }
    },
    sensitive: |data| format!("\n**以下为敏感个人信息，我们会单独征求您的同意：{data}。**\n"),
    closing: |scope| {
        format!(
            "
我们只在您同意之后读取，并且只在您达到可以自行同意的年龄时读取（不满十四周岁的，须由父母或其他监护人同意）。系统另有授权要求的，未经授权同样不读取。
读取的信息仅保存在本设备内存中，最长{}，不写入存储；您可以随时在【入口】撤回同意，撤回后立即清除。

【请说明信息的后续处理：是否离开设备、提供给谁、存放在何处、保存多久，以及如何查阅、复制、更正、删除。】
",
            time::zh(scope.retention_ms())
        )
    },
};

fn section(scope: &Scope, language: &Language) -> String {
    let comment = language.comment.replace("{agreement}", AGREEMENT);
    let mut text = format!("<!-- {comment} -->\n\n{}\n", language.opening);
    if scope.items().next().is_none() {
        return text + language.nothing;
    }
    let tables = [(language.about_you, true), (language.about_programs, false)];
    for (heading, about_you) in tables {
        let rows: Vec<_> =
            rows(scope, about_you).map(|(item, people)| row(scope, language, item, people)).collect();
        if !rows.is_empty() {
            text.push_str(&format!(
                "{heading}\n{}| --- | --- | --- | --- |\n{}\n",
                language.table,
                rows.concat()
            ));
        }
    }
    let sensitive: Vec<_> = rows(scope, true)
        .filter(|(item, _)| rule(*item).china.declarations.iter().any(|own| own.what.sensitive))
        .map(|(_, people)| (language.datum)(people))
        .collect();
    // The last table's empty line is the next paragraph's.
    text.truncate(text.trim_end().len());
    text.push('\n');
    if !sensitive.is_empty() {
        text.push_str(&(language.sensitive)(&sensitive.join(language.separator)));
    }
    text + &(language.closing)(scope)
}

/// What is read, by category; about the person is what an app in China lists.
fn rows(scope: &Scope, about_you: bool) -> impl Iterator<Item = (Item, People)> {
    Category::ALL.iter().flat_map(move |category| {
        declared(scope, |rule| rule.people)
            .filter(move |(item, _)| {
                item.category() == *category && rule(*item).china.declarations.is_empty() != about_you
            })
            .map(|(item, declaration)| (item, declaration.what))
    })
}

fn row(scope: &Scope, language: &Language, item: Item, people: People) -> String {
    let on = |purpose| if scope.purposes(item).contains(&purpose) { language.yes } else { language.no };
    format!(
        "| {} | {} | {} | {} |\n",
        (language.datum)(people),
        on(Purpose::Feature),
        on(Purpose::Troubleshooting),
        (language.interval)(scope.interval_ms(item).unwrap_or_default())
    )
}
