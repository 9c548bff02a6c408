//! The client's examples, run as people run them, against the demo host.

use anyhow::{Context, Result};
use chevereto::FetchError;
use demo_host::{Fault, KeyKind, Mode, Moderation};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::world::{World, png};

/// What an example said, and how it ended.
struct Said {
    out: String,
    err: String,
    code: Option<i32>,
}

/// Runs an example in a folder without a copy of the key anywhere but in its environment.
fn run(example: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Result<Said> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--package", "chevereto", "--example", example, "--"]).args(arguments);
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    for name in ["CHEVERETO_KEY", "CHEVERETO_DELETE_LINK", "CHEVERETO_OLD_API", "CHEVERETO_SHOW_DELETE"] {
        command.env_remove(name);
    }
    let output = command.envs(environment.iter().copied()).output()?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    Ok(Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() })
}

/// Pictures on disk, another one for each name.
fn pictures(world: &World, names: &[&str]) -> Result<Vec<PathBuf>> {
    let write = |(number, name): (u32, &&str)| {
        let path = world.dir.path().join(name);
        fs::write(&path, png(number))?;
        Ok(path)
    };
    (0..).zip(names).map(write).collect()
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().context("its name is text")
}

#[test]
fn a_key_is_checked() -> Result<()> {
    let world = World::new()?;
    let base = world.host.base_url();
    let check = |key: &str| run("check_key", &[&base], &[("CHEVERETO_KEY", key)]);
    let said = check(&world.host.user_key())?;
    assert_eq!((said.out.as_str(), said.code), ("accepted\n", Some(0)), "{}", said.err);
    let said = check("chv_wrong_0")?;
    assert_eq!((said.out.as_str(), said.code), ("not-accepted: Invalid API key.\n", Some(1)), "{}", said.err);
    world.host.set(|settings| settings.uploads = false);
    let said = check(&world.host.user_key())?;
    assert_eq!((said.out.as_str(), said.code), ("not-allowed: Request denied\n", Some(1)), "{}", said.err);
    world.host.set(|settings| settings.maintenance = true);
    let said = check(&world.host.user_key())?;
    assert!(said.err.starts_with("maintenance: ") && said.code == Some(1), "{}", said.err);
    assert!(world.host.stored().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_file_is_uploaded_and_its_link_opens() -> Result<()> {
    let world = World::new()?;
    let (base, key) = (world.host.base_url(), world.host.user_key());
    let files =
        pictures(&world, &["Šaltibarščiai 🍲 nr 1.png", "in truth a.jpg", "waits.png", "unknown.png"])?;
    let key_only = [("CHEVERETO_KEY", key.as_str())];
    let with_delete = [key_only[0], ("CHEVERETO_SHOW_DELETE", "1")];

    let said = run("upload", &[&base, text(&files[0])?, "The ferry"], &key_only)?;
    let link = said.out.strip_prefix("uploaded ").context(said.err)?.trim_end();
    assert!(world.open(Some(link)).await?? == png(0));
    let stored = world.stored()?;
    assert_eq!(
        (stored.title.as_str(), stored.original_filename.as_str()),
        ("The ferry", "Šaltibarščiai 🍲 nr 1.png")
    );
    assert_eq!(world.received()?.header("user-agent"), Some("chevereto-example/1"));

    // A PNG under another name: the site tells it by its bytes. And the delete link deletes.
    let said = run("upload", &[&base, text(&files[1])?], &with_delete)?;
    assert!(said.out.contains("\nchanged extension\n"), "{}", said.out);
    let (_, delete) = said.out.split_once("\ndelete ").context("it was asked for")?;
    for told in ["deleted\n", "not-there\n"] {
        let said = run("delete", &[], &[("CHEVERETO_DELETE_LINK", delete.trim_end())])?;
        assert_eq!((said.out.as_str(), said.code), (told, Some(0)), "{}", said.err);
    }
    assert_eq!(world.host.stored().len(), 1);

    world.host.set(|settings| settings.moderation = Moderation::Everyone);
    let said = run("upload", &[&base, text(&files[2])?], &key_only)?;
    let link = said.out.strip_prefix("waiting ").context(said.err)?.trim_end();
    assert_eq!(world.open(Some(link)).await?, Err(FetchError::Refused { status: 403 }));

    world.host.play(Fault::PhpWarning);
    let said = run("upload", &[&base, text(&files[3])?], &key_only)?;
    assert!(said.err.starts_with("unknown: ") && said.code == Some(3), "{}", said.err);
    assert!(!format!("{}{}", said.out, said.err).contains(&key));
    Ok(())
}

#[test]
fn an_old_site_is_uploaded_to() -> Result<()> {
    let world = World::with(|settings| settings.mode = Mode::V3)?;
    let (base, key) = (world.host.base_url(), world.host.guest_key());
    let files = pictures(&world, &["a.png"])?;
    let environment = [("CHEVERETO_KEY", key.as_str()), ("CHEVERETO_OLD_API", "1")];
    let said = run("upload", &[&base, text(&files[0])?], &environment)?;
    assert_eq!(said.out, format!("uploaded {}\n", world.stored()?.url), "{}", said.err);
    Ok(())
}

#[test]
fn a_queue_goes_on_after_a_file_that_fails_and_ends_where_all_would() -> Result<()> {
    let world = World::new()?;
    let (base, key) = (world.host.base_url(), world.host.user_key());
    let files = pictures(&world, &["1.png", "2.png", "3.png"])?;
    let mut arguments = vec![base.as_str()];
    for file in &files {
        arguments.push(text(file)?);
    }
    for fault in ["pass", "status-413-html"] {
        world.host.play(fault.parse()?);
    }
    let said = run("queue_of_files", &arguments, &[("CHEVERETO_KEY", &key)])?;
    let stored = world.host.stored();
    let (one, two, three) = (text(&files[0])?, text(&files[1])?, text(&files[2])?);
    let expected = format!("{one} {}\n{two} too-big\n{three} {}\n", stored[0].url, stored[1].url);
    assert_eq!((said.out, said.code), (expected, Some(1)), "{}", said.err);

    let before = world.host.received().len();
    let said = run("queue_of_files", &arguments, &[("CHEVERETO_KEY", "chv_wrong_0")])?;
    assert_eq!((said.out, said.code), (format!("{one} key-refused\n"), Some(1)), "{}", said.err);
    assert_eq!(world.host.received().len(), before + 1, "every other file would fail alike");
    Ok(())
}

#[test]
fn a_site_is_looked_at() -> Result<()> {
    let world = World::start(|options| options.path = "/gallery".to_owned())?;
    let base = world.host.base_url();
    let said = run("probe", &[&format!("{base}/upload")], &[])?;
    let mut lines = said.out.lines();
    assert_eq!((lines.next(), lines.next()), (Some(format!("base {base}").as_str()), Some("chevereto yes")));
    for (number, name) in world.host.categories() {
        assert!(said.out.contains(&format!("category {number} {name}\n")), "{}", said.out);
    }
    assert_eq!(said.code, Some(0), "{}", said.err);
    let asked = world.host.received();
    assert!(asked.iter().all(|one| one.key == KeyKind::None && one.body_len == 0), "{asked:?}");
    Ok(())
}

#[test]
fn what_is_left_out_is_asked_for() -> Result<()> {
    for example in ["check_key", "upload", "queue_of_files", "probe", "delete"] {
        let said = run(example, &[], &[])?;
        assert!(said.err.starts_with("usage: ") && said.err.contains(example), "{example}: {}", said.err);
        assert_eq!((said.out.as_str(), said.code), ("", Some(2)), "{example}");
    }
    Ok(())
}
