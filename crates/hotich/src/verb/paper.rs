//! `hotich paper`: see how a paper looks.

use civil::id::EventId;
use civil::law::{Paper, PaperForm, form_in_force};
use civil::paper::PaperContent;
use civil::value::Date;
use extract::{Codes, Sheet, TypesetError, Typesetter, sample, sample_claim};
use registry::{Clock, SystemClock};

use crate::args::{Paper as Args, PaperVerb};
use crate::outcome::{Error, Outcome, Result};

/// Where a preview's small code leads.
const NOWHERE: &str = "https://example.invalid/v/00000-00000-00000-00000";

/// Does what is asked with papers.
pub fn run(args: Args) -> Result<Outcome> {
    let (kind, original, on, templates, template, out) = match args.verb {
        PaperVerb::Issue(args) => return tokio::task::block_in_place(|| super::issue::run(&args)),
        PaperVerb::Fetch(args) => return tokio::task::block_in_place(|| super::fetch::run(&args)),
        PaperVerb::Preview {
            kind,
            original,
            on,
            templates,
            template,
            out,
        } => (kind, original, on, templates, template, out),
    };
    let (content, in_force) = wanted(&kind, original, on.as_deref())?;
    let template = template.unwrap_or(in_force);
    let setter = match templates {
        Some(folder) => Typesetter::with_folder(&folder),
        None => Typesetter::new(),
    };
    let pdf = set(&setter.map_err(Error::using)?, &content, &template)?;
    std::fs::write(&out, &pdf)?;
    println!(
        "{} by template {template}: {} bytes",
        content.title.join(" "),
        pdf.len()
    );
    Ok(Outcome::Well)
}

/// What the paper says, and the template that holds on its day of issue.
fn wanted(kind: &str, original: bool, on: Option<&str>) -> Result<(PaperContent, String)> {
    let day = match on {
        Some(day) => Date::parse(day).map_err(Error::using)?,
        None => today()?,
    };
    let form = match original {
        true => PaperForm::Original,
        false => PaperForm::Copy,
    };
    let paper = Paper::ALL.iter().copied().find(|paper| paper.word() == kind);
    let paper =
        paper.ok_or_else(|| Error::using(format!("no paper is called {kind}; there are\n{}", names(day))))?;
    let Some((title, known)) = form_in_force(paper, form, day) else {
        return Err(Error::using(format!("{kind} has no such form on {day}")));
    };
    if !known {
        println!("the form of {day} is not known; this is the last one known");
    }
    let content = sample(paper, form, day).map_err(Error::using)?;
    Ok((content, title.template.clone()))
}

fn set(setter: &Typesetter, content: &PaperContent, template: &str) -> Result<Vec<u8>> {
    let claim = sample_claim();
    let made = setter.typeset(&Sheet {
        content,
        template,
        event: EventId::at(0, [0; 10]),
        at: 0,
        codes: Some(Codes {
            claim: &claim,
            url: NOWHERE,
        }),
    });
    made.map_err(told)
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

/// What papers are called, here and on their sheets, by the forms of that day.
fn names(day: Date) -> String {
    let line = |paper: &Paper| {
        let title = form_in_force(*paper, PaperForm::Original, day).map(|(form, _)| form.title.join(" "));
        format!("  {:28} {}", paper.word(), title.unwrap_or_default())
    };
    Paper::ALL.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn today() -> Result<Date> {
    let seconds = u64::try_from(SystemClock.now_ms() / 1_000).unwrap_or_default();
    civil::event::day_in_vietnam(seconds).ok_or_else(|| Error::using("the clock is past the calendar's end"))
}
