//! How the tests run `tip`.

pub mod recipes;

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};

/// A name with all that may act on a terminal: ESC, OSC 8, BEL, C1, DEL, a lone CR, bidi and tag characters.
pub const HOSTILE: &str = "Mol\u{1b}[2J\u{1b}]8;;evil:x\u{1b}\\\u{7}d\u{9b}3J\u{7f}o\rv\u{202e}\u{202a}a\u{2066}\u{2069}\u{e0041}";

/// `tip` with these arguments, in an environment that says nothing of colour.
pub fn tip(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tip"));
    for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI", "TIP_DATA"] {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

/// What a command printed, and how it ended.
pub fn output(command: &mut Command) -> Output {
    command.output().expect("tip was built")
}

/// Starts a command between pipes.
pub fn spawn_piped(command: &mut Command) -> Child {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    piped.spawn().expect("tip was built")
}

/// Gives a command these bytes as standard input.
pub fn feed(command: &mut Command, input: &[u8]) -> Output {
    let mut child = spawn_piped(command);
    let mut stdin = child.stdin.take().expect("stdin is piped");
    std::thread::scope(|scope| {
        // tip may end before it has read all.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().expect("tip ends")
    })
}

/// Bytes as text; what is not UTF-8 is replaced.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
