//! Letters with marks that have no code point of their own (`Ê̆`, `Ơ̆`), told once.
//!
//! A mark that stands at another height than its letter is set as a run of its own, and each of the two runs carries the text of both: whoever
//! copies the name from the page, searches it or has it read aloud gets `Ê̆Ê̆`. Here the letter keeps its letter and the mark its mark.

use typst::ecow::EcoVec;
use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;
use typst::utils::Numeric as _;
use typst_layout::{Page, PagedDocument};

/// The document with each mark told once.
pub(crate) fn told_once(document: PagedDocument) -> PagedDocument {
    use typst::model::Document as _;
    if !document.pages().iter().any(|page| doubled(&page.frame)) {
        return document;
    }
    let info = document.info().clone();
    let pages: EcoVec<Page> = document.pages().iter().cloned().map(of_page).collect();
    PagedDocument::new(pages, info)
}

fn of_page(mut page: Page) -> Page {
    of_frame(&mut page.frame);
    page
}

/// Whether a run in it repeats the end of the run before.
fn doubled(frame: &Frame) -> bool {
    let mut before: Option<&TextItem> = None;
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => doubled(&group.frame),
        FrameItem::Text(run) => {
            let found = before.is_some_and(|before| is_mark_of(&before.text, run));
            before = Some(run);
            found
        }
        _ => false,
    })
}

fn of_frame(frame: &mut Frame) {
    let split = split(frame);
    let mut split = split.into_iter();
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => of_frame(&mut group.frame),
            FrameItem::Text(run) => {
                if let Some(Some(text)) = split.next() {
                    retell(run, &text);
                }
            }
            _ => {}
        }
        true
    });
}

/// What each run of a frame is to tell instead, in order; nothing where it stays as it is.
fn split(frame: &Frame) -> Vec<Option<String>> {
    let runs = frame.items().filter_map(|(_, item)| match item {
        FrameItem::Text(run) => Some(run),
        _ => None,
    });
    let mut told: Vec<Option<String>> = Vec::new();
    let mut before = String::new();
    for run in runs {
        if is_mark_of(&before, run) {
            // The last of the marks that the run before still tells goes to this one.
            let mark = before.pop();
            if let Some(last) = told.last_mut() {
                *last = Some(before.clone());
            }
            told.push(mark.map(String::from));
            // A further mark of the same letter would have to take one from two runs back; no face here sets three heights.
            before = String::new();
        } else {
            told.push(None);
            before = run.text.to_string();
        }
    }
    told
}

/// Whether a run is nothing but the mark of the letter with which the text before ends: it has no width, and its text is a letter and its marks,
/// with which that text ends.
fn is_mark_of(before: &str, run: &TextItem) -> bool {
    let whole = 0..run.text.len();
    let without_width = |glyph: &typst::text::Glyph| glyph.x_advance.is_zero() && glyph.range() == whole;
    !run.glyphs.is_empty()
        && run.text.chars().count() > 1
        && run.glyphs.iter().all(without_width)
        && before.ends_with(run.text.as_str())
}

/// Another text for a run; glyphs end where it ends.
fn retell(run: &mut TextItem, text: &str) {
    let end = u16::try_from(text.len()).unwrap_or(u16::MAX);
    run.text = text.into();
    for glyph in &mut run.glyphs {
        glyph.range.start = glyph.range.start.min(end);
        glyph.range.end = glyph.range.end.min(end);
    }
}
