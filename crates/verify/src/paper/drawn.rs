//! The QR code as it is drawn on the page: not a picture of dots but rectangles, so it is read without any guess.

use super::pdf::Object;

/// Most runs of modules that a code can have, and then some.
const RECTANGLES_MAX: usize = 40_000;
/// The modules of one side, from version 1 to version 40.
const SIDES: std::ops::RangeInclusive<usize> = 21..=177;

/// A rectangle: left, bottom, right, top.
type Rectangle = [f64; 4];

/// A path that is being drawn.
#[derive(Debug, Default)]
pub(super) struct Path {
    corners: Vec<[f64; 2]>,
    closed: Vec<Rectangle>,
    /// Something in it is no rectangle.
    other: bool,
}

impl Path {
    /// Takes one operator of path construction; none when there are more corners than any page of ours has.
    pub(super) fn draw(&mut self, operator: &[u8], operands: &[Object<'_>]) -> Option<()> {
        let numbers: Vec<f64> = operands.iter().filter_map(Object::number).collect();
        match (operator, numbers.as_slice()) {
            (b"m", [x, y]) => {
                self.close();
                self.corners.push([*x, *y]);
            }
            (b"l", [x, y]) => self.corners.push([*x, *y]),
            (b"h", []) => self.close(),
            (b"re", [x, y, width, height]) => {
                self.closed.push(ordered([*x, *y], [x + width, y + height]));
            }
            _ => self.other = true,
        }
        (self.corners.len() + self.closed.len() <= RECTANGLES_MAX).then_some(())
    }

    fn close(&mut self) {
        let corners = std::mem::take(&mut self.corners);
        if !corners.is_empty() {
            match rectangle(&corners) {
                Some(rectangle) => self.closed.push(rectangle),
                None => self.other = true,
            }
        }
    }

    /// Fills the path: its rectangles, where there is nothing else in it.
    pub(super) fn fill(mut self) -> Option<Ink> {
        self.close();
        (!self.other && !self.closed.is_empty()).then_some(Ink(self.closed))
    }
}

/// Rectangles, filled in one stroke.
#[derive(Debug)]
pub(super) struct Ink(Vec<Rectangle>);

impl Ink {
    /// The text of the code that the rectangles draw.
    pub(super) fn code(&self) -> Option<String> {
        let module = self
            .0
            .iter()
            .map(|[_, bottom, _, top]| top - bottom)
            .fold(f64::INFINITY, f64::min);
        let edge =
            |at: usize, far: fn(f64, f64) -> f64| self.0.iter().map(|rectangle| rectangle[at]).reduce(far);
        let [left, bottom] = [edge(0, f64::min)?, edge(1, f64::min)?];
        let [right, top] = [edge(2, f64::max)?, edge(3, f64::max)?];
        let side = whole((right - left) / module)?;
        if !SIDES.contains(&side) || whole((top - bottom) / module)? != side {
            return None;
        }
        let mut dark = vec![false; side * side];
        for [from, below, to, above] in &self.0 {
            let [from, to] = [whole((from - left) / module)?, whole((to - left) / module)?];
            let [below, above] = [
                whole((below - bottom) / module)?,
                whole((above - bottom) / module)?,
            ];
            for row in below..above {
                dark.get_mut(row * side + from..row * side + to)?.fill(true);
            }
        }
        // Which way is up, the page says and not the picture.
        let upright = decode(side, |x, y| dark[(side - 1 - y) * side + x]);
        upright.or_else(|| decode(side, |x, y| dark[y * side + x]))
    }
}

/// The text of a code of which every module is known.
pub(super) fn decode(side: usize, dark: impl Fn(usize, usize) -> bool) -> Option<String> {
    // The reader of codes is not ours; a code that makes it stumble is none.
    let grid = rqrr::Grid::new(rqrr::SimpleGrid::from_func(side, dark));
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| grid.decode()));
    read.ok()?.ok().map(|(_, text)| text)
}

/// A path of four corners (and back to the first).
fn rectangle(path: &[[f64; 2]]) -> Option<Rectangle> {
    let corners = match path {
        [first, rest @ .., last] if first == last && rest.len() == 3 => &path[..4],
        _ => path,
    };
    let [a, b, c, d] = corners else { return None };
    let along = a[1] == b[1] && b[0] == c[0] && c[1] == d[1] && d[0] == a[0];
    let across = a[0] == b[0] && b[1] == c[1] && c[0] == d[0] && d[1] == a[1];
    (along || across).then(|| ordered(*a, *c))
}

fn ordered([x, y]: [f64; 2], [to_x, to_y]: [f64; 2]) -> Rectangle {
    [x.min(to_x), y.min(to_y), x.max(to_x), y.max(to_y)]
}

/// A number of modules: whole but for what is lost when coordinates are written.
fn whole(modules: f64) -> Option<usize> {
    let near = modules.round();
    ((modules - near).abs() < 0.05 && (0.0..=200.0).contains(&near)).then_some(near as usize)
}
