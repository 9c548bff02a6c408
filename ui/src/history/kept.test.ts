import { type Component, flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DeletionView, KeptView } from "../ipc/generated";
import { call } from "../ipc/transport";
import ClearHistory from "./ClearHistory.svelte";
import ExportHistory from "./ExportHistory.svelte";
import { said } from "./importing";
import KeptRow from "./KeptRow.svelte";
import { Kept } from "./kept.svelte";
import { Uploads } from "./uploads.svelte";

vi.mock("../ipc/transport", () => ({ call: vi.fn(), listen: vi.fn(), previewUrl: vi.fn() }));

const link: KeptView = { id: 7, site_name: "imgximg.com", name: "dune.jpg", uploaded_at: 0, viewer: null };
let shown: ReturnType<typeof mount> | undefined;

function show<P extends Record<string, unknown>>(component: Component<P>, props: P) {
  shown = mount(component, { target: document.body, props });
  flushSync();
}

const button = (text: string) =>
  [...document.querySelectorAll("button")].find((one) => one.textContent?.trim() === text);
const press = (text: string) => {
  button(text)?.click();
  flushSync();
};

// The test's document knows no popovers.
HTMLElement.prototype.showPopover ??= () => {};
HTMLElement.prototype.hidePopover ??= () => {};

beforeEach(() => vi.mocked(call).mockReset());
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
  document.body.replaceChildren();
});

test("kept links come page by page, and a change keeps what was shown", async () => {
  const page = (from: number) => Array.from({ length: Math.min(100, from) }, (_, at) => ({ ...link, id: from - at }));
  vi.mocked(call).mockImplementation((name, args) => {
    if (name !== "kept_links") return Promise.resolve(null) as Promise<never>;
    const kept = page(((args as { after: number | null }).after ?? 151) - 1);
    return Promise.resolve({ kept, more: kept.at(-1)?.id !== 1 }) as Promise<never>;
  });
  const kept = new Kept();
  await kept.load();
  expect([kept.links.length, kept.more]).toEqual([100, true]);
  await kept.loadMore();
  await kept.load();
  expect(kept.links.map(({ id }) => id)).toEqual(Array.from({ length: 150 }, (_, at) => 150 - at));
  expect(kept.more).toBe(false);
});

test("a kept link is used only after a yes, and forgotten only after a yes", async () => {
  let answer: (came: DeletionView) => void = () => {};
  vi.mocked(call).mockReturnValue(new Promise<DeletionView>((resolve) => (answer = resolve)) as Promise<never>);
  show(KeptRow, { link });
  press("Delete from site…");
  expect(document.activeElement).toBe(button("Cancel"));
  expect(call).not.toHaveBeenCalled();
  press("Delete from imgximg.com");
  expect(call).toHaveBeenCalledWith("delete_kept_from_site", { kept: 7 });
  expect(button("Deleting…")?.disabled).toBe(true);
  answer({ is: "failed", problem: { code: "connect", args: { site: "imgximg.com" } } });
  await vi.waitFor(() => expect(document.body.textContent).toContain("It was not deleted."));

  vi.mocked(call).mockReset();
  document.querySelector<HTMLElement>("[aria-haspopup=menu]")?.click();
  flushSync();
  press("Forget…");
  expect(document.activeElement).toBe(button("Cancel"));
  expect(call).not.toHaveBeenCalled();
  vi.mocked(call).mockResolvedValue(undefined as never);
  press("Forget the delete link");
  expect(call).toHaveBeenCalledWith("forget_kept", { kept: 7 });
});

test("clearing speaks only of the links that go with the list", () => {
  const uploads = new Uploads();
  [uploads.everything, uploads.vault, uploads.kept] = [5, 7, 4];
  show(ClearHistory, { uploads, onclose: () => {} });
  expect(document.body.textContent).toContain("3 delete links go with the list");
  expect(button("Clear, keep the delete links")).toBeDefined();
});

test("an export is without delete links unless asked, and says what they are", async () => {
  const uploads = new Uploads();
  uploads.filters = { ...uploads.filters, search: "dune" };
  [uploads.total, uploads.everything] = [2, 56];
  vi.mocked(call).mockResolvedValue(null as never);
  show(ExportHistory, { uploads, onclose: () => {} });
  press("Choose a place…");
  expect(call).toHaveBeenLastCalledWith("export_history", {
    query: { search: "dune" },
    form: "json",
    delete_links: false,
  });
  await vi.waitFor(() => expect(button("Choose a place…")?.disabled).toBe(false));

  press("All of them, 56 uploads");
  press("CSV");
  document.querySelector<HTMLInputElement>("[role=switch]")?.click();
  flushSync();
  expect(document.body.textContent).toContain("Whoever has the file can delete the pictures");
  press("Choose a place…");
  expect(call).toHaveBeenLastCalledWith("export_history", { query: {}, form: "csv", delete_links: true });
});

test("what an import brought is said with its numbers", () => {
  expect(said({ added: 0, known: 3, delete_links: 0 })).toBe("Nothing new in it: all of its uploads were here.");
  expect(said({ added: 2, known: 3, delete_links: 1 })).toBe(
    "2 uploads imported. 3 were here already. 1 delete link came with it.",
  );
});
