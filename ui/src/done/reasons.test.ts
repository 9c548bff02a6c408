import { expect, test } from "vitest";
import type { ItemView, ProblemView } from "../ipc/generated";
import { reasons } from "./reasons";

const problem = (code: string): ProblemView => ({ code, args: {} });
const failed = (name: string, code: string) => ({ name, state: { is: "failed", problem: problem(code) } }) as ItemView;

test("a reason that stopped many files is told once, with their names", () => {
  const told = reasons([failed("a.jpg", "offline"), failed("b.jpg", "too-big"), failed("c.jpg", "offline")], null);
  expect(told.map(({ problem, names }) => [problem.code, names])).toEqual([
    ["offline", ["a.jpg", "c.jpg"]],
    ["too-big", ["b.jpg"]],
  ]);
});

test("what stops the whole site comes first and is not told twice", () => {
  const told = reasons([failed("a.jpg", "too-big"), failed("b.jpg", "key-refused")], problem("key-refused"));
  expect(told.map(({ problem }) => problem.code)).toEqual(["key-refused", "too-big"]);
});
