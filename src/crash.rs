//! Named crash points for the crash tests; compiled to nothing in release builds.

/// Every point, in the order in which a delivery passes them. `tests/crash.rs` kills the real binary at each.
pub const POINTS: &[&str] = &[
    "before-plan",
    "after-plan",
    "after-claim",
    "before-post",
    "after-post",
    "before-settle",
    "after-settle",
];

/// Aborts the process here if the environment variable `WEATHERLINE_CRASH_AT` names this point.
#[cfg(debug_assertions)]
pub fn point(name: &str) {
    static AT: std::sync::OnceLock<Option<String>> = std::sync::OnceLock::new();
    debug_assert!(POINTS.contains(&name), "an unlisted crash point");
    if AT
        .get_or_init(|| std::env::var("WEATHERLINE_CRASH_AT").ok())
        .as_deref()
        == Some(name)
    {
        std::process::abort();
    }
}

/// Nothing, in a release build.
#[cfg(not(debug_assertions))]
pub const fn point(_name: &str) {}
