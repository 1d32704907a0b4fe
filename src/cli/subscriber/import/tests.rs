//! Tests of `cli/subscriber/import.rs`.

use super::*;

fn heading(line: &str) -> Result<Heading, String> {
    let names: Vec<&str> = line.split(',').collect();
    Heading::read(&ByteRecord::from(names)).map_err(|failure| match failure {
        Failure::Sentence(text) => text,
        other => panic!("{other:?}"),
    })
}

#[test]
fn the_first_line_names_the_columns_in_any_order() {
    let heading = heading("\u{feff}Time, place,PHONE").unwrap();
    let record = ByteRecord::from(vec!["7am", "lyon", "+33639981234", "left over"]);
    let wish = heading.wish(&record).unwrap();
    assert_eq!(
        (wish.phone, wish.place, wish.time, wish.days),
        ("+33639981234", "lyon", "7am", "")
    );
    assert!(
        heading
            .wish(&ByteRecord::from(vec![b"\xff".to_vec()]))
            .is_err()
    );
    assert_eq!(
        heading.wish(&ByteRecord::from(vec!["7am"])).unwrap().place,
        ""
    );
}

#[test]
fn a_first_line_that_is_none_is_told() {
    for (line, clause) in [
        ("phone,place", "has no column time"),
        ("phone,place,time,name", "has a column \"name\""),
        ("phone,place,time,phone", "has a column \"phone\""),
        (
            "+14155550101,lyon,7am",
            "it must name phone,place,time once each",
        ),
    ] {
        assert!(heading(line).err().unwrap().contains(clause), "{line}");
    }
}
