//! Names for people whom a scenario needs and does not name.

use crate::Dice;

const FAMILY: [&str; 16] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý",
    "Đinh", "Mai",
];
const MIDDLE: [&str; 12] = [
    "Gia", "Minh", "Ngọc", "Thanh", "Quốc", "Bảo", "Khánh", "Hải", "Phương", "Thu", "Kim", "Xuân",
];
const GIVEN: [&str; 20] = [
    "An", "Bình", "Châu", "Diệp", "Giang", "Hà", "Khuê", "Lam", "Mai", "Nhật", "Oanh", "Phúc", "Quyên",
    "Sơn", "Thảo", "Uyên", "Vân", "Xuyến", "Yên", "Ý",
];

/// A name in three parts, by chance.
pub(super) fn name(dice: &mut Dice) -> String {
    let mut of = |list: &[&'static str]| list[dice.within(0..list.len() as u64) as usize];
    let (family, middle, second, given) = (of(&FAMILY), of(&MIDDLE), of(&MIDDLE), of(&GIVEN));
    format!("{family} {middle} {second} {given}")
}
