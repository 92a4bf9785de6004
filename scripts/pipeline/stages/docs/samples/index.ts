/** The samples of an operation, one for each request example and language. */
import manifest from "../../../../../package.json" with { type: "json" };
import type { CodeSample, Document, OperationEntry } from "../../../../document/model.ts";
import { memoizeIn } from "../../../../shared/memoize.ts";
import { serviceOf } from "../../client/service.ts";
import { LANGUAGES, type SampleNames } from "./languages.ts";
import { sampleRequests } from "./request.ts";

/** A sample for each request example, by the example's name. */
export interface ExampleSamples {
  lang: string;
  label: string;
  sources: ReadonlyMap<string, string>;
}

/**
 * An operation's own samples, `x-codeSamples`, are for its first request example. Those of the other examples are
 * generated, in the languages that the operation's own samples are written in, except where such a sample does without
 * the method, which its package may not have. An operation without samples has all of them generated.
 */
export function exampleSamples(document: Document, entry: OperationEntry): ExampleSamples[] {
  const names = sampleNames(document);
  const requests = [...sampleRequests(document, entry)];
  const own = entry.operation["x-codeSamples"] ?? [];
  const generated = (lang: string) =>
    requests.flatMap(([name, request]): [string, string][] => {
      const source = LANGUAGES.find((language) => language.lang === lang)?.template(request, names);
      return source === undefined ? [] : [[name, source]];
    });
  if (own.length === 0)
    return LANGUAGES.map(({ lang, label }) => ({ lang, label, sources: new Map(generated(lang)) })).filter(
      ({ sources }) => sources.size > 0,
    );
  const [first = ""] = requests[0] ?? [];
  const method = `.${entry.operation["x-sdk-method"]}(`;
  return own.map(({ lang, label = lang, source }) => ({
    lang,
    label,
    sources: new Map([
      ...(lang === "Shell" || source.includes(method) ? generated(lang) : []),
      [first, source],
    ]),
  }));
}

/** The samples of the first request example. */
export function firstSamples(document: Document, entry: OperationEntry): CodeSample[] {
  return exampleSamples(document, entry).flatMap(({ lang, label, sources }) => {
    const [source] = sources.values();
    return source === undefined ? [] : [{ lang, label, source }];
  });
}

/** The name of the environment variable that samples read the token from. */
export function tokenVariable(document: Document): string {
  return sampleNames(document).token;
}

/** It asks every operation, and every operation asks for it. */
const sampleNames = memoizeIn(new WeakMap<Document, SampleNames>(), (document) => {
  const { name, env, baseURL = "", prefix } = serviceOf(document, new Set());
  return {
    package: manifest.name,
    client: name,
    token: `${env}_API_KEY`,
    baseURL: baseURL.replace(/\/$/, "") + prefix,
  };
});
