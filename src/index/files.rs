//! The data files: the one table of them. To add a file is to add an entry, and its user.

/// A data file.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Its name in `data/`.
    pub name: &'static str,
    /// Its header.
    pub header: &'static str,
    /// How many of its first columns it is sorted by; 0 where it has an order of its own.
    pub keys: usize,
    /// All of its text.
    pub text: &'static str,
}

/// The data files of a program, each by its name.
#[derive(Clone, Copy, Debug)]
pub struct Files(pub &'static [File]);

impl Files {
    /// The file of this name; one without a row where there is none, which no reader takes for a file.
    pub fn named(self, name: &'static str) -> File {
        let known = self.0.iter().find(|file| file.name == name);
        known.copied().unwrap_or(File {
            name,
            header: "",
            keys: 0,
            text: "",
        })
    }
}

/// The data files this program was built with.
pub const EMBEDDED: Files = Files(&[
    File {
        name: "chapters.csv",
        header: "iso3,from,to,slug",
        keys: 2,
        text: include_str!("../../data/chapters.csv"),
    },
    File {
        name: "countries.csv",
        header: "iso3,iso2,numeric,regions,form_matters,dissolved,name",
        keys: 1,
        text: include_str!("../../data/countries.csv"),
    },
    File {
        name: "definitions.csv",
        header: "from,to,tier,definition,criteria,note,source",
        keys: 3,
        text: include_str!("../../data/definitions.csv"),
    },
    File {
        name: "enforcement.csv",
        header: "year,region,prosecutions,prosecutions_labour,convictions,convictions_labour,victims,victims_labour,laws,printed,sources,url,note",
        keys: 2,
        text: include_str!("../../data/enforcement.csv"),
    },
    File {
        name: "figures.csv",
        header: "figure,value,period,attributed_to,sources",
        keys: 0,
        text: include_str!("../../data/figures.csv"),
    },
    File {
        name: "listings.csv",
        header: "iso3,list,year,source",
        keys: 3,
        text: include_str!("../../data/listings.csv"),
    },
    File {
        name: "lists.csv",
        header: "list,name,definition,whole,source",
        keys: 1,
        text: include_str!("../../data/lists.csv"),
    },
    File {
        name: "members.csv",
        header: "region,iso3",
        keys: 2,
        text: include_str!("../../data/members.csv"),
    },
    File {
        name: "names.csv",
        header: "key,iso3,kind,languages,source,name,note",
        keys: 7,
        text: include_str!("../../data/names.csv"),
    },
    File {
        name: "notes.csv",
        header: "iso3,from,to,source,note",
        keys: 2,
        text: include_str!("../../data/notes.csv"),
    },
    File {
        name: "placements.csv",
        header: "iso3,year,tier,evidence,ranked_as,sources,url",
        keys: 2,
        text: include_str!("../../data/placements.csv"),
    },
    File {
        name: "regions.csv",
        header: "region,name,definition,spellings,kind",
        keys: 1,
        text: include_str!("../../data/regions.csv"),
    },
    File {
        name: "reports.csv",
        header: "year,document,countries,note,url,url_seen,chapters",
        keys: 1,
        text: include_str!("../../data/reports.csv"),
    },
    File {
        name: "roles.csv",
        header: "iso3,year,roles,source,note",
        keys: 2,
        text: include_str!("../../data/roles.csv"),
    },
    File {
        name: "roles_history.csv",
        header: "iso3,year,roles,source,note,url,quote",
        keys: 2,
        text: include_str!("../../data/roles_history.csv"),
    },
    File {
        name: "sources.csv",
        header: "id,title,publisher,date,kind,url,rights",
        keys: 1,
        text: include_str!("../../data/sources.csv"),
    },
    File {
        name: "tiers.csv",
        header: "tier,mark,name,definition,criteria,note,document,spellings",
        keys: 0,
        text: include_str!("../../data/tiers.csv"),
    },
    File {
        name: "tiles.csv",
        header: "iso3,row,column",
        keys: 1,
        text: include_str!("../../data/tiles.csv"),
    },
    File {
        name: "typologies.csv",
        header: "typology,traits,source",
        keys: 0,
        text: include_str!("../../data/typologies.csv"),
    },
    File {
        name: "watch_list_rules.csv",
        header: "from,reports,longest,returned,act,source,rule",
        keys: 1,
        text: include_str!("../../data/watch_list_rules.csv"),
    },
]);
