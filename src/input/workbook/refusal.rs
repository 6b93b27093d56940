//! Why a workbook is not read.

use calamine::{XlsError, XlsxError};
use zip::result::ZipError;

/// What to do about a workbook that cannot be read.
pub const SAVE_ANEW: &str =
    "open it in your spreadsheet program, save it anew as .xlsx, and give that file";

/// Why a workbook is not read.
#[derive(Debug)]
pub enum Refusal {
    /// It needs a password.
    Encrypted,
    /// It is not as such a file must be: what was found.
    Broken(String),
    /// It is too large: what of it.
    Large(&'static str),
    /// Something else, said behind its name.
    Other(String),
}

pub type Refused<T> = Result<T, Refusal>;

impl Refusal {
    /// Says it of a file, and what to do.
    pub fn said(&self, name: &str) -> String {
        match self {
            Self::Encrypted => format!(
                "{name} is encrypted; open it in your spreadsheet program, save a copy without a password, and give that file"
            ),
            Self::Broken(why) => format!("{name} is a broken workbook ({why}); {SAVE_ANEW}"),
            Self::Large(what) => format!(
                "{name}: {what}; save the sheet as 'CSV UTF-8' in your spreadsheet program, and give that file"
            ),
            Self::Other(said) => format!("{name} {said}"),
        }
    }
}

impl From<XlsxError> for Refusal {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::Password => Self::Encrypted,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<XlsError> for Refusal {
    fn from(error: XlsError) -> Self {
        match error {
            XlsError::Password => Self::Encrypted,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<ZipError> for Refusal {
    fn from(error: ZipError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<quick_xml::Error> for Refusal {
    fn from(error: quick_xml::Error) -> Self {
        Self::Broken(error.to_string())
    }
}
