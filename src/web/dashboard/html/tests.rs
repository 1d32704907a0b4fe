//! Tests of `web/dashboard/html.rs`.

use super::*;

#[test]
fn nothing_gets_out_of_its_text() {
    let mut page = Page::default();
    page.element("b", "class=\"x\"", "<script>\"&'");
    page.with_commands("see `a <b>` & co");
    assert_eq!(
        page.done(),
        "<b class=\"x\">&lt;script&gt;&quot;&amp;&#39;</b>see <code>a &lt;b&gt;</code> &amp; co"
    );
}

#[test]
fn numbers_and_durations_are_for_people() {
    assert_eq!(number(0), "0");
    assert_eq!(number(999), "999");
    assert_eq!(number(1_234_567), "1,234,567");
    assert_eq!(several(1, "text", "texts"), "1 text");
    for (seconds, words) in [
        (-5, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3_600, "1 h"),
        (7_500, "2 h 5 min"),
        (259_200, "3 days"),
    ] {
        assert_eq!(lasting(SignedDuration::from_secs(seconds)), words);
    }
}
