//! `hotich paper`: see how a paper looks.

use civil::id::EventId;
use civil::law::{Paper, PaperForm, form_in_force};
use civil::value::Date;
use extract::{Codes, Sheet, TypesetError, Typesetter, sample, sample_claim};
use registry::{Clock, SystemClock};

use crate::args::{Paper as Args, PaperVerb};
use crate::outcome::{Error, Outcome, Result};

/// Where a preview's small code leads.
const NOWHERE: &str = "https://example.invalid/v/00000-00000-00000-00000";

/// Does what is asked with papers.
pub fn run(args: Args) -> Result<Outcome> {
    let (kind, original, on, templates, out) = match args.verb {
        PaperVerb::Issue(args) => return tokio::task::block_in_place(|| super::issue::run(&args)),
        PaperVerb::Fetch(args) => return tokio::task::block_in_place(|| super::fetch::run(&args)),
        PaperVerb::Preview {
            kind,
            original,
            on,
            templates,
            out,
        } => (kind, original, on, templates, out),
    };
    let paper = Paper::ALL.iter().copied().find(|paper| paper.word() == kind);
    let paper =
        paper.ok_or_else(|| Error::using(format!("no paper is called {kind}; there are {}", names())))?;
    let form = if original {
        PaperForm::Original
    } else {
        PaperForm::Copy
    };
    let day = match on {
        Some(day) => Date::parse(&day).map_err(Error::using)?,
        None => today()?,
    };
    let Some((title, known)) = form_in_force(paper, form, day) else {
        return Err(Error::using(format!("{kind} has no such form on {day}")));
    };
    if !known {
        println!("the form of {day} is not known; this is the last one known");
    }
    let setter = match templates {
        Some(folder) => Typesetter::with_folder(&folder),
        None => Typesetter::new(),
    };
    let setter = setter.map_err(Error::using)?;
    let content = sample(paper, form, day).map_err(Error::using)?;
    let claim = sample_claim();
    let made = setter.typeset(&Sheet {
        content: &content,
        template: &title.template,
        event: EventId::at(0, [0; 10]),
        at: 0,
        codes: Some(Codes {
            claim: &claim,
            url: NOWHERE,
        }),
    });
    let pdf = made.map_err(told)?;
    std::fs::write(&out, &pdf)?;
    println!(
        "{} by template {}: {} bytes",
        content.title.join(" "),
        title.template,
        pdf.len()
    );
    Ok(Outcome::Well)
}

/// The people of a preview are made up, so whoever writes a template may read all that the typesetter says.
fn told(error: TypesetError) -> Error {
    match &error {
        TypesetError::Template { told } | TypesetError::Unwritable { told } => {
            Error::using(format!("{error}: {told}"))
        }
        _ => Error::using(error),
    }
}

fn names() -> String {
    let names: Vec<&str> = Paper::ALL.iter().map(|paper| paper.word()).collect();
    names.join(", ")
}

fn today() -> Result<Date> {
    let seconds = u64::try_from(SystemClock.now_ms() / 1_000).unwrap_or_default();
    civil::event::day_in_vietnam(seconds).ok_or_else(|| Error::using("the clock is past the calendar's end"))
}
