//! China: the third-party SDK row, the list of personal information and the table of permissions, in Chinese.

use scruple::{AGREEMENT, Category, Item, Purpose};

use super::{Disclosure, File, time};
use crate::Scope;
use crate::rules::{China, Document, Element, Ios, LAWS_OF_CHINA, declared};

pub(super) fn write(scope: &Scope) -> Disclosure {
    let rows: Vec<Row> = declared(scope, |rule| rule.china)
        .map(|(item, declaration)| Row { item, china: declaration.what, source: declaration.source })
        .collect();
    let permissions = permissions(scope);
    let mut text = format!(
        "# 第三方SDK信息披露：Scruple\n\n\
         由宿主的策略（scruple.json）生成，依据协议 {AGREEMENT}。【】中的内容请由App运营者填写或核对。\n\n\
         {}\
         ## 第三方SDK清单\n\n{}\n\
         ## 个人信息清单\n\n{}\n\
         ## 权限清单\n\n{}",
        if rows.is_empty() {
            "当前策略未开启任何涉及个人信息的条目：SDK不读取任何个人信息。\n\n"
        } else {
            ""
        },
        sdk(scope, &rows, &permissions),
        data(scope, &rows),
        permission_table(&permissions),
    );
    if !rows.is_empty() {
        text.push_str(&rights(&rows));
        text.push_str("\n## 依据\n\n");
        for Document { publisher, title, reference, date } in documents(&rows) {
            text.push_str(&format!("- {publisher}《{title}》，{reference}，{date}\n"));
        }
    }
    let mut notes = vec![
        "fill in what stands in 【】: the provider's company, its policy's address, the scenes as they are in your app, the \
         place where consent is taken back"
            .to_owned(),
    ];
    if rows.iter().any(|row| row.china.sensitive) {
        notes.push(
            "sensitive personal information (敏感个人信息) is among it: ask for a separate consent (单独同意), and tell \
             people why it is needed and what it means for them"
                .to_owned(),
        );
    }
    Disclosure {
        files: vec![File::new("third-party-sdk.zh.md", text)],
        notes,
        open: Vec::new(),
        missing: Vec::new(),
    }
}

/// Something that an app lists.
struct Row {
    item: Item,
    china: China,
    source: &'static Document,
}

fn sdk(scope: &Scope, rows: &[Row], permissions: &[Permission]) -> String {
    let mut kinds: Vec<(&str, Vec<&str>)> = Vec::new();
    for China { kind, datum, .. } in rows.iter().map(|row| row.china) {
        match kinds.iter_mut().find(|(own, _)| *own == kind) {
            Some((_, data)) => data.push(datum),
            None => kinds.push((kind, vec![datum])),
        }
    }
    let kinds = kinds.iter().map(|(kind, data)| format!("{kind}：{}", data.join("、")));
    let sensitive = rows.iter().filter(|row| row.china.sensitive).map(|row| row.china.datum.to_owned());
    let names = permissions.iter().map(|permission| permission.name.to_owned());
    let (scene, way, kept) = if rows.is_empty() {
        (String::new(), String::new(), String::new())
    } else {
        (
            "用户使用小程序的相应功能时，见个人信息清单".to_owned(),
            "用户同意后由SDK在本机读取；SDK不写入存储，不自行上传".to_owned(),
            kept(scope),
        )
    };
    let mut text = "| 项目 | 内容 |\n| --- | --- |\n".to_owned();
    for (heading, content) in [
        ("SDK名称", "Scruple".to_owned()),
        ("第三方名称", "【提供方公司全称】".to_owned()),
        ("使用目的", purposes(scope, rows)),
        ("使用场景", scene),
        ("收集个人信息类型", kinds.collect::<Vec<_>>().join("；")),
        ("其中的敏感个人信息（须单独同意）", sensitive.collect::<Vec<_>>().join("、")),
        ("收集方式", way),
        ("保存期限", kept),
        ("申请的系统权限", names.collect::<Vec<_>>().join("、")),
        ("隐私政策链接", "【隐私政策网址】".to_owned()),
    ] {
        text.push_str(&format!("| {heading} | {} |\n", if content.is_empty() { "无" } else { &content }));
    }
    text
}

fn kept(scope: &Scope) -> String {
    format!("仅存于内存，最长{}；超时、关闭或撤回同意即清除", time::zh(scope.retention_ms()))
}

fn data(scope: &Scope, rows: &[Row]) -> String {
    let mut text = "| 类别 | 信息 | 目的 | 场景 | 频率 | 保存期限 | 敏感个人信息 | 单独同意 | 条目 |\n\
                    | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for Row { item, china: China { kind, datum, sensitive }, .. } in rows {
        // The law wants it to stand out.
        let (datum, marked, asked) = if *sensitive {
            (format!("**{datum}**"), "**是**", "**需要**")
        } else {
            ((*datum).to_owned(), "否", "不需要")
        };
        text.push_str(&format!(
            "| {kind} | {datum} | {} | {} | {} | 内存中最长{} | {marked} | {asked} | `{item}` |\n",
            purposes_of(scope.purposes(*item)),
            scene(*item, scope.purposes(*item)),
            frequency(scope.interval_ms(*item).unwrap_or_default()),
            time::zh(scope.retention_ms()),
        ));
    }
    if rows.is_empty() {
        text.push_str("| 无 | 无 | 无 | 无 | 无 | 无 | 无 | 无 | 无 |\n");
    }
    text
}

/// When it is read, as far as the SDK can know; the host knows its mini-programs.
fn scene(item: Item, purposes: &[Purpose]) -> String {
    let feature = match item.category() {
        Category::Application => "小程序展示用户头像时",
        Category::NetworkConfiguration => "小程序加载其网络配置时",
        Category::Device => "小程序查询设备信息以适配界面和功能时",
        Category::Identifier => "小程序请求广告标识符、且用户已允许跟踪时",
        Category::Clipboard => "用户在小程序中使用粘贴功能时",
        Category::Location => "用户在小程序中使用与位置有关的功能时",
        Category::Bluetooth => "用户在小程序中查找或连接蓝牙设备时",
        Category::Nfc => "用户在小程序中使用近场通信功能时",
        Category::ProcessList => "小程序查询本应用的运行状态时",
        Category::WebView => "小程序的页面在WebView中打开时",
    };
    let scenes = purposes.iter().map(|purpose| match purpose {
        Purpose::Feature => feature,
        Purpose::Troubleshooting => "用户反馈的功能故障正在排查时",
    });
    format!("【{}】", scenes.collect::<Vec<_>>().join("；"))
}

fn frequency(ms: u64) -> String {
    match ms {
        0 => "每次触发上述场景时读取1次，最短间隔0秒".to_owned(),
        ms => format!("每{}最多1次", time::zh(ms)),
    }
}

/// A permission of the operating system, with what asks for it.
struct Permission {
    system: &'static str,
    name: &'static str,
    zh: &'static str,
    items: Vec<Item>,
}

fn permissions(scope: &Scope) -> Vec<Permission> {
    let android = declared(scope, |rule| rule.android).filter_map(|(item, declaration)| {
        match declaration.what.element {
            Element::Permission { name, zh, .. } => Some(("Android", name, zh, item)),
            Element::Feature { .. } => None,
        }
    });
    let ios = declared(scope, |rule| rule.ios).filter_map(|(item, declaration)| match declaration.what {
        Ios::Usage { key, permission_zh, .. } => Some(("iOS", key, permission_zh, item)),
        Ios::Collected { .. } | Ios::Reason { .. } | Ios::Flag { .. } | Ios::Entitlement { .. } => None,
    });
    let mut permissions: Vec<Permission> = Vec::new();
    for (system, name, zh, item) in android.chain(ios) {
        match permissions.iter_mut().find(|permission| permission.name == name) {
            Some(permission) => permission.items.push(item),
            None => permissions.push(Permission { system, name, zh, items: vec![item] }),
        }
    }
    permissions
}

fn permission_table(permissions: &[Permission]) -> String {
    let mut text = "| 系统 | 权限 | 说明 | 用于 |\n| --- | --- | --- | --- |\n".to_owned();
    for Permission { system, name, zh, items } in permissions {
        let data: Vec<_> = items.iter().map(|item| format!("`{item}`")).collect();
        text.push_str(&format!("| {system} | {name} | {zh} | {} |\n", data.join("、")));
    }
    if permissions.is_empty() {
        text.push_str("| 无 | 无 | 无 | 无 |\n");
    }
    text
}

fn rights(rows: &[Row]) -> String {
    let mut text = "\n## 用户权利\n\n\
         - 用户同意之前不读取任何信息；拒绝后不影响App的基本功能，也不反复征求同意。\n\
         - 用户可随时撤回同意，撤回后相应信息立即从内存中清除。\n\
         - 不满十四周岁未成年人的个人信息属于敏感个人信息：须取得其父母或其他监护人的同意，否则SDK不读取。\n\
         - 【撤回同意的入口，例如：设置 > 隐私 > 小程序】\n\
         - 【向小程序运营者或其他处理者提供个人信息的，写明其名称、联系方式、目的、方式和种类，并取得单独同意】\n"
        .to_owned();
    let sensitive: Vec<_> =
        rows.iter().filter(|row| row.china.sensitive).map(|row| row.china.datum).collect();
    if !sensitive.is_empty() {
        text.push_str(&format!(
            "\n## 敏感个人信息与单独同意\n\n\
             依据《中华人民共和国个人信息保护法》第二十八条至第三十条，读取以下信息前须取得用户的单独同意，不得与其他授权一并征得：**{}**。\n\
             【向用户告知处理的必要性以及对其权益的影响】\n",
            sensitive.join("、")
        ));
    }
    text
}

/// The laws, then what the rows go by besides, each once.
fn documents(rows: &[Row]) -> Vec<&'static Document> {
    let mut documents = LAWS_OF_CHINA.to_vec();
    for row in rows {
        if !documents.contains(&row.source) {
            documents.push(row.source);
        }
    }
    documents
}

fn purposes(scope: &Scope, rows: &[Row]) -> String {
    let on = |purpose: &&Purpose| rows.iter().any(|row| scope.purposes(row.item).contains(purpose));
    purposes_of(&Purpose::ALL.iter().filter(on).copied().collect::<Vec<_>>())
}

fn purposes_of(purposes: &[Purpose]) -> String {
    let zh = |purpose: &Purpose| match purpose {
        Purpose::Feature => "提供小程序功能",
        Purpose::Troubleshooting => "排查功能故障",
    };
    purposes.iter().map(zh).collect::<Vec<_>>().join("、")
}
