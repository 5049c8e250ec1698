//! [`collect`]: all witnesses at once, until there are enough.

use std::sync::Arc;
use std::time::Duration;

use tlog::{Note, NoteSignature, Policy};
use tokio::sync::mpsc;

use crate::client::{Prover, RemoteWitness, Trouble};
use crate::transport::Transport;

/// How long the other witnesses are waited for once there are enough: more cosignatures serve auditors with other policies.
const GRACE: Duration = Duration::from_millis(50);

/// What the witnesses answered.
#[derive(Debug)]
pub struct Collected {
    /// The checkpoint with every cosignature that came.
    pub note: Note,
    /// Whether they are the quorum of the policy.
    pub met: bool,
    /// The witnesses that gave none, by their names in the policy.
    pub troubles: Vec<(String, Trouble)>,
}

/// Asks all witnesses at once to cosign a checkpoint. Answers when the quorum is there and those that are nearly as quick had their
/// moment; or, without a quorum, when the last has answered or `limit` is over. A slow witness goes on answering behind, and is not
/// asked again until it has.
pub async fn collect(
    witnesses: &[Arc<RemoteWitness>],
    policy: &Arc<Policy>,
    transport: &Arc<dyn Transport>,
    prover: &Arc<dyn Prover>,
    mut note: Note,
    limit: Duration,
) -> Collected {
    let (send, mut receive) = mpsc::unbounded_channel();
    for (number, witness) in witnesses.iter().enumerate() {
        let (witness, policy) = (Arc::clone(witness), Arc::clone(policy));
        let (transport, prover) = (Arc::clone(transport), Arc::clone(prover));
        let (send, note) = (send.clone(), note.clone());
        tokio::spawn(async move {
            let answer = witness.cosign(&*transport, &*prover, policy.logs(), &note).await;
            // Nobody may be listening any more.
            let _ = send.send((number, answer));
        });
    }
    drop(send);
    let mut answers: Vec<Option<Result<NoteSignature, Trouble>>> = witnesses.iter().map(|_| None).collect();
    let mut over = transport.pause(limit);
    let mut met = is_met(policy, witnesses, &answers);
    loop {
        let answered = tokio::select! {
            biased;
            answered = receive.recv() => answered,
            () = &mut over => None,
        };
        let Some((number, answer)) = answered else {
            break;
        };
        if let Some(place) = answers.get_mut(number) {
            *place = Some(answer);
        }
        if !met && is_met(policy, witnesses, &answers) {
            met = true;
            over = transport.pause(GRACE);
        }
    }
    let mut troubles = Vec::new();
    for (witness, answer) in witnesses.iter().zip(answers) {
        match answer {
            Some(Ok(line)) if note.add(line.clone()).is_ok() => {}
            Some(Ok(_)) => troubles.push((witness.name().to_owned(), Trouble::Nonsense)),
            Some(Err(trouble)) => troubles.push((witness.name().to_owned(), trouble)),
            None => troubles.push((witness.name().to_owned(), Trouble::NotAwaited)),
        }
    }
    Collected { note, met, troubles }
}

fn is_met(
    policy: &Policy,
    witnesses: &[Arc<RemoteWitness>],
    answers: &[Option<Result<NoteSignature, Trouble>>],
) -> bool {
    policy.is_met_by(|key| {
        let mut pairs = witnesses.iter().zip(answers);
        pairs.any(|(witness, answer)| witness.key() == key && matches!(answer, Some(Ok(_))))
    })
}
