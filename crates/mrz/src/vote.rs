//! Several readings of one zone, sign by sign with the chance of each, become one zone. In: chances. Out: the likeliest lines that the
//! grammar allows, and whether that is sure. Does not know: pictures, networks.
//!
//! What is looked for is the likeliest zone among all that are valid, and the likeliest but one: an exact search, since grammar and check
//! digits are a finite automaton ([`crate::layout`]). Check digits help to find the lines, but they do not make a zone sure. A digit that
//! chose a sign cannot also vouch for it, so signs that it watches must look much likelier than others; but for one sign of a date, since
//! dates are watched by two digits with different weights. (The number's digit and the composite one weigh the number alike: they are one.)
//! Names, states and sex, which no digit watches, must be surer still. What documents seldom say ([`Cell::rarity`]) helps to find the lines as
//! well, and makes nothing sure either.

use crate::{
    Format, SIGNS, Zone,
    layout::{Cell, Check, Fit, State, cells, cells_of_line, long_number},
    parse,
    sign::Sign,
};

/// The chance of each sign (by its place in [`SIGNS`]) in one place of a line, 0 to 1.
pub type Chances = [f32; 37];

/// One reading: its lines, top first; each place of a line with its chances.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Lines.
    pub lines: Vec<Vec<Chances>>,
}

/// When a zone is sure. Ratios are of chances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// How much likelier than any other valid zone it is, at least.
    pub sure: f32,
    /// How much likelier than any other sign that may stand there a sign that a check digit watches must be, to count as clear.
    pub clear: f32,
    /// How much likelier than the sign that the check digits want the one may be that it looks like, at most.
    pub near: f32,
    /// The same for a sign that the grammar wants, where what it looks like cannot stand.
    pub possible: f32,
    /// Most signs that check digits decide against their looks.
    pub decided: usize,
    /// Most signs of dates that are not clear in a sure zone.
    pub unclear: usize,
    /// Most signs that are others than they look like.
    pub changed: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { sure: 1000.0, clear: 100.0, near: 20.0, possible: 1000.0, decided: 2, unclear: 1, changed: 4 }
    }
}

impl Limits {
    /// What costs more than the likeliest lines by this is neither accepted nor near to what is.
    fn spare(&self) -> f32 {
        self.decided as f32 * (self.near.ln() + self.possible.ln()) + self.sure.ln()
    }
}

/// No reading is surer of a sign than this allows: one bad frame among several must not decide.
const LEAST_CHANCE: f32 = 1e-5;

/// Costs of a zone differ by less when its places are summed in another order.
const ROUNDING: f32 = 0.01;

/// What became of the readings.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The zone. If it could not be made to fit its format, it is what the signs look like.
    pub zone: Zone,
    /// No other zone is as likely, and hardly a sign is another one than it looks like.
    pub sure: bool,
    /// Signs that are others than they look like.
    pub changed: usize,
}

impl Verdict {
    /// The zone is valid and sure. A zone that is valid without being sure is not to be called so.
    pub fn valid(&self) -> bool {
        self.sure && self.zone.valid()
    }
}

/// One zone of several readings. Those of the commonest size are counted, and of others with as many lines those lines that have its
/// length. `None` if no reading has a format's size.
pub fn vote(readings: &[Reading], limits: &Limits) -> Option<Verdict> {
    vote_within(limits.spare(), readings, limits)
}

/// The same, of valid zones that cost so much more than the likeliest lines at most.
fn vote_within(spare: f32, readings: &[Reading], limits: &Limits) -> Option<Verdict> {
    let Costs { size, lines: costs } = summed(readings)?;
    let looks: Vec<Vec<Sign>> = costs.iter().map(|line| line.iter().map(cheapest).collect()).collect();
    let formats = Format::ALL.into_iter().filter(|format| format.size() == size);
    let ways = formats.flat_map(|format| {
        let cell = |[line, column]: [usize; 2]| Some(&costs[line][column]);
        rests(format, cell, limits).into_iter().map(move |rest| cells(format, rest))
    });
    let Some(Ways { read, valid }) = Ways::of(ways, &costs, &looks, spare, limits) else {
        return Some(Verdict { zone: zone(&looks), sure: false, changed: 0 });
    };
    // A way may be another format's by its first signs, or end on a day that its year does not have.
    let best = valid.iter().find(|found| found.zone().valid());
    let accepted = best.filter(|best| best.decided_fairly(&read, limits));
    let found = accepted.unwrap_or(&read);
    let next = valid.iter().find(|next| next.signs != found.signs);
    let margin = next.map_or(f32::INFINITY, |next| next.cost - found.cost);
    let changed = differing(&found.signs, &looks).count();
    let sure =
        accepted.is_some_and(|found| found.is_clear(limits)) && margin >= limits.sure.ln() && changed <= limits.changed;
    Some(Verdict { zone: found.zone(), sure, changed })
}

/// One line of a zone whose others are not known: what stands there by the grammar of the line that it most likely is, or what it looks like
/// if it is none. A line alone is never sure.
pub fn line(chances: &[Chances], limits: &Limits) -> String {
    let costs = [chances.iter().map(|chances| costs(|sign| -logarithm(chances[sign]))).collect::<Vec<_>>()];
    let looks = [costs[0].iter().map(cheapest).collect::<Vec<_>>()];
    let formats = Format::ALL.into_iter().filter(|format| format.size().1 == chances.len());
    let lines = formats.flat_map(|format| (0..format.size().0).map(move |line| (format, line)));
    let ways = lines.flat_map(|(format, line)| {
        let cell = |[at, column]: [usize; 2]| (at == line).then(|| &costs[0][column]);
        rests(format, cell, limits).into_iter().map(move |rest| cells_of_line(format, line, rest))
    });
    let text = |signs: &[Vec<Sign>]| text(&signs[0]);
    let Some(Ways { read, mut valid }) = Ways::of(ways, &costs, &looks, limits.spare(), limits) else {
        return text(&looks);
    };
    // Where a digit also counts what others leave out, it says more that it fits.
    let says_more = |found: &Found| {
        let composite = || found.places.iter().any(|place| place.cell.check() == Some(Check::Composite));
        found.cost <= read.cost + limits.near.ln() && composite()
    };
    valid.sort_by_key(|found| !says_more(found));
    text(&valid.iter().find(|found| found.decided_fairly(&read, limits)).unwrap_or(&read).signs)
}

/// What readings say together: for each place of each line the negative logarithms of its signs' chances, that of the likeliest 0.
struct Costs {
    size: (usize, usize),
    lines: Vec<Vec<Chances>>,
}

/// Readings of one zone err together, so each one after the first counts half.
fn summed(readings: &[Reading]) -> Option<Costs> {
    let size = |reading: &Reading| {
        let size = (reading.lines.len(), reading.lines.first()?.len());
        let even = reading.lines.iter().all(|line| line.len() == size.1);
        (even && Format::ALL.iter().any(|format| format.size() == size)).then_some(size)
    };
    let times = |wanted| readings.iter().filter(|reading| size(reading) == Some(wanted)).count();
    let (lines, width) = readings.iter().filter_map(size).max_by_key(|&size| times(size))?;
    let line = |at: usize| {
        let same: Vec<&Vec<Chances>> = readings
            .iter()
            .filter(|reading| reading.lines.len() == lines)
            .map(|reading| &reading.lines[at])
            .filter(|line| line.len() == width)
            .collect();
        let weight = (1.0 + (same.len() - 1) as f32 / 2.0) / same.len() as f32;
        (0..width)
            .map(|column| costs(|sign| same.iter().map(|line| -logarithm(line[column][sign]) * weight).sum()))
            .collect()
    };
    Some(Costs { size: (lines, width), lines: (0..lines).map(line).collect() })
}

fn logarithm(chance: f32) -> f32 {
    chance.clamp(LEAST_CHANCE, 1.0).ln()
}

/// What signs cost more than the cheapest.
fn costs(cost: impl Fn(usize) -> f32) -> Chances {
    let costs: Chances = std::array::from_fn(cost);
    let least = costs.iter().copied().fold(f32::INFINITY, f32::min);
    costs.map(|cost| cost - least)
}

fn cheapest(costs: &Chances) -> Sign {
    let least = (0..SIGNS.len()).min_by(|&a, &b| costs[a].total_cmp(&costs[b]));
    Sign(least.unwrap_or_default() as u8)
}

/// Lengths of a long document number's rest that are worth a look: only where a filler may stand for its check digit.
fn rests<'a>(format: Format, costs: impl Fn([usize; 2]) -> Option<&'a Chances>, limits: &Limits) -> Vec<Option<usize>> {
    let is_filler = |costs: &Chances| costs[usize::from(Sign::FILLER.0)] <= limits.possible.ln();
    let long = long_number(format).filter(|&(place, _)| costs(place).is_some_and(is_filler));
    let longest = long.map_or(0, |(_, longest)| longest);
    std::iter::once(None).chain((1..=longest).map(Some)).collect()
}

/// What lines may say, the cheapest first.
struct Ways {
    /// Whatever their check digits are.
    read: Found,
    /// Those whose check digits fit.
    valid: Vec<Found>,
}

impl Ways {
    /// Of lines with such cells; valid ones cost so much more than the cheapest at most. `None` if the lines are of no such cells.
    fn of(
        cells: impl Iterator<Item = Vec<Cell>>,
        costs: &[Vec<Chances>],
        looks: &[Vec<Sign>],
        spare: f32,
        limits: &Limits,
    ) -> Option<Self> {
        let ways: Vec<Vec<Place>> =
            cells.map(|way| way.into_iter().map(|cell| Place::new(cell, costs, limits)).collect()).collect();
        let cheapest_first = |digits, most| {
            let paths = |places: &Vec<Place>| -> Vec<Found> {
                search(places, digits, most).into_iter().map(|path| path.laid(places, looks)).collect()
            };
            let mut all: Vec<Found> = ways.iter().flat_map(paths).collect();
            all.sort_by(|a, b| a.cost.total_cmp(&b.cost));
            all
        };
        let read = cheapest_first(Digits::Any, f32::INFINITY).into_iter().next()?;
        let valid = cheapest_first(Digits::Fit, read.cost + spare);
        Some(Self { read, valid })
    }
}

/// A cell, and what may stand there and looks enough like it.
#[derive(Clone)]
struct Place {
    cell: Cell,
    /// Signs with their costs.
    choice: Vec<(Sign, f32)>,
}

impl Place {
    fn new(cell: Cell, costs: &[Vec<Chances>], limits: &Limits) -> Self {
        let costs = &costs[cell.line][cell.column];
        let allowed = |most: f32| {
            let signs = (0..SIGNS.len()).map(|sign| (Sign(sign as u8), costs[sign]));
            signs.filter(move |&(sign, cost)| cost <= most && cell.may_hold(sign))
        };
        let least = allowed(limits.possible.ln()).map(|(_, cost)| cost).min_by(f32::total_cmp);
        let choice = least.map_or(Vec::new(), |least| allowed(least + limits.sure.ln()).collect());
        Self { cell, choice }
    }

    /// How much more a sign costs than the cheapest other one: less than nothing if that is the likelier.
    fn lead(&self, sign: Sign) -> f32 {
        let cost = |of: &dyn Fn(Sign) -> bool| {
            let costs = self.choice.iter().filter(|(sign, _)| of(*sign)).map(|(_, cost)| *cost);
            costs.min_by(f32::total_cmp).unwrap_or(f32::INFINITY)
        };
        cost(&|other| other != sign) - cost(&|one| one == sign)
    }
}

/// A way through all places.
struct Path {
    cost: f32,
    /// In the order of the places.
    signs: Vec<Sign>,
}

/// A way, laid out in lines.
struct Found {
    cost: f32,
    signs: Vec<Vec<Sign>>,
    places: Vec<Place>,
}

impl Path {
    fn laid(self, places: &[Place], looks: &[Vec<Sign>]) -> Found {
        let mut signs = looks.to_vec();
        for (place, sign) in places.iter().zip(self.signs) {
            signs[place.cell.line][place.cell.column] = sign;
        }
        Found { cost: self.cost, signs, places: places.to_vec() }
    }
}

impl Found {
    fn zone(&self) -> Zone {
        zone(&self.signs)
    }

    /// Places with what stands there.
    fn placed(&self) -> impl Iterator<Item = (&Place, Sign)> {
        self.places.iter().map(|place| (place, self.signs[place.cell.line][place.cell.column]))
    }

    /// Whether check digits decided only between signs that look nearly alike, where they watch, and seldom. What looks as it is they did
    /// not decide.
    fn decided_fairly(&self, read: &Self, limits: &Limits) -> bool {
        let differs = |place: &Place, sign: Sign| {
            sign != read.signs[place.cell.line][place.cell.column] && place.lead(sign) < 0.0
        };
        let decided: Vec<(&Place, Sign)> = self.placed().filter(|(place, sign)| differs(place, *sign)).collect();
        decided.len() <= limits.decided
            && decided.iter().all(|(place, sign)| place.cell.is_watched() && place.lead(*sign) >= -limits.near.ln())
    }

    /// Whether signs are clear by their looks that check digits watch, or of which some are seldomer than others.
    fn is_clear(&self, limits: &Limits) -> bool {
        let told_by_looks = |place: &Place, sign: Sign| {
            place.cell.is_watched() || !place.cell.has_rarity() || place.lead(sign) >= limits.sure.ln()
        };
        if !self.placed().all(|(place, sign)| told_by_looks(place, sign)) {
            return false;
        }
        let unclear: Vec<&Place> = self
            .placed()
            .filter(|(place, sign)| place.cell.is_watched() && place.lead(*sign) < limits.clear.ln())
            .map(|(place, _)| place)
            .collect();
        unclear.len() <= limits.unclear && unclear.iter().all(|place| place.cell.is_watched_twice())
    }
}

fn zone(signs: &[Vec<Sign>]) -> Zone {
    let lines: Vec<String> = signs.iter().map(|line| text(line)).collect();
    parse(&lines.iter().map(String::as_str).collect::<Vec<_>>()).expect("signs in a format's size are lines of it")
}

fn text(signs: &[Sign]) -> String {
    signs.iter().map(|sign| char::from(SIGNS[usize::from(sign.0)])).collect()
}

/// Which check digits a way may have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Digits {
    Fit,
    Any,
}

/// A state that was reached, and how.
struct Node {
    state: State,
    cost: f32,
    /// Which node before, and by which sign.
    from: usize,
    sign: Sign,
}

/// The cheapest ways through the places, two at most, cheapest first, none that costs more than `most`.
fn search(places: &[Place], digits: Digits, most: f32) -> Vec<Path> {
    let start = Node { state: State::default(), cost: 0.0, from: 0, sign: Sign::FILLER };
    let mut layers = vec![vec![start]];
    // What the places from each one on cost at least.
    let least = |place: &Place| place.choice.iter().map(|(_, cost)| *cost).fold(f32::INFINITY, f32::min);
    let mut ahead: f32 = places.iter().map(least).sum();
    for place in places {
        let Place { cell, choice } = place;
        ahead -= least(place);
        let before = &layers[layers.len() - 1];
        let mut nodes = Vec::with_capacity(before.len() * choice.len());
        for (from, node) in before.iter().enumerate() {
            for &(sign, cost) in choice {
                let cost = node.cost + cost;
                if cost + ahead > most + ROUNDING {
                    continue;
                }
                let (state, fit) = cell.step(node.state, sign);
                let state = if digits == Digits::Fit { state } else { state.without_sums() };
                if fit == Fit::Fits || (fit == Fit::WrongDigit && digits == Digits::Any) {
                    let cost = cost + cell.rarity(node.state, sign).ln();
                    nodes.push(Node { state, cost, from, sign });
                }
            }
        }
        nodes.sort_by(|a, b| a.state.cmp(&b.state).then(a.cost.total_cmp(&b.cost)));
        let mut kept: Vec<Node> = Vec::with_capacity(nodes.len());
        for node in nodes {
            let third = kept.len() >= 2 && kept[kept.len() - 2].state == node.state;
            if !third {
                kept.push(node);
            }
        }
        if kept.is_empty() {
            return Vec::new();
        }
        layers.push(kept);
    }
    let mut ends: Vec<(usize, f32)> = layers[places.len()].iter().map(|node| node.cost).enumerate().collect();
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    ends.truncate(2);
    ends.into_iter().map(|(end, cost)| Path { cost, signs: way(&layers, end) }).collect()
}

fn way(layers: &[Vec<Node>], end: usize) -> Vec<Sign> {
    let mut at = end;
    let mut signs: Vec<Sign> = layers[1..]
        .iter()
        .rev()
        .map(|layer| {
            let node = &layer[at];
            at = node.from;
            node.sign
        })
        .collect();
    signs.reverse();
    signs
}

fn differing<'a>(a: &'a [Vec<Sign>], b: &'a [Vec<Sign>]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let lines = a.iter().zip(b).enumerate();
    lines.flat_map(|(line, (a, b))| {
        a.iter().zip(b).enumerate().filter(|(_, (a, b))| a != b).map(move |(column, _)| (line, column))
    })
}

#[cfg(test)]
mod tests;
