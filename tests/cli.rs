//! Runs every example of the README and every case under tests/cmd.

#[test]
fn the_examples_and_the_cases_print_what_they_say() {
    let cases = trycmd::TestCases::new();
    cases.env("NO_COLOR", "1");
    cases.case("README.md").case("tests/cmd/*.md");
}
