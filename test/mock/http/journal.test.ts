import { inspect } from "node:util";
import { expect, it } from "vitest";
import { Journal } from "../../../scripts/mock/http/journal.ts";
import { Metrics } from "../../../scripts/mock/http/metrics.ts";

/** What the journal holds and whom it tells, and what is counted. */
const MIB = 1024 * 1024;
const journal = () => new Journal(true, (headers) => headers);
const answered = { frames: [], streamed: false };

it("what is forgotten takes no room, though its answer comes later", () => {
  const kept = journal();
  const open = (session: string) => kept.open("GET", "/", { "x-mock-session": session });
  for (const clear of [() => kept.clear("a"), () => kept.clear()]) {
    const notes = Array.from({ length: 4 }, () => open("a"));
    for (const note of notes.slice(0, 2)) kept.fill(note, "", 4 * MIB, answered);
    clear();
    for (const note of notes.slice(2)) kept.fill(note, "", 4 * MIB, answered);
  }
  const others = Array.from({ length: 4 }, () => open("b"));
  for (const note of others) kept.fill(note, "", 4 * MIB, answered);
  expect(kept.select().map(({ id }) => id)).toEqual(others.map(({ id }) => id));
});

it("a caller that waits gets the request once it is answered, or an error that lists the last ten", async () => {
  const kept = journal();
  const note = kept.open("GET", "/first", {});
  const waiting = kept.wait(({ url }) => url === "/first", 20_000);
  note.status = 200;
  note.ms = 1;
  kept.close(note);
  expect(await waiting).toMatchObject({ url: "/first", status: 200 });
  for (let count = 0; count < 10; count++) kept.open("GET", `/${count}`, {});
  const failed = await kept.wait(() => false, 1).catch((error: Error) => error.message);
  expect(failed).toMatch(/There came: GET \/0 0, .*GET \/9 0\.$/);
});

it("an entry reads the headers, the body and the answer once, when they are asked for, and shares none of them", () => {
  let masked = 0;
  const kept = new Journal(true, (headers) => {
    masked++;
    return { ...headers };
  });
  const body = { list: [1] };
  const note = kept.open("POST", "/", { accept: "*/*" });
  kept.fill(note, body, 10, { frames: ["[2", "]"], streamed: false });
  const [entry] = kept.select();
  expect(`${entry!.method} ${entry!.url}`).toBe("POST /");
  expect(masked).toBe(0);
  expect({ ...entry }).toMatchObject({ headers: { accept: "*/*" }, body, answer: [2] });
  expect(JSON.parse(JSON.stringify(entry))).toMatchObject({ body, answer: [2] });
  expect(masked).toBe(1);
  expect(inspect(entry)).toContain("body: { list: [ 1 ] }");
  expect(entry!.answer).toBe(entry!.answer);
  (entry!.body as typeof body).list.push(3);
  expect(entry!.body).toEqual({ list: [1, 3] });
  expect(kept.select()[0]!.body).toEqual({ list: [1] });
});

it("1,000 combinations of labels are counted; any other counts as one of the others", () => {
  const metrics = new Metrics();
  for (let count = 0; count < 1001; count++) metrics.count({ status: 200, scenario: `s${count}` }, 1);
  metrics.count({ status: 200, scenario: "s0" }, 1);
  metrics.count({ status: 200, scenario: 'a "quoted\\\nname' }, 1);
  const lines = metrics.text().split("\n");
  const count = (scenario: string) => lines.find((line) => line.includes(`scenario="${scenario}"`));
  expect(lines.filter((line) => line.startsWith("mock_requests_total"))).toHaveLength(1001);
  expect([count("s0"), count("s1"), count("other")].map((line) => line?.split(" ")[1])).toEqual([
    "2",
    "1",
    "2",
  ]);
  const quoted = new Metrics();
  quoted.count({ status: 200, scenario: 'a "quoted\\\nname' }, 1);
  expect(quoted.text()).toContain('scenario="a \\"quoted\\\\\\nname"');
});
