//! China: the third-party SDK row and the table of permissions, in Chinese.

use scruple::{AGREEMENT, Item, Purpose};

use crate::Scope;
use crate::rules::{China, Document, Element, Ios, declared};
use crate::target::{Disclosure, File};

pub(super) fn write(scope: &Scope) -> Disclosure {
    let mut kinds: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut sources: Vec<&Document> = Vec::new();
    for (_, declaration) in declared(scope, |rule| rule.china) {
        let China { kind, datum } = declaration.what;
        match kinds.iter_mut().find(|(own, _)| *own == kind) {
            Some((_, data)) => data.push(datum),
            None => kinds.push((kind, vec![datum])),
        }
        if !sources.contains(&declaration.source) {
            sources.push(declaration.source);
        }
    }
    let permissions = permissions(scope);
    let mut text = format!(
        "# 第三方SDK信息披露：Scruple\n\n\
         由宿主的策略（scruple.json）生成，依据协议 {AGREEMENT}。【】中的内容请由App运营者填写或核对。\n\n\
         ## 第三方SDK清单\n\n\
         | 项目 | 内容 |\n| --- | --- |\n\
         | SDK名称 | Scruple |\n\
         | 第三方名称 | 【提供方公司全称】 |\n\
         | 使用目的 | {} |\n\
         | 使用场景 | 【用户打开或使用小程序时】 |\n\
         | 收集个人信息类型 | {} |\n\
         | 收集方式 | 用户同意后由SDK在本机读取；仅存于内存，超时、关闭或撤回同意即清除；SDK不写入存储，不自行上传 |\n\
         | 申请的系统权限 | {} |\n\
         | 隐私政策链接 | 【隐私政策网址】 |\n\n",
        purposes(scope),
        or_none(
            &kinds.iter().map(|(kind, data)| format!("{kind}：{}", data.join("、"))).collect::<Vec<_>>(),
            "；"
        ),
        or_none(&permissions.iter().map(|permission| permission.name.to_owned()).collect::<Vec<_>>(), "、"),
    );
    text.push_str("## 个人信息清单\n\n| 类别 | 信息 | 目的 | 条目 |\n| --- | --- | --- | --- |\n");
    for (item, declaration) in declared(scope, |rule| rule.china) {
        let China { kind, datum } = declaration.what;
        text.push_str(&format!("| {kind} | {datum} | {} | `{item}` |\n", purposes_of(scope.purposes(item))));
    }
    if kinds.is_empty() {
        text.push_str("| 无 | 无 | 无 | 无 |\n");
    }
    text.push_str("\n## 权限清单\n\n| 系统 | 权限 | 说明 | 用于 |\n| --- | --- | --- | --- |\n");
    for Permission { system, name, zh, items } in &permissions {
        let data: Vec<_> = items.iter().map(|item| format!("`{item}`")).collect();
        text.push_str(&format!("| {system} | {name} | {zh} | {} |\n", data.join("、")));
    }
    if permissions.is_empty() {
        text.push_str("| 无 | 无 | 无 | 无 |\n");
    }
    text.push_str(
        "\n## 用户权利\n\n\
         - 用户同意之前不读取任何信息；拒绝后不影响App的基本功能，也不反复征求同意。\n\
         - 用户可随时撤回同意，撤回后相应信息立即从内存中清除。\n\
         - 【撤回同意的入口，例如：设置 > 隐私 > 小程序】\n",
    );
    if !sources.is_empty() {
        text.push_str("\n## 依据\n\n");
        for Document { publisher, title, reference, date } in sources {
            text.push_str(&format!("- {publisher}《{title}》，{reference}，{date}\n"));
        }
    }
    let notes = vec![
        "fill in what stands in 【】: the provider's company, its policy's address, the place where consent is taken back"
            .to_owned(),
    ];
    Disclosure { files: vec![File::new("third-party-sdk.zh.md", text)], notes, missing: Vec::new() }
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
        Ios::Collected { .. } | Ios::Flag { .. } | Ios::Entitlement { .. } => None,
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

fn purposes(scope: &Scope) -> String {
    let on = |purpose: &&Purpose| scope.items().any(|item| scope.purposes(item).contains(purpose));
    let on: Vec<_> = Purpose::ALL.iter().filter(on).copied().collect();
    if on.is_empty() { "无（未开启任何条目）".to_owned() } else { purposes_of(&on) }
}

fn purposes_of(purposes: &[Purpose]) -> String {
    let zh = |purpose: &Purpose| match purpose {
        Purpose::Feature => "提供小程序功能",
        Purpose::Troubleshooting => "排查功能故障",
    };
    purposes.iter().map(zh).collect::<Vec<_>>().join("、")
}

fn or_none(list: &[String], separator: &str) -> String {
    if list.is_empty() { "无".to_owned() } else { list.join(separator) }
}
