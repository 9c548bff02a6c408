import { beforeEach, expect, test, vi } from "vitest";
import type { AddressView, KeyTest, ProblemView, SavedSite, SiteView } from "../ipc/generated";
import { call } from "../ipc/transport";
import { SiteFlow } from "./flow.svelte";

vi.mock("../ipc/transport", () => ({ call: vi.fn(), listen: vi.fn(), previewUrl: vi.fn() }));

const problem: ProblemView = { code: "key-refused", args: { said: "Invalid API key." } };
const site = { id: 1, name: "img.example.org" } as SiteView;
const address = (over: Partial<AddressView>): AddressView => ({
  base: "https://img.example.org",
  name: "img.example.org",
  key_page: "https://img.example.org/settings/api",
  insecure: false,
  problem: null,
  ...over,
});

type Answers = { test_key?: KeyTest; save_site?: SavedSite[]; check_address?: AddressView };

function answer(answers: Answers) {
  const saves = [...(answers.save_site ?? [])];
  vi.mocked(call).mockImplementation((name: string) => {
    if (name === "test_key") return Promise.resolve(answers.test_key) as Promise<never>;
    if (name === "save_site") return Promise.resolve(saves.shift()) as Promise<never>;
    return Promise.resolve(answers.check_address) as Promise<never>;
  });
}

const sent = (name: string) =>
  vi
    .mocked(call)
    .mock.calls.filter(([called]) => called === name)
    .map(([, args]) => args);

beforeEach(() => vi.mocked(call).mockReset());

test("an empty key is asked for, and nothing is sent", async () => {
  const flow = new SiteFlow("imgximg");
  expect(await flow.save()).toBeNull();
  expect(flow.step).toEqual({ is: "lacking", gap: "key" });
  expect(call).not.toHaveBeenCalled();
});

test("an accepted key is saved in the keyring and let go of", async () => {
  answer({ test_key: { is: "accepted" }, save_site: [{ is: "saved", site }] });
  const flow = new SiteFlow("imgximg");
  flow.typeKey(" chv_key ");
  expect(await flow.save()).toEqual(site);
  expect(sent("save_site")).toEqual([{ choice: { is: "imgximg" }, key: "chv_key", keep: "keyring" }]);
  expect(flow.key).toBe("");
});

test("a key that the site does not accept is not saved", async () => {
  answer({ test_key: { is: "not-accepted", problem } });
  const flow = new SiteFlow("imgximg");
  flow.typeKey("wrong");
  expect(await flow.save()).toBeNull();
  expect(flow.test).toEqual({ is: "not-accepted", problem });
  expect(sent("save_site")).toEqual([]);
});

test("a result is gone once the key changes", async () => {
  answer({ test_key: { is: "accepted" } });
  const flow = new SiteFlow("imgximg");
  flow.typeKey("one");
  await flow.tryKey();
  expect(flow.test).toEqual({ is: "accepted" });
  flow.typeKey("two");
  expect(flow.test).toBeNull();
});

test("a key typed for one site is not kept for another", () => {
  const flow = new SiteFlow("imgximg");
  flow.typeKey("chv_key");
  flow.choose("address");
  expect(flow.key).toBe("");
});

test("without a keyring the key can be used for this session, and is not tested twice", async () => {
  answer({
    test_key: { is: "accepted" },
    save_site: [
      { is: "no-keyring", problem },
      { is: "saved", site },
    ],
  });
  const flow = new SiteFlow("imgximg");
  flow.typeKey("chv_key");
  expect(await flow.save()).toBeNull();
  expect(flow.step.is).toBe("no-keyring");
  expect(flow.test).toEqual({ is: "accepted" });
  expect(await flow.save("session")).toEqual(site);
  expect(sent("test_key")).toHaveLength(1);
});

test("over http:// no key leaves before the person agrees", async () => {
  answer({ check_address: address({ base: "http://img.example.org", insecure: true }), test_key: { is: "accepted" } });
  const flow = new SiteFlow("address");
  await flow.typeAddress("http://img.example.org");
  flow.typeKey("chv_key");
  expect(await flow.tryKey()).toBe(false);
  expect(flow.step).toEqual({ is: "lacking", gap: "consent" });
  expect(sent("test_key")).toEqual([]);
  flow.agree();
  expect(await flow.tryKey()).toBe(true);
});

test("agreeing is for one address only", async () => {
  answer({ check_address: address({ insecure: true }) });
  const flow = new SiteFlow("address");
  await flow.typeAddress("http://one.example");
  flow.agree();
  await flow.typeAddress("http://two.example");
  expect(flow.agreed).toBe(false);
});

test("an address that leads elsewhere can be taken over with the key", async () => {
  answer({ check_address: address({}), test_key: { is: "moved", to: "https://www.example.org", problem } });
  const flow = new SiteFlow("address");
  await flow.typeAddress("example.org");
  flow.typeKey("chv_key");
  await flow.tryKey();
  expect(flow.test?.is).toBe("moved");
  await flow.useMoved("https://www.example.org");
  expect(flow.address).toBe("https://www.example.org");
  expect(flow.key).toBe("chv_key");
  expect(flow.test).toBeNull();
});

test("the demo host needs no key and is not tested", async () => {
  answer({ save_site: [{ is: "saved", site }] });
  const flow = new SiteFlow("demo");
  expect(await flow.save()).toEqual(site);
  expect(sent("test_key")).toEqual([]);
});
