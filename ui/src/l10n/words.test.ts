import { FluentParser, type Message, Visitor } from "@fluent/syntax";
import { afterEach, describe, expect, it } from "vitest";
import { fileSize, setLanguage, sizeWithin, t, tProblem } from ".";
import { clock } from "./format";

const files = import.meta.glob<string>("../../../src-tauri/crates/l10n/locales/*/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});
const sources = import.meta.glob<string>(["../**/*.ts", "../**/*.svelte", "!../**/*.test.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});

class Variables extends Visitor {
  readonly names = new Set<string>();
  override visitVariableReference(node: { id: { name: string } }) {
    this.names.add(node.id.name);
  }
}

/** Message id, or id.attribute, to the names of its variables. */
function messages(language: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const variables = (node: Parameters<Variables["visit"]>[0]) => {
    const seen = new Variables();
    seen.visit(node);
    return [...seen.names].sort();
  };
  for (const [path, text] of Object.entries(files)) {
    if (!path.includes(`/${language}/`)) continue;
    for (const entry of new FluentParser().parse(text).body) {
      expect(entry.type, `${path} is readable`).not.toBe("Junk");
      if (entry.type !== "Message") continue;
      const { id, value, attributes } = entry as Message;
      expect(found.has(id.name), `${id.name} is there once`).toBe(false);
      if (value) found.set(id.name, variables(value));
      for (const attribute of attributes) found.set(`${id.name}.${attribute.id.name}`, variables(attribute.value));
    }
  }
  return found;
}

describe("words", () => {
  const en = messages("en");
  const lt = messages("lt");

  it("are the same in both languages, with the same variables", () => {
    expect([...lt.keys()].sort()).toEqual([...en.keys()].sort());
    for (const [id, variables] of en) expect(lt.get(id), id).toEqual(variables);
  });

  it("are there for every id that the window asks for", () => {
    const calls = Object.values(sources).flatMap((source) => [...source.matchAll(/\bt\(([^()]*)/g)]);
    const asked = calls.flatMap(([, inside = ""]) =>
      [...inside.matchAll(/"([a-z]+(?:-[a-z0-9]+)+)"/g)].map(([, id]) => id),
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((id) => !id || !en.has(id))).toEqual([]);
  });
});

describe("counting and sizes", () => {
  afterEach(() => setLanguage("en"));

  it("follow the language", () => {
    expect(t("upload-button", { count: 1 })).toBe("Upload 1 file");
    expect(fileSize(54_800_000)).toBe("54.8 MB");
    expect([12, 2_048, 380_000, 999_960_000].map(fileSize)).toEqual(["12 B", "2 kB", "0.4 MB", "1.0 GB"]);
    expect(sizeWithin(0, 54_800_000)).toBe("0.0");
    setLanguage("lt");
    const said = [1, 2, 12, 21, 22].map((count) => t("upload-button", { count }));
    expect(said).toEqual([
      "Įkelti 1 failą",
      "Įkelti 2 failus",
      "Įkelti 12 failų",
      "Įkelti 21 failą",
      "Įkelti 22 failus",
    ]);
    expect(fileSize(54_800_000)).toBe("54,8 MB");
  });

  it("say times as clocks, and end at zero and not before", () => {
    expect(clock(42_000)).toBe("0:42");
    expect(clock(1)).toBe("0:01");
    expect(clock(-5)).toBe("0:00");
    expect(clock(3_725_000)).toBe("1:02:05");
  });

  it("quote the site after what happened, and name a problem that has no words yet", () => {
    const refused = tProblem({ code: "key-refused", args: { site: "imgximg.com", said: "Invalid API key" } });
    expect(refused.detail).toMatch(/^imgximg\.com did not accept.*“Invalid API key”$/s);
    const big = tProblem({ code: "too-big-max", args: { site: "imgximg.com", max_bytes: "10000000" } });
    expect(big.detail).toContain("10.0 MB");
    expect(tProblem({ code: "no-such-code", args: {} }).short).toContain("no-such-code");
  });
});
