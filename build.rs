//! Nothing yet: the gazetteer index is built here.
fn main() {}
