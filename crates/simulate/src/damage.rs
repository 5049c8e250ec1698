//! What befalls the files: a crash, an old backup, a flipped bit.

use registry::publisher::Turn;

use crate::disk::Image;
use crate::story::Broken;
use crate::world::World;

impl World {
    /// The process dies while a commit is written, or after it before anybody was told.
    pub(crate) async fn crash_in_a_commit(&mut self) -> Result<(), Broken> {
        let before = Image::take(&self.folder())?;
        self.ask(false).await?;
        let after = Image::take(&self.folder())?;
        let (torn, how) = before.torn_commit(&after, &mut self.chance);
        self.tell(format!("a crash in that commit: the disk has it {how}"));
        self.put(&torn).await?;
        self.check().await.map(drop)
    }

    /// The process dies while the write-ahead log is copied into the file.
    pub(crate) async fn crash_in_a_copy(&mut self) -> Result<(), Broken> {
        let before = Image::take(&self.folder())?;
        self.end().await;
        let after = Image::take(&self.folder())?;
        let torn = before.torn_copy(&after, &mut self.chance);
        self.tell("a crash while the log is copied");
        self.put(&torn).await?;
        self.check().await.map(drop)
    }

    /// Every node ends in peace, and one comes back.
    pub(crate) async fn come_back(&mut self) -> Result<(), Broken> {
        self.end().await;
        let image = Image::take(&self.folder())?;
        self.tell("all nodes end, one comes back");
        self.put(&image).await?;
        self.check().await.map(drop)
    }

    /// A backup is taken; or, where there is one, it is put in place of the ledger, must not be signed for, and is taken back.
    pub(crate) async fn back_up_or_restore(&mut self) -> Result<(), Broken> {
        let now = Image::take(&self.folder())?;
        let Some(old) = self.backup.take() else {
            self.tell("a backup is taken");
            self.backup = Some(now);
            return Ok(());
        };
        let covered = self.operator.covers().await?;
        self.put(&old).await?;
        let size = self.size().await?;
        let turn = self.turn(0).await?;
        self.tell(format!(
            "an old backup of {size} events is in place, {covered} were signed for"
        ));
        let closed = !matches!(&turn, Ok(turn) if !matches!(turn, Turn::Closed(_)));
        Broken::unless((size < covered) == closed, || {
            format!("closed: {closed}, for a backup of {size} events, where {covered} were signed for")
        })?;
        Broken::unless(!closed || self.operator.covers().await? == covered, || {
            "an old backup was signed for".to_owned()
        })?;
        self.operator.learn().await?;
        self.put(&now).await?;
        self.check().await.map(drop)
    }

    /// A bit of the files flips while nobody has them open. Whatever comes of it, nothing wrong is signed: what is signed here must
    /// fit the files as they were, which are put back.
    pub(crate) async fn flip_a_bit(&mut self) -> Result<(), Broken> {
        let whole = Image::take(&self.folder())?;
        let mut flipped = whole.clone();
        let (name, place) = flipped.flip(&mut self.chance);
        let what = match self.put(&flipped).await {
            Err(_) => "it does not open",
            Ok(()) => match self.turn(0).await? {
                Ok(Turn::Closed(_)) | Err(_) => "refused",
                Ok(_) => "signed",
            },
        };
        self.tell(format!("a bit flips in the {name} at {place}: {what}"));
        self.put(&whole).await?;
        self.operator.learn().await?;
        self.check().await.map(drop)
    }
}
