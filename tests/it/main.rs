//! All integration tests in one program: one link, shared helpers.

mod boot;
mod cli;
mod environment;
mod forecast;
mod locales;
mod processes;
mod project;
mod raise_limits;
mod remedy;
mod report;
mod support;
mod tree;
mod verification;
mod window;
