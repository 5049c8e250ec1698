//! `GET /health`: the program runs.

/// Ask whether the program runs
///
/// Says nothing about the store: `GET /ready` does.
#[utoipa::path(
    get,
    path = "/health",
    tag = "operation",
    responses((status = 200, description = "`ok`", body = String, content_type = "text/plain"))
)]
pub(crate) async fn get_health() -> &'static str {
    "ok\n"
}

#[cfg(test)]
mod tests {
    use crate::testing::House;

    #[tokio::test]
    async fn a_running_program_says_so() {
        let house = House::founded().await;
        let answer = house.get_openly("/health").await;
        assert_eq!((answer.status, answer.text()), (200, "ok\n"));
    }
}
