//! What has to be on the machine: tools by version, and on Debian and Ubuntu the system's packages.

use std::{
    fs,
    io::{self, IsTerminal, Write},
    process::Command,
};

use anyhow::{Result, bail, ensure};

use crate::sh;

/// What for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// Building and opening the app.
    Run,
    /// All tests, and the app without a display.
    Test,
}

/// The window (WebKitGTK), the tray, and a C compiler for SQLite and ring.
const RUN: &[&str] =
    &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev", "libayatana-appindicator3-dev"];

/// A private desktop: display, window manager, bus, keyring, a browser, and programs that act as others would or that
/// the app uses where they are.
const TEST: &[&str] = &[
    "xvfb",
    "openbox",
    "dbus",
    "dbus-x11",
    "gnome-keyring",
    "libsecret-tools",
    "webkit2gtk-driver",
    "chromium",
    "chromium-driver",
    "xdotool",
    "wmctrl",
    "xclip",
    "x11-utils",
    "imagemagick",
    "ffmpeg",
    "libimage-exiftool-perl",
    "python3-gi",
    "gir1.2-gtk-3.0",
    "fonts-inter",
    "fonts-noto-core",
    "fonts-noto-color-emoji",
];

const RUST: Version = Version(1, 90);
const NODE: Version = Version(20, 19);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Version(u32, u32);

impl Version {
    /// The first two numbers in a text like `v20.19.2` or `rustc 1.90.0 (…)`.
    fn find(text: &str) -> Option<Self> {
        let start = text.find(|letter: char| letter.is_ascii_digit())?;
        let mut numbers = text[start..].split(|letter: char| !letter.is_ascii_digit());
        Some(Self(numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    }
}

/// Makes sure that everything is there, or says what is missing.
pub(crate) fn setup(group: Group, yes: bool) -> Result<()> {
    sh::announce("checking what this machine has");
    tool("rustc", RUST, "https://rustup.rs")?;
    tool("node", NODE, "https://nodejs.org")?;
    ensure!(version_of("npm").is_some(), "npm is missing: it comes with Node, https://nodejs.org");
    match System::here() {
        System::Apt { ubuntu } => apt(&packages(group, ubuntu), yes),
        System::OtherLinux => {
            println!(
                "   this is no Debian or Ubuntu: nothing is installed. Needed, by their names there:\n   {}",
                packages(group, false).join(" ")
            );
            Ok(())
        }
        System::Other => Ok(()),
    }
}

fn tool(name: &str, least: Version, from: &str) -> Result<()> {
    let needed = format!("{name} {}.{} or newer is needed: {from}", least.0, least.1);
    match version_of(name) {
        None => bail!("{name} is missing. {needed}"),
        Some(text) => match Version::find(&text) {
            Some(found) if found < least => bail!("{text} is too old. {needed}"),
            _ => {
                println!("   {name}: {text}");
                Ok(())
            }
        },
    }
}

fn version_of(name: &str) -> Option<String> {
    sh::output(&mut program(name, &["--version"]))
}

/// On Windows npm is a script, which only the shell finds.
pub(crate) fn program(name: &str, arguments: &[&str]) -> Command {
    if cfg!(windows) {
        sh::command("cmd", ["/C", name].iter().chain(arguments))
    } else {
        sh::command(name, arguments)
    }
}

enum System {
    Apt { ubuntu: bool },
    OtherLinux,
    Other,
}

impl System {
    fn here() -> Self {
        if !cfg!(target_os = "linux") {
            return Self::Other;
        }
        let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
        if sh::output(Command::new("dpkg-query").arg("--version")).is_none() {
            return Self::OtherLinux;
        }
        Self::Apt { ubuntu: release.lines().any(|line| line == "ID=ubuntu") }
    }
}

fn packages(group: Group, ubuntu: bool) -> Vec<&'static str> {
    let named = |package: &&'static str| match (*package, ubuntu) {
        ("chromium", true) => "chromium-browser",
        ("chromium-driver", true) => "chromium-chromedriver",
        (package, _) => package,
    };
    let test: &[&str] = if group == Group::Test { TEST } else { &[] };
    RUN.iter().chain(test).map(named).collect()
}

fn is_installed(package: &str) -> bool {
    let status = sh::output(&mut sh::command("dpkg-query", ["-W", "-f=${db:Status-Status}", package]));
    status.as_deref() == Some("installed")
}

/// Makes sure that these packages are there, on Debian and Ubuntu; elsewhere they are only named.
pub(crate) fn apt_packages(packages: &[&str], yes: bool) -> Result<()> {
    match System::here() {
        System::Apt { .. } => apt(packages, yes),
        _ => {
            println!("   needed, by their names in Debian: {}", packages.join(" "));
            Ok(())
        }
    }
}

fn apt(packages: &[&str], yes: bool) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        println!("   all {} system packages are installed", packages.len());
        return Ok(());
    }
    println!("   missing: {}", missing.join(" "));
    let root = sh::output(Command::new("id").arg("-u")).as_deref() == Some("0");
    consent(&missing, yes, root)?;
    sh::run("updating the list of packages", &mut apt_get(root, &["update"], &[]))?;
    let install = ["install", "-y", "--no-install-recommends"];
    sh::run("installing packages", &mut apt_get(root, &install, &missing))
}

/// One question, unless the answer was given before or there is nobody to ask.
fn consent(missing: &[&str], yes: bool, root: bool) -> Result<()> {
    let terminal = io::stdin().is_terminal();
    if yes || std::env::var("CI").is_ok_and(|ci| ci == "true" || ci == "1") || (root && !terminal) {
        return Ok(());
    }
    let by_hand = format!("sudo apt-get install --no-install-recommends {}", missing.join(" "));
    ensure!(terminal, "install them, or say --yes:\n   {by_hand}");
    print!("Install them with apt? [Y/n] ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    let agreed = matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes");
    ensure!(agreed && !answer.is_empty(), "nothing was installed. By hand:\n   {by_hand}");
    Ok(())
}

fn apt_get(root: bool, words: &[&str], packages: &[&str]) -> Command {
    // Another apt may be at work: wait for it instead of failing at once.
    let apt = ["apt-get", "-o", "DPkg::Lock::Timeout=600"];
    let sudo: &[&str] = if root { &[] } else { &["sudo"] };
    let all: Vec<&str> = sudo.iter().chain(&apt).chain(words).chain(packages).copied().collect();
    let mut command = sh::command(all[0], &all[1..]);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_and_compared() {
        assert_eq!(Version::find("rustc 1.95.0 (59807616e 2026-04-14)"), Some(Version(1, 95)));
        assert_eq!(Version::find("v20.9.1"), Some(Version(20, 9)));
        assert_eq!(Version::find("nightly"), None);
        assert!(Version(20, 9) < NODE && Version(21, 0) > NODE);
    }

    #[test]
    fn ubuntu_names_its_browser_otherwise() {
        let names = packages(Group::Test, true);
        assert!(names.contains(&"chromium-chromedriver") && !names.contains(&"chromium"));
        assert_eq!(packages(Group::Run, false), RUN);
    }
}
