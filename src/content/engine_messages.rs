//! The messages that the engine itself uses, besides those of the states. Extend the list when the engine says something new.

/// Ids, and the attributes that must exist with them. Each stands in `common.ftl` unless its beginning names another file.
pub const ENGINE_MESSAGES: &[(&str, &[&str])] = &[
    ("common-yes", &[]),
    ("common-no", &[]),
];
