//! Makes and checks what Scruple ships: the libraries for phones, the packages around them, their bills of materials and notices.
//!
//! `cargo xtask` is its command. What both need to run other programs is here: [`process`], [`toolchain`], [`tool`], [`debian`], [`maven`], [`swift`].

pub mod android;
pub mod apple;
pub mod artifacts;
pub mod bindings;
pub mod cache;
pub mod claims;
pub mod debian;
pub mod fetched;
pub mod file;
pub mod linked;
pub mod maven;
mod merger;
pub mod newer_java;
pub mod notices;
mod phone;
pub mod process;
pub mod sample;
pub mod swift;
pub mod tool;
pub mod toolchain;
pub mod trouble;
