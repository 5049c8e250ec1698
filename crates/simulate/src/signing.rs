//! What the publishers of a life do, and what befalls them.

use registry::RegistryError;
use registry::publisher::{FindingKind, Turn};

use crate::gate::Going;
use crate::network::Mood;
use crate::operator::{Signing, word};
use crate::story::{Broken, Template};
use crate::world::World;

/// So many turns settle everything when all witnesses are well, whatever was left behind.
const TURNS: u32 = 8;

impl World {
    /// A few turns of the publisher of one of the nodes.
    pub(crate) async fn sign(&mut self) -> Result<(), Broken> {
        let number = self.any_node();
        for _ in 0..=self.chance.below(3) {
            let turn = self.turn(number).await?;
            honest(&turn)?;
        }
        self.operator.learn().await
    }

    /// One turn of a node's publisher, which is begun if there is none.
    pub(crate) async fn turn(&mut self, number: usize) -> Result<Result<Turn, RegistryError>, Broken> {
        let mut signing = self.take_signing(number).await?;
        let turn = signing.publisher.turn().await;
        self.tell_turn(&format!("node {number}"), &turn);
        if let Some(node) = self.nodes.get_mut(number) {
            node.signing = Some(signing);
        }
        Ok(turn)
    }

    /// Two publishers at once, of one node or of two, while offices append; the seed decides whose next step comes first, and where one dies.
    pub(crate) async fn race(&mut self) -> Result<(), Broken> {
        let first = self.any_node();
        let second = self.any_node();
        let mut one = self.take_signing(first).await?;
        let mut two = self.take_signing(second).await?;
        let gates = [one.gate.clone(), two.gate.clone()];
        gates.iter().for_each(crate::gate::Gate::shut);
        let mut dead = [false; 2];
        {
            let mut turns: [Option<Going<'_, _>>; 2] = [
                Some(Box::pin(one.publisher.turn())),
                Some(Box::pin(two.publisher.turn())),
            ];
            while turns.iter().any(Option::is_some) {
                let place = self.chance.below(2) as usize;
                let fate = self.chance.below(24);
                let (Some(turn), Some(gate)) = (turns.get_mut(place), gates.get(place)) else {
                    continue;
                };
                let Some(going) = turn else { continue };
                if fate == 0 {
                    *turn = None;
                    if let Some(dead) = dead.get_mut(place) {
                        *dead = true;
                    }
                    self.tell(format!("publisher {place} dies in its turn"));
                } else if fate == 1 {
                    self.ask(true).await?;
                } else if let Some(ended) = gate.step(going).await {
                    *turn = None;
                    self.tell_turn(&format!("publisher {place}"), &ended);
                    honest(&ended)?;
                }
            }
        }
        gates.iter().for_each(crate::gate::Gate::open);
        for (signing, (number, dead)) in [one, two].into_iter().zip([first, second].into_iter().zip(dead)) {
            if let Some(node) = self.nodes.get_mut(number).filter(|_| !dead) {
                node.signing = Some(signing);
            }
        }
        self.operator.learn().await?;
        self.check().await.map(drop)
    }

    /// The witnesses and the ways to them are otherwise from now on.
    pub(crate) async fn weather(&mut self) {
        let mut moods = Vec::new();
        for number in 0..self.operator.network.size() {
            let mood = *self.chance.pick(&Mood::ALL).unwrap_or(&Mood::Well);
            let arrives = self.chance.one_in(2);
            self.operator.network.set(number, mood, arrives).await;
            moods.push(format!("{mood:?}"));
        }
        self.tell(format!("the weather: {}", moods.join(", ")));
        self.tell_witnesses();
    }

    /// Once the witnesses are well, at most one of them lying, everything that is recorded is published.
    pub(crate) async fn settle(&mut self) -> Result<(), Broken> {
        self.heal().await;
        for _ in 0..TURNS {
            let turn = self.turn(0).await?;
            honest(&turn)?;
            if matches!(turn, Ok(Turn::Settled)) {
                self.operator.learn().await?;
                let covers = self.operator.covers().await?;
                let published = self.published().await?;
                return Broken::unless(covers == published, || {
                    format!("{covers} were signed for and {published} published in the end")
                });
            }
        }
        Err(Broken::says("it is never published"))
    }

    /// The operator itself goes another way: the ledger is begun anew and grows past what was signed for. With its lock store it signs nothing;
    /// without, nobody cosigns it who saw what was signed before, and nothing is published.
    pub(crate) async fn fork(&mut self, template: &Template) -> Result<(), Broken> {
        let covers = self.operator.covers().await?;
        self.put(template.image()).await?;
        self.begin_anew();
        self.tell("the ledger is begun anew, and goes another way");
        while self.size().await? < covers {
            self.ask(true).await?;
        }
        let turn = self.turn(0).await?;
        let kind = FindingKind::LedgerDiffers;
        Broken::unless(closed_by(&turn, kind), || {
            "another history was not found out".to_owned()
        })?;
        Broken::unless(self.operator.covers().await? == covers, || {
            "the lock store moved for another history".to_owned()
        })?;
        self.operator.forget();
        for number in 0..self.operator.network.size() {
            self.operator.network.set(number, Mood::Down, false).await;
        }
        if let Some(node) = self.nodes.first_mut() {
            node.signing = None;
        }
        self.tell("the lock store is thrown away, and the witnesses cannot be asked");
        drop(self.turn(0).await?);
        self.heal().await;
        for _ in 0..3 {
            drop(self.turn(0).await?);
        }
        let published = self.published().await?;
        Broken::unless(published == 0, || {
            format!("another history of {published} events was published")
        })
    }

    async fn heal(&mut self) {
        for number in 0..self.operator.network.size() {
            self.operator.network.set(number, Mood::Well, true).await;
        }
        self.tell_witnesses();
    }

    /// The publisher of a node, taken out of it.
    async fn take_signing(&mut self, number: usize) -> Result<Signing, Broken> {
        let Some(node) = self.nodes.get_mut(number) else {
            return Err(Broken::says("no node is open"));
        };
        match node.signing.take() {
            Some(signing) => Ok(signing),
            None => self.operator.publisher(&node.ledger).await,
        }
    }

    fn any_node(&mut self) -> usize {
        self.chance.below(self.nodes.len() as u64) as usize
    }

    fn tell_turn(&mut self, who: &str, turn: &Result<Turn, RegistryError>) {
        self.tell_witnesses();
        match turn {
            Ok(turn) => self.tell(format!("{who} signs: {}", word(turn))),
            Err(_) => self.tell(format!("{who} fails")),
        }
    }

    fn tell_witnesses(&mut self) {
        for line in self.operator.network.told() {
            self.tell(line);
        }
    }
}

/// Nothing is wrong with the stores: so nothing may be found, and nothing fail.
fn honest(turn: &Result<Turn, RegistryError>) -> Result<(), Broken> {
    match turn {
        Ok(Turn::Closed(findings)) => {
            let what: Vec<_> = findings.iter().map(ToString::to_string).collect();
            Err(Broken::says(format!("a false alarm: {}", what.join("; "))))
        }
        Ok(_) => Ok(()),
        Err(error) => Err(Broken::says(error)),
    }
}

fn closed_by(turn: &Result<Turn, RegistryError>, kind: FindingKind) -> bool {
    matches!(turn, Ok(Turn::Closed(findings)) if findings.iter().any(|finding| finding.kind == kind))
}
