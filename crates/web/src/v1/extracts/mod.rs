//! Papers: asked for, issued, handed over, and whether they still hold.

pub(crate) mod batch;
pub(crate) mod file;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod proof;
pub(crate) mod request;
pub(crate) mod statistics;
pub(crate) mod status;

#[cfg(test)]
pub(crate) mod tests;

use civil::id::EventId;
use civil::seal::PaperCode;

use crate::Web;
use crate::parameters::in_path;
use crate::problem::Problem;

/// The event that issued a paper, by its id or by the paper's code.
///
/// # Errors
/// [`crate::problem::BAD_PARAMETER`]; when no paper has the code.
async fn event_of(web: &Web, paper: &str) -> Result<EventId, Problem> {
    match paper.parse::<PaperCode>() {
        Ok(code) => Ok(web.registry().paper_status(&code).await?.event),
        Err(_) => in_path("paper", paper),
    }
}
