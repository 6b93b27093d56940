//! What a cell of the user's may not do elsewhere: act on a terminal, in a spreadsheet, in a browser or on a command line.

use crate::index::file::File;
use crate::index::schema::Field;
use crate::text::{acts_on_terminal, quoted};

/// What a cell would do where it is shown, opened or typed, if anything.
pub(super) fn breach(file: &File, field: &Field, cell: &str) -> Option<String> {
    if cell.contains(acts_on_terminal) {
        let what = "a control character, or one that hides or reorders text; take it away";
        return Some(format!("{}: {what}", quoted(cell)));
    }
    // A sign alone is neither, and words for no value may be anything.
    let begins = cell.len() > 1 && cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if begins && file.name != "placeholders.csv" {
        let what = "begins as a formula or an option does; begin it with a letter or a digit";
        return Some(format!("{}: {what}", quoted(cell)));
    }
    let is_wrong = field.is_address() && !cell.is_empty() && !is_plain(cell);
    is_wrong.then(|| {
        let what = "'https://host/…' was expected, without spaces, quotes, brackets or a user";
        format!("{}: {what}", quoted(cell))
    })
}

/// Whether an address is no more than scheme, host and path. The place of a chapter's own part is none of it.
fn is_plain(address: &str) -> bool {
    let address = address.replacen("{slug}", "slug", 1);
    let is_fine = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}()[]".contains(&byte);
    address.starts_with("https://") && host(&address).is_some() && address.bytes().all(is_fine)
}

/// The host of an address; none where it has a user, a port or no host.
pub(super) fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let is_label = |label: &str| {
        let mut bytes = label.bytes();
        !label.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_host = host.contains('.') && host.split('.').all(is_label);
    is_host.then_some(host)
}

/// Whether an address is at the State Department.
pub(super) fn is_of_state(address: &str) -> bool {
    let host = host(address).map(str::to_ascii_lowercase);
    host.is_some_and(|host| host == "state.gov" || host.ends_with(".state.gov"))
}

#[test]
fn an_address_is_scheme_host_and_path() {
    for address in ["https://example.org", "https://www.state.gov/r/?id=1#a", "https://a.b/{slug}/"]
    {
        assert!(is_plain(address), "{address}");
    }
    for address in [
        "http://example.org/",
        "https://",
        "https:///x",
        "https://localhost/",
        "https://www.state.gov@example.org/",
        "https://example.org:80/",
        "https://example.org/ x",
        "https://example.org/\"><script>",
        "https://example.org/)",
        "https://exämple.org/",
        "javascript:alert(1)",
    ] {
        assert!(!is_plain(address), "{address}");
    }
    assert!(is_of_state("https://www.State.gov/reports/") && is_of_state("https://state.gov"));
    for address in [
        "https://example.org/state.gov/",
        "https://notstate.gov/",
        "https://state.gov.example.org/",
    ] {
        assert!(!is_of_state(address), "{address}");
    }
}
