//! Codes of which a module is hardly larger than a dot: a page at 100 dots an inch has 1.6 of them to a module.
//!
//! Common readers make such a picture black and white first, and lose what they need. Here the corner marks are found between the dots
//! ([`super::marks`]), the grid is laid through them and moved until all that every code must have (marks, timing lines) fits best, and
//! only then is it decided which module is dark: from the grey at its middle, less what its neighbours shed on it.

use super::drawn::decode;
use super::marks::{Corners, corners, width};
use super::picture::Grey;

/// How far the grid is moved at a time, in dots.
const STEPS: [f64; 5] = [0.5, 0.25, 0.12, 0.06, 0.03];
/// How much of its grey each of a module's four neighbours may have shed on it.
const SHED: [f64; 4] = [0.0, 0.06, 0.12, 0.18];
const VERSION_MAX: usize = 40;
/// How many squares of marks are tried.
const SQUARES_MAX: usize = 12;

/// The texts of the codes on a picture, the largest code first.
pub(super) fn codes(grey: &Grey) -> impl Iterator<Item = String> {
    let corners = corners(grey).into_iter().take(SQUARES_MAX);
    corners.filter_map(|corners| read(grey, &corners))
}

/// Tries the two sizes that fit best.
fn read(grey: &Grey, corners: &Corners) -> Option<String> {
    let guess = (width(corners) / corners[0].module - 10.0) / 4.0;
    let near =
        (guess.round() as usize).saturating_sub(3).max(1)..=(guess.round() as usize + 3).min(VERSION_MAX);
    let mut sizes: Vec<(f64, Grid, Vec<Known>)> = near
        .map(|version| {
            let grid = Grid::of(corners, 17 + 4 * version);
            let known = pattern(grid.side);
            (grid.fit(grey, &known), grid, known)
        })
        .collect();
    sizes.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
    sizes.truncate(2);
    sizes.into_iter().find_map(|(fit, mut grid, known)| {
        grid.settle(grey, &known, fit);
        let levels = Levels::of(grey, &grid, &known);
        SHED.iter().find_map(|shed| {
            let clear = levels.clear(*shed);
            decode(grid.side, |x, y| clear[y * grid.side + x] < 0.5)
        })
    })
}

/// A module that every code of a size has.
#[derive(Debug, Clone, Copy)]
struct Known {
    x: usize,
    y: usize,
    dark: bool,
}

/// The corner marks with the light around them, the timing lines and the small marks.
fn pattern(side: usize) -> Vec<Known> {
    let mut known = Vec::new();
    for [left, top] in [[0, 0], [side - 7, 0], [0, side - 7]] {
        for y in (top.max(1) - 1)..(top + 8).min(side) {
            for x in (left.max(1) - 1)..(left + 8).min(side) {
                let ring = x.abs_diff(left + 3).max(y.abs_diff(top + 3));
                let dark = ring != 2 && ring != 4;
                known.push(Known { x, y, dark });
            }
        }
    }
    for at in 8..side - 8 {
        let dark = at % 2 == 0;
        known.extend([Known { x: at, y: 6, dark }, Known { x: 6, y: at, dark }]);
    }
    let places = small_marks(side);
    for (x, y) in places.iter().flat_map(|x| places.iter().map(move |y| (*x, *y))) {
        if [(6, 6), (6, side - 7), (side - 7, 6)].contains(&(x, y)) {
            continue;
        }
        for at in 0..25 {
            let (x_in, y_in) = (at % 5, at / 5);
            let dark = usize::abs_diff(x_in, 2).max(usize::abs_diff(y_in, 2)) != 1;
            known.push(Known {
                x: x + x_in - 2,
                y: y + y_in - 2,
                dark,
            });
        }
    }
    known
}

/// Where alignment patterns have their middles (ISO/IEC 18004, annex E).
fn small_marks(side: usize) -> Vec<usize> {
    let version = (side - 17) / 4;
    if version == 1 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = match version {
        32 => 26,
        _ => (version * 4 + 4).div_ceil(count * 2 - 2) * 2,
    };
    let behind = (0..count - 1).map(|at| side - 7 - (count - 2 - at) * step);
    [6].into_iter().chain(behind).collect()
}

/// Where the modules lie: the middles of the three marks, and how far the fourth corner is from where they put it.
#[derive(Debug, Clone, Copy)]
struct Grid {
    side: usize,
    parts: [f64; 8],
}

impl Grid {
    fn of([a, b, c]: &Corners, side: usize) -> Self {
        let parts = [a.x, a.y, b.x, b.y, c.x, c.y, 0.0, 0.0];
        Self { side, parts }
    }

    /// Where the middle of a module lies.
    fn place(&self, x: usize, y: usize) -> [f64; 2] {
        let [ax, ay, bx, by, cx, cy, dx, dy] = self.parts;
        let [u, v] = [x, y].map(|at| (at as f64 - 3.0) / (self.side as f64 - 7.0));
        [
            ax + (bx - ax) * u + (cx - ax) * v + dx * u * v,
            ay + (by - ay) * u + (cy - ay) * v + dy * u * v,
        ]
    }

    /// How well what must be there is there: light less dark.
    fn fit(&self, grey: &Grey, known: &[Known]) -> f64 {
        let light = |known: &Known| {
            let level = grey.between(self.place(known.x, known.y));
            if known.dark { -level } else { level }
        };
        known.iter().map(light).sum::<f64>() / known.len() as f64
    }

    /// Moves the grid until it fits best.
    fn settle(&mut self, grey: &Grey, known: &[Known], mut best: f64) {
        for step in STEPS {
            let mut better = true;
            while better {
                better = false;
                for (part, way) in (0..self.parts.len()).flat_map(|part| [(part, step), (part, -step)]) {
                    let kept = self.parts[part];
                    self.parts[part] += way;
                    let found = self.fit(grey, known);
                    if found > best + 1e-6 {
                        (best, better) = (found, true);
                    } else {
                        self.parts[part] = kept;
                    }
                }
            }
        }
    }
}

/// How light each module is, row by row: 0 is ink, 1 is paper.
struct Levels {
    side: usize,
    seen: Vec<f64>,
}

impl Levels {
    fn of(grey: &Grey, grid: &Grid, known: &[Known]) -> Self {
        let side = grid.side;
        let level = |at: usize| grey.between(grid.place(at % side, at / side));
        let seen: Vec<f64> = (0..side * side).map(level).collect();
        let mean = |dark: bool| {
            let those = known.iter().filter(|known| known.dark == dark);
            let levels: Vec<f64> = those.map(|known| seen[known.y * side + known.x]).collect();
            levels.iter().sum::<f64>() / levels.len() as f64
        };
        let [ink, paper] = [mean(true), mean(false)];
        let seen = seen.iter().map(|level| (level - ink) / (paper - ink)).collect();
        Self { side, seen }
    }

    /// The same without what neighbours shed.
    fn clear(&self, shed: f64) -> Vec<f64> {
        const ROUNDS: usize = 6;
        let mut clear = self.seen.clone();
        for _ in 0..if shed > 0.0 { ROUNDS } else { 0 } {
            let at = |x: usize, y: usize| match x < self.side && y < self.side {
                true => clear[y * self.side + x],
                false => 1.0,
            };
            let cleared = self.seen.iter().enumerate().map(|(place, level)| {
                let (x, y) = (place % self.side, place / self.side);
                let around =
                    at(x.wrapping_sub(1), y) + at(x + 1, y) + at(x, y.wrapping_sub(1)) + at(x, y + 1);
                let shown = (1.0 - 4.0 * shed) * at(x, y) + shed * around;
                (at(x, y) + level - shown).clamp(-0.1, 1.1)
            });
            clear = cleared.collect();
        }
        clear
    }
}
