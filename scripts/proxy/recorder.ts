/** Writes exchanges as scenario files that a person can read and edit. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { Contract } from "../conformance/compiled-contract.ts";
import { digestOf } from "../shared/digest.ts";
import { isObject, type Json, member } from "../shared/json.ts";
import { valueWithoutKeys } from "./mask.ts";
import {
  type ReadExchange,
  type RecordedScenario,
  type RecordOptions,
  scenariosOf,
} from "./recorded-scenario.ts";

/** Members of a request that change how its answer is delivered, not what it is. */
const DELIVERY = ["stream", "stream_options"];
const ERROR_MARK = "# An error answer";

export class Recorder {
  private readonly contract: Contract;
  private readonly folder: string;
  private readonly options: RecordOptions;

  constructor(contract: Contract, folder: string, options: RecordOptions) {
    this.contract = contract;
    this.folder = folder;
    this.options = options;
  }

  /**
   * Records an exchange, unless the same request is recorded already. An answer takes the place of an error.
   *
   * @returns the files that were written
   */
  async record(exchange: ReadExchange): Promise<string[]> {
    const written: string[] = [];
    for (const scenario of scenariosOf(this.contract, exchange, this.options)) {
      const file = join(this.folder, slugOf(exchange.operation.name), fileName(exchange, scenario));
      const before = await readFile(file, "utf8").catch(() => undefined);
      const better = exchange.status < 400 && before?.includes(ERROR_MARK);
      if (before !== undefined && !better) continue;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, textOf(exchange, scenario));
      written.push(file);
    }
    return written;
  }
}

/** The words of the question and a digest of the request. The name of the frames sorts before that of the answer. */
function fileName(exchange: ReadExchange, { stream }: RecordedScenario): string {
  const { operation, url, asked } = exchange;
  const essence = isObject(asked)
    ? Object.fromEntries(Object.entries(asked).filter(([name]) => !DELIVERY.includes(name)))
    : asked;
  const digest = digestOf(operation.name, url.split("?")[0] ?? "", JSON.stringify(essence ?? null)).slice(
    0,
    8,
  );
  return `${slugOf(wordsOf(exchange)) || "request"}-${digest}${stream ? ".stream" : ""}.yaml`;
}

/** What the request is about: its last message, else the end of its path. */
function wordsOf({ asked, url }: ReadExchange): string {
  const messages = member(asked, "messages");
  const last = Array.isArray(messages) ? messages.at(-1) : undefined;
  const content = member(last, "content");
  const text = Array.isArray(content)
    ? content.map((part: Json) => member(part, "text") ?? "").join(" ")
    : content;
  if (typeof text === "string" && text.trim() !== "") return text.trim().split(/\s+/).slice(0, 6).join(" ");
  return decodeURIComponentSafe((url.split("?")[0] ?? "").split("/").at(-1) ?? "");
}

function decodeURIComponentSafe(text: string): string {
  return text.replaceAll(/%[0-9a-f]{2}/gi, "-");
}

/** A part of a file's name: letters, digits and hyphens, whatever the text. */
function slugOf(text: string): string {
  const plain = text.normalize("NFKD").replaceAll(/[^A-Za-z0-9_]+/g, "-");
  return plain.slice(0, 48).replaceAll(/^-+|-+$/g, "");
}

function textOf({ operation, keys }: ReadExchange, { comments, form }: RecordedScenario): string {
  const head = [
    `Recorded by routescope proxy: ${operation.method.toUpperCase()} ${operation.path}`,
    ...comments,
  ];
  // A line break in a comment would end it.
  const lines = head.map((line) => `# ${line.replaceAll(/\s+/g, " ")}`);
  return `${lines.join("\n")}\n${stringify(valueWithoutKeys(form, keys), { lineWidth: 110 })}`;
}
