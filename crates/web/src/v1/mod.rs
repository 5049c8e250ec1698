//! The first version of the API: one file for each endpoint.

mod accesses;
mod acts;
mod books;
mod content;
mod entries;
mod events;
pub(crate) mod extracts;
mod kinds;
mod law;
mod lists;
mod notices;
mod offices;
mod persons;
mod quality;
mod statistics;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;

/// Every endpoint of `/v1`.
pub(crate) fn routes() -> OpenApiRouter<Arc<Web>> {
    OpenApiRouter::new()
        .routes(routes!(acts::draft::draft_act))
        .routes(routes!(events::record::record_event, events::feed::list_events))
        .routes(routes!(events::event::get_event))
        .routes(routes!(events::proof::get_proof))
        .routes(routes!(entries::search::search_entries))
        .routes(routes!(entries::entry::get_entry))
        .routes(routes!(entries::timeline::get_timeline))
        .routes(routes!(entries::diff::get_diff))
        .routes(routes!(entries::duplicates::list_duplicates))
        .routes(routes!(quality::count_tasks))
        .routes(routes!(quality::list_tasks))
        .routes(routes!(notices::list_notices))
        .routes(routes!(notices::count_overdue))
        .routes(routes!(persons::list::list_persons))
        .routes(routes!(persons::person::get_person))
        .routes(routes!(offices::list::list_offices))
        .routes(routes!(offices::office::get_office))
        .routes(routes!(offices::officers::list_officers))
        .routes(routes!(offices::custody::get_custody))
        .routes(routes!(books::get_book))
        .routes(routes!(statistics::six_columns::get_statistics))
        .routes(routes!(statistics::form::get_form))
        .routes(routes!(law::get_law))
        .routes(routes!(
            extracts::list::list_extracts,
            extracts::request::request_paper
        ))
        .routes(routes!(extracts::batch::issue_batch))
        .routes(routes!(extracts::statistics::count_papers))
        .routes(routes!(extracts::page::get_paper))
        .routes(routes!(extracts::file::get_pdf))
        .routes(routes!(extracts::file::get_png))
        .routes(routes!(extracts::status::get_status))
        .routes(routes!(extracts::proof::get_paper_proof))
        .routes(routes!(lists::get_trust_list))
        .routes(routes!(lists::get_status_list))
        .routes(routes!(accesses::list::list_accesses))
        .routes(routes!(accesses::entry::list_entry_accesses))
        .routes(routes!(kinds::list::list_kinds))
        .routes(routes!(kinds::kind::get_kind))
}
