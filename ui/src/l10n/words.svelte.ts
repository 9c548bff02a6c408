//! The window's words: Fluent messages in the language that the program names.

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Language, ProblemView } from "../ipc/generated";
import * as format from "./format";
import type { Messages } from "./messages";

// The command line, the tray and notifications speak for themselves.
const files = import.meta.glob<string>(
  ["../../../src-tauri/crates/l10n/locales/*/*.ftl", "!../../../src-tauri/crates/l10n/locales/*/{cli,tray,notify}.ftl"],
  { query: "?raw", import: "default", eager: true },
);

function bundle(language: Language): FluentBundle {
  const made = new FluentBundle(language, { useIsolating: false });
  for (const [path, text] of Object.entries(files)) {
    if (path.includes(`/${language}/`)) made.addResource(new FluentResource(text));
  }
  return made;
}

const bundles: Record<Language, FluentBundle> = { en: bundle("en"), lt: bundle("lt") };
let language = $state<Language>("en");

/** The language shown now. */
export const currentLanguage = (): Language => language;

/** Switches every word on screen. */
export function setLanguage(next: Language) {
  language = next;
  document.documentElement.lang = next;
}

export type Args = Record<string, FluentVariable>;

function pattern(id: string, attribute: string | null, args?: Args): string | null {
  const message = bundles[language].getMessage(id);
  const found = attribute ? message?.attributes[attribute] : message?.value;
  return found ? bundles[language].formatPattern(found, args, []) : null;
}

/** The message in the current language; its id when there is none, which a test rules out. */
/** The variables of a message; none where one of several possible messages takes none. */
type ArgsOf<Id extends keyof Messages> =
  Record<string, never> extends Messages[Id] ? [args?: Args] : [args: Messages[Id]];

export const t = <Id extends keyof Messages>(id: Id, ...[args]: ArgsOf<Id>): string => pattern(id, null, args) ?? id;

export const fileSize = (bytes: number): string => format.fileSize(bytes, language);
export const sizeWithin = (bytes: number, whole: number): string => format.sizeWithin(bytes, whole, language);

/** Arguments of a problem as Fluent wants them: sizes and times by the ending of their name, counts as numbers. */
function problemArgs(args: ProblemView["args"]): Args {
  const words: Args = {};
  for (const [name, text] of Object.entries(args)) {
    const number = Number(text);
    if (text === "" || Number.isNaN(number)) words[name] = text;
    else if (name.endsWith("_bytes")) words[name] = fileSize(number);
    else if (name.endsWith("_ms")) words[name] = format.clock(number);
    else words[name] = name.endsWith("count") ? number : text;
  }
  return words;
}

/** A problem in words: one short line for a tile, and what happened with what to do, with the site's own sentence after it. */
export function tProblem(problem: ProblemView): { short: string; detail: string } {
  const id = `problem-${problem.code}`;
  const args = problemArgs(problem.args);
  const short = pattern(id, null, args) ?? t("common-problem", { code: problem.code });
  const detail = pattern(id, "detail", args) ?? short;
  const { said } = problem.args;
  return { short, detail: said ? `${detail} ${t("common-site-said", { said })}` : detail };
}
