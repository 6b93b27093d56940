//! A reference to a document, in the styles that papers and reference managers take.

use clap::ValueEnum;
use serde_json::{Value, json};

use crate::text::month_name;

/// How to write a reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Style {
    /// American Psychological Association
    #[default]
    Apa,
    /// Chicago Manual of Style, bibliography
    Chicago,
    /// `BibTeX`, for LaTeX
    #[value(name = "bibtex")]
    BibTex,
    /// RIS, for reference managers
    Ris,
    /// CSL JSON, for Pandoc and reference managers
    CslJson,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReferenceKind {
    #[default]
    Report,
    Chapter,
    Dataset,
}

impl ReferenceKind {
    /// What CSL, BibTeX and RIS call it, and where BibTeX has who published it.
    fn names(self) -> [&'static str; 4] {
        match self {
            Self::Report => ["report", "techreport", "RPRT", "institution"],
            Self::Chapter => ["chapter", "incollection", "CHAP", "publisher"],
            Self::Dataset => ["dataset", "misc", "DATA", ""],
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Reference {
    /// A key that names it in a bibliography.
    pub key: String,
    pub kind: ReferenceKind,
    pub title: String,
    pub within: Option<String>,
    /// Who wrote and published it.
    pub author: String,
    /// The date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: String,
    pub url: Option<String>,
    pub version: Option<String>,
    /// What tells these data from others, such as a checksum: for programs, in styles with fields; nobody reads it in a
    /// bibliography.
    pub checksum: Option<String>,
}

impl Reference {
    /// The reference in a style. CSL JSON is one object; a bibliography is an array of them.
    pub fn in_style(&self, style: Style) -> String {
        match style {
            Style::Apa => self.apa(),
            Style::Chicago => self.chicago(),
            Style::BibTex => self.bibtex(),
            Style::Ris => self.ris(),
            Style::CslJson => format!("{:#}", self.csl()),
        }
    }

    fn date_parts(&self) -> Vec<usize> {
        let parts = self.date.split('-').map(str::parse);
        parts.map_while(Result::ok).collect()
    }

    fn year(&self) -> &str {
        self.date.split('-').next().unwrap_or_default()
    }

    /// The month and the day in words, as far as known.
    fn day(&self) -> Option<String> {
        let parts = self.date_parts();
        let month = month_name(*parts.get(1)?)?;
        Some(match parts.get(2) {
            Some(day) => format!("{month} {day}"),
            None => month.to_owned(),
        })
    }

    fn edition(&self) -> Option<String> {
        Some(format!("Version {}", self.version.as_ref()?))
    }

    fn apa(&self) -> String {
        let day = self.day().map_or(String::new(), |day| format!(", {day}"));
        let version = self.edition().map_or(String::new(), |edition| format!(" ({edition})"));
        let medium = match self.kind {
            ReferenceKind::Dataset => " [Data set]",
            ReferenceKind::Chapter | ReferenceKind::Report => "",
        };
        let within = self.within.as_ref().map_or(String::new(), |within| format!(" In {within}."));
        let url = after_space(self.url.as_deref());
        format!(
            "{}. ({}{day}). {}{version}{medium}.{within}{url}",
            self.author,
            self.year(),
            self.title
        )
    }

    fn chicago(&self) -> String {
        let date = match self.date_parts().as_slice() {
            [_, _, _] => format!("{}, {}", self.day().unwrap_or_default(), self.year()),
            [_, _] => format!("{} {}", self.day().unwrap_or_default(), self.year()),
            _ => self.year().to_owned(),
        };
        let title = match &self.within {
            Some(within) => format!("\"{}.\" In {within}", self.title),
            None => self.title.clone(),
        };
        let edition = self.edition();
        let version = edition.map_or(String::new(), |edition| format!(" {edition}."));
        let url = after_space(self.url.as_deref().map(|url| format!("{url}.")).as_deref());
        format!("{}. {title}.{version} {date}.{url}", self.author)
    }

    fn bibtex(&self) -> String {
        let [_, entry, _, publisher] = self.kind.names();
        let braces = |text: &str| format!("{{{{{}}}}}", escaped_for_tex(text));
        let optional = |text: &Option<String>| text.as_deref().map(braces);
        let url = |url: &String| format!("{{{}}}", url.replace('{', "%7B").replace('}', "%7D"));
        let fields = [
            ("author", Some(braces(&self.author))),
            ("title", Some(braces(&self.title))),
            ("booktitle", optional(&self.within)),
            (publisher, Some(braces(&self.author)).filter(|_| !publisher.is_empty())),
            ("year", Some(format!("{{{}}}", escaped_for_tex(self.year())))),
            ("month", self.date_parts().get(1).map(usize::to_string)),
            ("version", optional(&self.version)),
            ("note", optional(&self.checksum)),
            ("url", self.url.as_ref().map(url)),
        ];
        let fields = fields.into_iter();
        let fields = fields.filter_map(|(name, value)| Some(format!("  {name} = {}", value?)));
        let fields = fields.collect::<Vec<_>>().join(",\n");
        format!("@{entry}{{{},\n{fields}\n}}", self.key)
    }

    fn ris(&self) -> String {
        let [_, _, kind, _] = self.kind.names();
        let lines = [
            ("TY", Some(kind.to_owned())),
            ("ID", Some(self.key.clone())),
            ("AU", Some(format!("{},", self.author))),
            ("TI", Some(self.title.clone())),
            ("T2", self.within.clone()),
            ("PB", Some(self.author.clone())),
            ("PY", Some(self.year().to_owned())),
            ("DA", Some(self.date.replace('-', "/"))),
            ("ET", self.version.clone()),
            ("UR", self.url.clone()),
            ("ER", Some(String::new())),
        ];
        let lines = lines.into_iter();
        let lines = lines.filter_map(|(tag, value)| Some(format!("{tag}  - {}", value?)));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The reference as an object of CSL JSON.
    pub fn csl(&self) -> Value {
        let [kind, ..] = self.kind.names();
        let mut item = json!({
            "id": self.key,
            "type": kind,
            "title": self.title,
            "author": [{ "literal": self.author }],
            "publisher": self.author,
            "issued": { "date-parts": [self.date_parts()] },
            "container-title": self.within,
            "version": self.version,
            "note": self.checksum,
            "URL": self.url,
        });
        if let Some(item) = item.as_object_mut() {
            item.retain(|_, value| !value.is_null());
        }
        item
    }
}

fn after_space(text: Option<&str>) -> String {
    text.map_or(String::new(), |text| format!(" {text}"))
}

/// Text with the characters escaped that TeX takes for commands.
fn escaped_for_tex(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            // BibTeX counts braces whatever stands before them.
            '{' => out.push_str("\\textbraceleft "),
            '}' => out.push_str("\\textbraceright "),
            '\\' => out.push_str("\\textbackslash{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            _ => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use crate::output::reference::{Reference, ReferenceKind, Style};

    fn report(date: &str) -> Reference {
        Reference {
            key: "tip2018".to_owned(),
            kind: ReferenceKind::Report,
            title: "2018 Report".to_owned(),
            within: None,
            author: "US Department of State".to_owned(),
            date: date.to_owned(),
            url: None,
            version: None,
            checksum: None,
        }
    }

    #[test]
    fn a_date_is_given_as_far_as_it_is_known() {
        for (date, expected) in
            [("2018-06-28", "(2018, June 28)"), ("2018-06", "(2018, June)"), ("2018", "(2018)")]
        {
            let text = report(date).in_style(Style::Apa);
            assert!(text.contains(expected), "{text}");
        }
    }

    #[test]
    fn every_style_names_the_title_and_the_year() {
        let styles = [Style::Apa, Style::Chicago, Style::BibTex, Style::Ris, Style::CslJson];
        for style in styles {
            let text = report("2018-06-28").in_style(style);
            assert!(text.contains("2018 Report"), "{text}");
        }
    }

    #[test]
    fn a_checksum_stands_only_where_no_reader_must_skip_it() {
        let data = Reference { checksum: Some("SHA-256 6ec2".to_owned()), ..report("2026") };
        for (style, holds) in [
            (Style::Apa, false),
            (Style::Chicago, false),
            (Style::Ris, false),
            (Style::BibTex, true),
            (Style::CslJson, true),
        ] {
            assert_eq!(data.in_style(style).contains("6ec2"), holds, "{style:?}");
        }
    }
}
