import { expect, test } from "vitest";
import type { FetchedView } from "../ipc/generated";
import { Fetched, lines } from "./fetched.svelte";

const view = (url: string, token: number | null): FetchedView => ({
  url,
  name: url,
  size: 1,
  token,
  problem: token === null ? { code: "not-a-picture", args: {} } : null,
});

function dialog() {
  const asked: string[][] = [];
  const dropped: number[] = [];
  const tokens: Record<string, number | null> = { a: 1, b: 2, page: null };
  const fetched = new Fetched(
    async (urls) => {
      asked.push(urls);
      return urls.map((url) => view(url, tokens[url] ?? null));
    },
    (left) => dropped.push(...left),
  );
  return { fetched, asked, dropped };
}

test("one address a line, each once", () => {
  expect(lines(" a \n\nb\na\n")).toEqual(["a", "b"]);
});

test("what was fetched is not fetched again when a line is added", async () => {
  const { fetched, asked } = dialog();
  await fetched.get(fetched.missing(["a", "page"]));
  await fetched.get(fetched.missing(["a", "page", "b"]));
  expect(asked).toEqual([["a", "page"], ["b"]]);
  expect(fetched.of(["b", "page", "a"]).map(({ token }) => token)).toEqual([2, null, 1]);
});

test("closing throws away what was not added", async () => {
  const { fetched, dropped } = dialog();
  await fetched.get(["a", "b", "page"]);
  fetched.taken([2]);
  fetched.close();
  expect(dropped).toEqual([1]);
});

test("what arrives after closing is thrown away too", async () => {
  const { fetched, dropped } = dialog();
  const coming = fetched.get(["a"]);
  fetched.close();
  await coming;
  expect(dropped).toEqual([1]);
});
