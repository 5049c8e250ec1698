//! The corner marks of QR codes, found between the dots of a grey picture.

use super::picture::Grey;

/// How many marks are looked at, those that were seen on most lines first.
const MARKS_MAX: usize = 24;
/// How far the runs of a mark may be from 1:1:3:1:1, in modules.
const RUN_ERROR: f64 = 0.75;
const RUNS: [f64; 5] = [1.0, 1.0, 3.0, 1.0, 1.0];

/// The middle of a corner mark, and how many dots a module of it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) module: f64,
    lines: f64,
}

/// Three marks: the one between the others, the one to its right, the one below.
pub(super) type Corners = [Mark; 3];

/// What could be the corners of codes, the largest first.
pub(super) fn corners(grey: &Grey) -> Vec<Corners> {
    let marks = marks(grey);
    let mut found = Vec::new();
    for a in &marks {
        for b in &marks {
            found.extend(marks.iter().map(|c| [*a, *b, *c]).filter(is_square));
        }
    }
    found.sort_by(|one, other| width(other).total_cmp(&width(one)));
    found
}

/// How far apart the upper marks are.
pub(super) fn width([a, b, _]: &Corners) -> f64 {
    (b.x - a.x).hypot(b.y - a.y)
}

fn is_square(corners: &Corners) -> bool {
    let [a, b, c] = corners;
    let [right, down] = [[b.x - a.x, b.y - a.y], [c.x - a.x, c.y - a.y]];
    let [wide, high] = [right, down].map(|[x, y]| x.hypot(y));
    let clockwise = right[0] * down[1] - right[1] * down[0] > 0.95 * wide * high;
    let alike = |mark: &Mark| mark.module < 1.3 * a.module && a.module < 1.3 * mark.module;
    clockwise && (wide - high).abs() < 0.08 * wide && alike(b) && alike(c)
}

/// What crosses as a mark does both ways.
fn marks(grey: &Grey) -> Vec<Mark> {
    let middle = middle(grey);
    let mut columns: Vec<Option<Vec<Crossing>>> = vec![None; grey.width];
    let mut found: Vec<Mark> = Vec::new();
    for y in 0..grey.height {
        let row: Vec<u8> = (0..grey.width).map(|x| grey.dot(x, y)).collect();
        for across in crossings(&row, middle) {
            let at = across.at.round() as usize;
            let Some(column) = columns.get_mut(at) else {
                continue;
            };
            let column = column.get_or_insert_with(|| {
                let dots: Vec<u8> = (0..grey.height).map(|y| grey.dot(at, y)).collect();
                crossings(&dots, middle)
            });
            let down = column.iter().find(|down| {
                (down.at - y as f64).abs() < down.module
                    && down.module < 1.6 * across.module
                    && across.module < 1.6 * down.module
            });
            if let Some(down) = down {
                gather(&mut found, across, *down);
            }
        }
    }
    found.sort_by(|one, other| other.lines.total_cmp(&one.lines));
    found.truncate(MARKS_MAX);
    found
}

fn gather(found: &mut Vec<Mark>, across: Crossing, down: Crossing) {
    let (x, y, module) = (across.at, down.at, (across.module + down.module) / 2.0);
    let near = found
        .iter_mut()
        .find(|mark| (mark.x - x).hypot(mark.y - y) < 2.0 * module);
    match near {
        None => found.push(Mark {
            x,
            y,
            module,
            lines: 1.0,
        }),
        Some(mark) => {
            mark.lines += 1.0;
            mark.x += (x - mark.x) / mark.lines;
            mark.y += (y - mark.y) / mark.lines;
            mark.module += (module - mark.module) / mark.lines;
        }
    }
}

/// The grey between ink and paper.
fn middle(grey: &Grey) -> f64 {
    let mut counts = [0_usize; 256];
    for dot in &grey.dots {
        counts[usize::from(*dot)] += 1;
    }
    let level = |share: f64| {
        let wanted = share * grey.dots.len() as f64;
        let mut sum = 0.0;
        let found = counts.iter().position(|count| {
            sum += *count as f64;
            sum >= wanted
        });
        found.unwrap_or_default() as f64
    };
    (level(0.01) + level(0.9)) / 2.0
}

/// Where a line crosses a mark: the middle of it, and its module.
#[derive(Debug, Clone, Copy)]
struct Crossing {
    at: f64,
    module: f64,
}

/// Every 1:1:3:1:1 of dark and light on a line.
fn crossings(line: &[u8], middle: f64) -> Vec<Crossing> {
    let edges = edges(line, middle);
    // The first edge leads from paper to ink, or it is left out.
    let begins_dark = line.first().is_some_and(|dot| f64::from(*dot) < middle);
    let groups = edges.windows(6).skip(usize::from(begins_dark)).step_by(2);
    let crossing = |at: &[f64]| {
        let module = (at[5] - at[0]) / 7.0;
        let runs = at.windows(2).map(|edge| edge[1] - edge[0]);
        let fits = runs
            .zip(RUNS)
            .all(|(run, wanted)| (run - wanted * module).abs() < RUN_ERROR * module);
        (fits && module > 1.0).then(|| Crossing {
            at: (at[2] + at[3]) / 2.0,
            module,
        })
    };
    groups.filter_map(crossing).collect()
}

/// Where a line goes over the middle, between the dots.
fn edges(line: &[u8], middle: f64) -> Vec<f64> {
    let pairs = line.windows(2).enumerate();
    let edge = |(at, pair): (usize, &[u8])| {
        let [one, next] = [f64::from(pair[0]), f64::from(pair[1])];
        ((one < middle) != (next < middle)).then(|| at as f64 + (middle - one) / (next - one))
    };
    pairs.filter_map(edge).collect()
}
