import { describe, expect, it } from "vitest";
import type { ItemView } from "../ipc/generated";
import { expirationLabel, PRESETS, toIso } from "./expiration";
import { manifestOf } from "./manifest";
import { splitTags } from "./tags";
import { readWidth, widthsBelow } from "./widths";

describe("tags", () => {
  it("split at commas, without doubles and those that are there", () => {
    expect(splitTags(" dunes,  baltic  sea ,, dunes, nida", ["nida"])).toEqual({
      tags: ["dunes", "baltic sea"],
      refused: [],
    });
  });

  it("refuse what a site would drop without a word", () => {
    const long = "ž".repeat(33);
    expect(splitTags(`a/b, #c, ${long}, ${"ž".repeat(32)}`)).toEqual({
      tags: ["ž".repeat(32)],
      refused: ["a/b", "#c", long],
    });
  });
});

describe("auto-delete", () => {
  it("makes ISO 8601 of a number and a unit", () => {
    expect(toIso("45", "minutes")).toBe("PT45M");
    expect(toIso(" 2 ", "weeks")).toBe("P2W");
    expect(toIso("3", "months")).toBe("P3M");
    expect(toIso("12", "months")).toBe("P1Y");
  });

  it("refuses free text and what lies outside five minutes to one year", () => {
    for (const text of ["", "2 savaites", "1.5", "-1", "0"]) expect(toIso(text, "days")).toBeNull();
    expect(toIso("4", "minutes")).toBeNull();
    expect(toIso("366", "days")).toBeNull();
    expect(toIso("13", "months")).toBeNull();
  });

  it("names every preset, and minutes are no months", () => {
    expect(PRESETS.map(expirationLabel)).not.toContain("");
    expect(expirationLabel("PT5M")).toBe("5 minutes");
    expect(expirationLabel("P1M")).toBe("1 month");
  });
});

it("a width is never larger than the picture", () => {
  expect(widthsBelow(1280)).toEqual([1024, 800, 640, 320]);
  expect(readWidth("1280", 1280)).toBeNull();
  expect(readWidth("1000", 1280)).toBe(1000);
});

describe("what will be sent", () => {
  it("says that a photo was turned, and nothing of the kind of one that was not", () => {
    const rotation = (upright: boolean) => {
      const manifest = { name: "a.jpg", format: "JPEG", size: 3_400_000, removed: [], remains: [], upright };
      return manifestOf({ format: "JPEG", manifest } as unknown as ItemView).filter(({ name }) => name === "Rotation");
    };
    expect(rotation(false)).toEqual([]);
    expect(rotation(true)).toEqual([{ name: "Rotation", says: "turned upright, without loss", tone: "good" }]);
  });
});
