import { beforeEach, expect, test, vi } from "vitest";
import type { HistoryPage, HistoryQuery, ReceiptView } from "../ipc/generated";
import { call } from "../ipc/transport";
import { Uploads } from "./uploads.svelte";

vi.mock("../ipc/transport", () => ({ call: vi.fn(), listen: vi.fn(), previewUrl: vi.fn() }));

const receipts = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: from - at }) as ReceiptView);

/** A history of 250 uploads, latest first, that pages as the program does. */
function page({ query }: { query: HistoryQuery }): HistoryPage {
  const from = query.after ?? 251;
  const count = Math.min(query.limit ?? 100, from - 1);
  return { receipts: receipts(from - 1, count), more: from - 1 - count > 0, total: 250, vault: 9, kept: 2 };
}

beforeEach(() => {
  vi.mocked(call).mockReset();
  vi.mocked(call).mockImplementation(
    (_name, args) => Promise.resolve(page(args as { query: HistoryQuery })) as Promise<never>,
  );
});

test("pages follow each other without a gap, and end", async () => {
  const uploads = new Uploads();
  await uploads.load();
  for (const length of [200, 250, 250]) {
    await uploads.loadMore();
    expect(uploads.receipts).toHaveLength(length);
  }
  expect(uploads.receipts.map(({ id }) => id)).toEqual(Array.from({ length: 250 }, (_, at) => 250 - at));
});

test("a change keeps what was scrolled to and the open upload", async () => {
  const uploads = new Uploads();
  await uploads.load();
  await uploads.loadMore();
  uploads.openId = 60;
  await uploads.load();
  expect(uploads.receipts).toHaveLength(200);
  expect(uploads.open?.id).toBe(60);
});

test("an upload that is gone closes", async () => {
  const uploads = new Uploads();
  await uploads.load();
  uploads.openId = 999;
  await uploads.load();
  expect(uploads.openId).toBeNull();
});

test("only filters that are set are asked for", async () => {
  const uploads = new Uploads();
  uploads.filter({ search: " dune ", deletable: true });
  expect(vi.mocked(call).mock.lastCall?.[1]).toEqual({ query: { limit: 100, search: "dune", has_delete_link: true } });
  expect(uploads.filtered).toBe(true);
});
