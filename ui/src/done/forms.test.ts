import { expect, test } from "vitest";
import { formats, kindsOf, withFormat } from "./forms";

test("addresses alone offer viewer, direct and thumbnail; every other format offers linked pictures", () => {
  expect(kindsOf("links")).toEqual(["viewer", "direct", "thumbnail"]);
  for (const format of formats.slice(1)) expect(kindsOf(format)).toEqual(["full", "medium", "thumbnail-linked"]);
});

test("a kind that the next format has too stays chosen", () => {
  expect(withFormat({ format: "html", kind: "medium" }, "bbcode")).toEqual({ format: "bbcode", kind: "medium" });
});

test("a kind that the next format lacks gives way to the one in its place", () => {
  expect(withFormat({ format: "links", kind: "thumbnail" }, "markdown")).toEqual({
    format: "markdown",
    kind: "thumbnail-linked",
  });
  expect(withFormat({ format: "html", kind: "full" }, "links")).toEqual({ format: "links", kind: "viewer" });
});
