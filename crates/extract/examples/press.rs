//! How long a copy takes to set: `cargo run --release -p extract --example press`.
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use civil::law::{Paper, PaperForm};
    let begun = std::time::Instant::now();
    let setter = extract::Typesetter::new()?;
    println!("new {:?}", begun.elapsed());
    let claim = extract::sample_claim();
    let on = civil::value::Date::parse("2026-11-22")?;
    let mut times = Vec::new();
    let mut content = extract::sample(Paper::Birth, PaperForm::Copy, on)?;
    for turn in 0..400u32 {
        content.number = format!("{turn}/2026/GKS-BS");
        content.fields[0].value = format!("{} {}", content.fields[0].value.split(" #").next().unwrap_or(""), ["An", "Bình", "Chi", "Dũng", "Em", "Giang", "Hà"][turn as usize % 7]);
        let claim: String = claim.chars().skip(turn as usize % 50).chain(claim.chars().take(turn as usize % 50)).collect();
        let url = format!("https://hotich.example/v/{turn:020}");
        let sheet = extract::Sheet { content: &content, template: "birth-2016", event: civil::id::EventId::at(u64::from(turn), [1; 10]), at: 1_795_000_000,
            codes: Some(extract::Codes { claim: &claim, url: &url }) };
        let begun = std::time::Instant::now();
        let pdf = setter.typeset(&sheet)?;
        times.push(begun.elapsed());
        if turn == 0 { println!("first {:?} {} bytes", times[0], pdf.len()); std::fs::write("/tmp/first.pdf", &pdf)?; }
    }
    let mut warm = times.split_off(50);
    warm.sort();
    println!("median {:?} p95 {:?} max {:?}", warm[warm.len() / 2], warm[warm.len() * 95 / 100], warm.last());
    let status = std::fs::read_to_string("/proc/self/status")?;
    println!("{}", status.lines().filter(|l| l.starts_with("VmHWM") || l.starts_with("VmRSS")).collect::<Vec<_>>().join(" "));
    Ok(())
}
