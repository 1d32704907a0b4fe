//! A second process of the bench itself: what the daemon is measured against, under the same circumstances.

use std::cell::RefCell;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The bench once more, told by its arguments to be the other side.
pub(crate) struct Contender {
    child: Child,
    out: RefCell<BufReader<ChildStdout>>,
}

impl Contender {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = RefCell::new(BufReader::new(child.stdout.take().unwrap()));
        Self { child, out }
    }

    /// The next line that it prints.
    pub(crate) fn line(&self) -> String {
        let mut line = String::new();
        self.out.borrow_mut().read_line(&mut line).unwrap();
        line
    }

    pub(crate) fn cpu_s(&self) -> f64 {
        cpu_s(self.child.id())
    }
}

impl Drop for Contender {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Seconds of processor time that a process took since its start.
pub(crate) fn cpu_s(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"));
    let ticks = stat.ok().map(|stat| {
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split(' ').collect();
        let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
        ticks(12).unwrap_or_default() + ticks(13).unwrap_or_default()
    });
    ticks.unwrap_or(f64::NAN) / 100.0
}
