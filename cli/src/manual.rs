//! `scruple man`.

use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::arguments::Arguments;
use crate::{Result, output};

/// Writes the pages, and prints where they are.
pub(crate) fn run(folder: &Path) -> Result<()> {
    let mut all = Arguments::command().disable_help_subcommand(true);
    all.build();
    let mut paths = String::new();
    for page in pages(all) {
        let path = folder.join(page.get_filename());
        output::write(&path, text(&page).as_bytes())?;
        paths.push_str(&format!("{}\n", path.display()));
    }
    output::print(&paths)
}

/// A command's page, and those of the commands below it.
fn pages(command: clap::Command) -> Vec<Man> {
    let below: Vec<_> = command.get_subcommands().cloned().flat_map(pages).collect();
    [Man::new(command)].into_iter().chain(below).collect()
}

/// A page. Its examples, up to the first empty line, have a heading of their own and stay line by line.
fn text(page: &Man) -> String {
    let mut roff = Vec::new();
    // Nothing can fail that is written into memory.
    let _ = page.render(&mut roff);
    let text = String::from_utf8_lossy(&roff);
    let Some((page, help)) = text.split_once(".SH EXTRA\n") else { return text.into_owned() };
    let (examples, more) = help.split_once("\n\n").unwrap_or((help.trim_end(), ""));
    let (_, examples) = examples.split_once('\n').unwrap_or(("", examples));
    format!("{page}.SH EXAMPLES\n.nf\n{examples}\n.fi\n.PP\n{more}")
}
