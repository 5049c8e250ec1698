//! Which communes get an office at a scale, and how a province's registrations are dealt out to them.

use super::dice::Dice;
use super::table::Cells;

/// How many offices a province with that many communes has at a scale: at least one, at scale 1 all of them. Below
/// that twice its share, so that a small nation still has offices that work side by side.
pub fn offices(communes: usize, scale: f64) -> usize {
    let share = (communes as f64 * scale * 2.0).ceil() as usize;
    if scale >= 1.0 {
        communes
    } else {
        share.clamp(1, communes)
    }
}

/// The index of each of `offices` communes among `communes`, spread over all of them.
pub fn spread(offices: usize, communes: usize) -> impl Iterator<Item = usize> {
    (0..offices).map(move |office| office * communes / offices.max(1))
}

/// Deals each cell out to that many offices by weights of chance. The parts of a cell sum up to the cell.
pub fn deal(cells: &Cells, offices: usize, dice: &mut Dice) -> Vec<[u32; 6]> {
    let weights: Vec<u64> = (0..offices).map(|_| 40 + dice.below(121)).collect();
    let whole: u64 = weights.iter().sum();
    let mut dealt = vec![[0; 6]; offices];
    for (kind, cell) in cells.iter().enumerate() {
        let cell = u64::from(cell.unwrap_or_default());
        // Each office gets what lies between its two marks on the way from 0 to the cell; the start of the way is
        // moved by less than one registration, so that a lone one does not always fall to the last office.
        let start = dice.below(whole);
        let mark = |weight: u64| (cell * weight + start) / whole.max(1);
        let mut passed = 0;
        for (weight, dealt) in weights.iter().zip(&mut dealt) {
            dealt[kind] = u32::try_from(mark(passed + weight) - mark(passed)).unwrap_or_default();
            passed += weight;
        }
    }
    dealt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_scale_one_every_commune_has_an_office_and_at_every_scale_each_province_has_one() {
        assert_eq!(offices(577, 1.0), 577);
        assert_eq!(offices(577, 0.01), 12);
        assert_eq!(offices(47, 0.000_1), 1);
        assert_eq!(spread(3, 10).collect::<Vec<_>>(), [0, 3, 6]);
        assert_eq!(spread(10, 10).collect::<Vec<_>>(), (0..10).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_dealt_out_sums_up_to_the_cell() {
        let cells = [Some(168_368), Some(17_473), Some(0), Some(1), None, Some(3)];
        for (offices, number) in [(1, 0), (7, 1), (579, 2)] {
            let dealt = deal(&cells, offices, &mut Dice::new(1, "deal", number));
            for (kind, cell) in cells.iter().enumerate() {
                let sum: u32 = dealt.iter().map(|dealt| dealt[kind]).sum();
                assert_eq!(sum, cell.unwrap_or_default(), "{offices} offices");
            }
        }
    }
}
