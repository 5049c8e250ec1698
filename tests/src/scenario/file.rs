//! A scenario's file: title, law, sentences with what fills them in.

use crate::tree;

/// The folder of the scenarios.
const FOLDER: &str = "tests/scenarios";

/// A scenario as its file tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// The name of its file without the ending.
    pub name: String,
    /// What it is about.
    pub title: String,
    /// Where the law says so.
    pub law: String,
    /// Its sentences, in their order.
    pub steps: Vec<Step>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its line, from 1.
    pub line: usize,
    /// `Given`, `When` or `Then`; an `And` is what came before it.
    pub word: &'static str,
    /// What follows the word.
    pub text: String,
    /// The indented lines below it.
    pub below: Vec<String>,
}

const WORDS: [&str; 3] = ["Given", "When", "Then"];

impl Scenario {
    /// Every scenario, by name.
    ///
    /// # Panics
    /// When a file does not read as a scenario; the message names file and line.
    pub fn all() -> Vec<Self> {
        let files = tree::files_ending(FOLDER, &[".scenario"]);
        let mut all: Vec<Self> = files.iter().map(|file| Self::of_file(file)).collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all
    }

    /// Its file, from the root of the repository.
    pub fn file(&self) -> String {
        format!("{FOLDER}/{}.scenario", self.name)
    }

    fn of_file(file: &str) -> Self {
        let name = file.rsplit('/').next().unwrap_or(file);
        let name = name.trim_end_matches(".scenario");
        Self::parse(name, &tree::read(file)).unwrap_or_else(|(line, why)| panic!("{file}:{line}: {why}"))
    }

    /// Reads one.
    ///
    /// # Errors
    /// The line, and why it does not read.
    pub fn parse(name: &str, text: &str) -> Result<Self, (usize, String)> {
        let mut lines = (1..).zip(text.lines());
        let mut head = |mark: &str| match lines.next() {
            Some((_, line)) if line.starts_with(mark) => Ok(line[mark.len()..].trim().to_owned()),
            Some((number, _)) => Err((number, format!("a line with {mark:?} belongs here"))),
            None => Err((1, format!("there is no line with {mark:?}"))),
        };
        let (title, law) = (head("# ")?, head("Law: ")?);
        let mut steps: Vec<Step> = Vec::new();
        for (number, line) in lines {
            let said = line.trim();
            if said.is_empty() || said.starts_with("//") {
                continue;
            }
            if line.starts_with("  ") {
                let step = steps
                    .last_mut()
                    .ok_or((number, "nothing to fill in".to_owned()))?;
                step.below.push(said.to_owned());
                continue;
            }
            let before = steps.last().map(|step| step.word);
            let (word, text) = sentence(said, before).ok_or((number, "not a sentence".to_owned()))?;
            steps.push(Step {
                line: number,
                word,
                text: text.to_owned(),
                below: Vec::new(),
            });
        }
        Ok(Self {
            name: name.to_owned(),
            title,
            law,
            steps,
        })
    }
}

fn sentence<'a>(said: &'a str, before: Option<&'static str>) -> Option<(&'static str, &'a str)> {
    let (first, rest) = said.split_once(' ')?;
    match first {
        "And" => before.map(|word| (word, rest)),
        _ => WORDS
            .into_iter()
            .find(|word| *word == first)
            .map(|word| (word, rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Twins\nLaw: LAW §6.1 row 2\n\nGiven office 1\n// a remark\nWhen on 2026-01-20 office 1 files a birth as A\n  /child/name = Nguyễn An\n\nThen it is recorded\n And A says /child/name = Nguyễn An\n";

    #[test]
    fn a_file_reads_as_title_law_and_sentences_with_their_lines() {
        let scenario = Scenario::parse("twins", TEXT).unwrap();
        assert_eq!(
            (scenario.title.as_str(), scenario.law.as_str()),
            ("Twins", "LAW §6.1 row 2")
        );
        let told: Vec<_> = scenario
            .steps
            .iter()
            .map(|step| (step.line, step.word, step.below.len()))
            .collect();
        assert_eq!(
            told,
            [(4, "Given", 0), (6, "When", 1), (9, "Then", 0), (10, "Then", 0)]
        );
        assert_eq!(scenario.steps[3].text, "A says /child/name = Nguyễn An");
    }

    #[test]
    fn what_is_no_scenario_is_told_with_its_line() {
        let line = |text: &str| Scenario::parse("x", text).unwrap_err().0;
        assert_eq!(line("Twins\n"), 1);
        assert_eq!(line("# Twins\n\nGiven office 1\n"), 2);
        assert_eq!(line("# Twins\nLaw: x\n\n  /child/name = Nguyễn An\n"), 4);
        assert_eq!(line("# Twins\nLaw: x\nPerhaps it rains\n"), 3);
        assert_eq!(line("# Twins\nLaw: x\nAnd so on\n"), 3);
    }
}
