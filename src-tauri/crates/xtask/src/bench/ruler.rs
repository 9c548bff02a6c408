//! What a program takes: time, CPU, memory.

use std::{
    fmt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, ensure};

/// What one run of a program took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Measured {
    pub(crate) wall: Duration,
    /// Of the program and the system on its behalf.
    pub(crate) cpu: Duration,
    /// The most memory that it held, in bytes.
    pub(crate) memory: u64,
    /// How often it connected to the site.
    pub(crate) connections: u64,
}

/// Measures with a program that is small itself.
pub(crate) struct Ruler(PathBuf);

impl Ruler {
    /// Among the programs that were built.
    pub(crate) fn of(programs: &Path) -> Ruler {
        Ruler(programs.join("keltas-bench-ruler"))
    }

    /// Runs a program to its end.
    pub(crate) fn run(&self, program: &Command) -> Result<Measured> {
        let mut command = Command::new(&self.0);
        command.arg(program.get_program()).args(program.get_args()).stderr(Stdio::inherit());
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        if let Some(folder) = program.get_current_dir() {
            command.current_dir(folder);
        }
        let output = command.output().context("the ruler")?;
        ensure!(output.status.success(), "it did not end well");
        read(&String::from_utf8_lossy(&output.stdout)).context("the ruler said something else")
    }

    /// The least memory that can be seen: the ruler's own.
    pub(crate) fn floor(&self) -> Result<u64> {
        Ok(self.run(&Command::new("true"))?.memory)
    }
}

/// Microseconds on the clock, microseconds of CPU, bytes.
fn read(said: &str) -> Option<Measured> {
    let numbers: Vec<u64> = said.split_whitespace().map(|word| word.parse().ok()).collect::<Option<_>>()?;
    let [wall, cpu, memory] = numbers[..] else { return None };
    let (wall, cpu) = (Duration::from_micros(wall), Duration::from_micros(cpu));
    Some(Measured { wall, cpu, memory, connections: 0 })
}

/// In every round each of so many has a turn, in the other order every second time; then the medians of each. The first
/// round brings the files into memory and does not count.
pub(crate) fn in_turns(
    rounds: usize,
    count: usize,
    mut turn: impl FnMut(usize) -> Result<Measured>,
) -> Result<Vec<Measured>> {
    let mut turns: Vec<Vec<Measured>> = vec![Vec::new(); count];
    for round in 0..=rounds {
        let mut order: Vec<usize> = (0..count).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for who in order {
            turns[who].push(turn(who)?);
        }
        if round == 0 {
            turns.iter_mut().for_each(Vec::clear);
        }
    }
    Ok(turns.iter().map(|turns| median(turns)).collect())
}

/// The median of each figure by itself.
fn median(turns: &[Measured]) -> Measured {
    fn middle<T: Ord + Copy + Default>(turns: &[Measured], figure: impl Fn(&Measured) -> T) -> T {
        let mut all: Vec<T> = turns.iter().map(figure).collect();
        all.sort_unstable();
        all.get(all.len() / 2).copied().unwrap_or_default()
    }
    Measured {
        wall: middle(turns, |one| one.wall),
        cpu: middle(turns, |one| one.cpu),
        memory: middle(turns, |one| one.memory),
        connections: middle(turns, |one| one.connections),
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (wall, cpu) = (self.wall.as_secs_f64(), self.cpu.as_secs_f64());
        write!(f, "{wall:.3} s, CPU {cpu:.3} s, {}, connections {}", mib(self.memory), self.connections)
    }
}

/// Bytes for people.
pub(crate) fn mib(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / (1024.0 * 1024.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_ruler_says_is_read() {
        let measured = Measured {
            wall: Duration::from_millis(2),
            cpu: Duration::from_micros(7),
            memory: 4096,
            connections: 0,
        };
        assert_eq!(read("2000 7 4096\n"), Some(measured));
        assert_eq!((read("2000 7"), read("2000 7 x"), read("")), (None, None, None));
    }

    #[test]
    fn the_median_is_taken_of_each_figure() {
        let turn = |wall, memory| Measured { wall: Duration::from_secs(wall), memory, ..Measured::default() };
        let median = median(&[turn(9, 1), turn(1, 3), turn(2, 2)]);
        assert_eq!((median.wall.as_secs(), median.memory), (2, 2));
    }
}
