import { type Component, flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DeletionView, ReceiptView } from "../ipc/generated";
import { call } from "../ipc/transport";
import DeleteNote from "./DeleteNote.svelte";
import RemoveUpload from "./RemoveUpload.svelte";

vi.mock("../ipc/transport", () => ({ call: vi.fn(), listen: vi.fn(), previewUrl: vi.fn() }));

const receipt = {
  id: 7,
  site_name: "imgximg.com",
  name: "dune.jpg",
  title: "Dune",
  has_delete_link: true,
} as ReceiptView;
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

beforeEach(() => vi.mocked(call).mockReset());
afterEach(async () => {
  if (shown) await unmount(shown);
  document.body.replaceChildren();
});

test("removing from history starts on Cancel and can keep the delete link", async () => {
  vi.mocked(call).mockResolvedValue(undefined as never);
  show(RemoveUpload, { receipt, onclose: () => {} });
  expect(document.activeElement).toBe(button("Cancel"));
  expect(document.body.textContent).toContain("The picture stays on imgximg.com.");
  press("Remove, keep the delete link");
  expect(call).toHaveBeenCalledWith("remove_from_history", { receipts: [7], keep_delete_links: true });
});

test("without a delete link there is nothing to keep", () => {
  show(RemoveUpload, { receipt: { ...receipt, has_delete_link: false }, onclose: () => {} });
  expect(button("Remove from history")).toBeDefined();
  expect(button("Remove, keep the delete link")).toBeUndefined();
});

test("nothing is deleted on the site before the person confirms, or said to be before the site says so", async () => {
  let answer: (came: DeletionView) => void = () => {};
  vi.mocked(call).mockReturnValue(new Promise<DeletionView>((resolve) => (answer = resolve)) as Promise<never>);
  show(DeleteNote, { receipt });
  press("Delete from site…");
  expect(document.activeElement).toBe(button("Cancel"));
  expect(call).not.toHaveBeenCalled();

  press("Delete from imgximg.com");
  expect(call).toHaveBeenCalledWith("delete_from_site", { receipt: 7 });
  expect(document.body.textContent).not.toContain("Deleted from");

  answer({ is: "deleted" });
  await vi.waitFor(() => expect(document.body.textContent).toContain("Deleted from imgximg.com"));
});

test("a refusal is told and the delete link stays on offer", async () => {
  vi.mocked(call).mockResolvedValue({
    is: "failed",
    problem: { code: "connect", args: { site: "imgximg.com" } },
  } as never);
  show(DeleteNote, { receipt });
  press("Delete from site…");
  press("Delete from imgximg.com");
  await vi.waitFor(() => expect(document.body.textContent).toContain("It was not deleted."));
  expect(button("Delete from site…")).toBeDefined();
});
