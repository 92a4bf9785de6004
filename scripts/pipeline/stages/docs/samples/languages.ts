/** One template for each language that samples are generated in. */
import type { Json, Members } from "../../../../shared/json.ts";
import { JSON_TYPE } from "../../../../shared/media-types.ts";
import { javascript, json, python } from "./literals.ts";
import type { SampleRequest } from "./request.ts";

/** What a document's samples have in common. */
export interface SampleNames {
  /** The npm package of the generated client. */
  package: string;
  /** The name of its class. */
  client: string;
  /** The environment variable that holds the token. */
  token: string;
  /** What SDKs take as their base URL. */
  baseURL: string;
}

/** @returns the code, or undefined where the language has no way to make this request */
type Template = (request: SampleRequest, names: SampleNames) => string | undefined;

export interface Language {
  /** As in `x-codeSamples`. */
  lang: string;
  label: string;
  template: Template;
}

export const LANGUAGES: readonly Language[] = [
  { lang: "Shell", label: "curl", template: curl },
  { lang: "TypeScript", label: "TypeScript", template: typescript },
  { lang: "JavaScript", label: "JavaScript (openai)", template: openaiJavascript },
  { lang: "Python", label: "Python (openai)", template: openaiPython },
];

function curl(request: SampleRequest, { token }: SampleNames): string {
  const { method, server, path, body, bodyType, search, headers, stream } = request;
  const options = [
    `-H "Authorization: Bearer $${token}"`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-H "Content-Type: ${bodyType}"`, `-d ${quoted(json(body, "  "))}`]),
  ];
  const flags = [
    ...(stream ? ["--no-buffer"] : []),
    // curl's own choice of method: GET, or POST where there is data.
    ...(method === "HEAD"
      ? ["--head"]
      : method === (body === undefined ? "GET" : "POST")
        ? []
        : ["-X", method]),
  ];
  const url = search === "" ? `${server}${path}` : quoted(`${server}${path}?${search}`);
  return `${[`${["curl", ...flags].join(" ")} ${url}`, ...options].join(" \\\n  ")}\n`;
}

/** A word of the shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function typescript(request: SampleRequest, names: SampleNames): string | undefined {
  const head = `import { ${names.client} } from "${names.package}";

const client = new ${names.client}({ apiKey: process.env.${names.token} });`;
  const { query, headers } = request;
  return inJavascript(request, [query, headers].filter(isFilled), head, "?");
}

function openaiJavascript(request: SampleRequest, names: SampleNames): string | undefined {
  const head = `import OpenAI from "openai";

const client = new OpenAI({
  baseURL: ${JSON.stringify(names.baseURL)},
  apiKey: process.env.${names.token},
});`;
  const { query, body } = request;
  const headers = packageHeaders(request);
  // The package takes a query in the place of a body; beside one, it is among the options.
  const [alone, beside] = body === undefined ? [query, {}] : [{}, query];
  const options = { ...(isFilled(beside) && { query: beside }), ...(isFilled(headers) && { headers }) };
  return inJavascript(request, [alone, options].filter(isFilled), head, "");
}

/** The headers that users of OpenAI's packages set themselves: those of the operation, and a media type that is not plain JSON. */
function packageHeaders({ headers, body, bodyType }: SampleRequest): Members {
  return { ...headers, ...(body !== undefined && bodyType !== JSON_TYPE && { "Content-Type": bodyType }) };
}

function isFilled(members: Members): boolean {
  return Object.keys(members).length > 0;
}

/**
 * @param further the arguments after the body
 * @param optional `?` in TypeScript, where the first item of a list may be missing
 */
function inJavascript(
  request: SampleRequest,
  further: Json[],
  head: string,
  optional: string,
): string | undefined {
  const { sdkMethod, pathValues, body, stream, shown } = request;
  if (!sdkMethod) return undefined;
  const values = [...pathValues, ...(body === undefined ? [] : [body]), ...further];
  const call = `await client.${sdkMethod}(${values.map((value) => javascript(value)).join(", ")});`;
  if (stream) {
    const show =
      stream === "chat"
        ? `process.stdout.write(chunk.choices[0]?.delta.content ?? "");`
        : "console.log(chunk);";
    return `${head}\n\nconst stream = ${call}\nfor await (const chunk of stream) {\n  ${show}\n}\n`;
  }
  if (!shown) return `${head}\n\nconst result = ${call}\nconsole.log(result);\n`;
  const shows = shown.map((member) => `console.log(completion.choices[0]${optional}.message.${member});\n`);
  return `${head}\n\nconst completion = ${call}\n${shows.join("")}`;
}

function openaiPython(request: SampleRequest, names: SampleNames): string | undefined {
  const { sdkMethod, pathValues, body, query, extra, stream, shown } = request;
  if (!sdkMethod) return undefined;
  const headers = packageHeaders(request);
  const [queried, queriedOutside] = pythonArguments(query);
  const [sent, sentOutside] = pythonArguments((body ?? {}) as Members, extra);
  const outside = { extra_query: queriedOutside, extra_body: sentOutside, extra_headers: headers };
  const named = { ...queried, ...sent };
  for (const [name, members] of Object.entries(outside)) if (isFilled(members)) named[name] = members;
  const values = pathValues.map((value) => python(value));
  const lines = Object.entries(named)
    .map(([name, value]) => `    ${name}=${python(value, "    ")},\n`)
    .join("");
  const parameters =
    lines === "" ? values.join(", ") : `${values.map((value) => `\n    ${value},`).join("")}\n${lines}`;
  const call = `client.${sdkMethod}(${parameters})`;
  const head = `import os

from openai import OpenAI

client = OpenAI(
    base_url=${JSON.stringify(names.baseURL)},
    api_key=os.environ["${names.token}"],
)
`;
  if (stream) {
    const show =
      stream === "chat"
        ? `    if chunk.choices:\n        print(chunk.choices[0].delta.content or "", end="", flush=True)\n`
        : "    print(chunk)\n";
    return `${head}\nstream = ${call}\nfor chunk in stream:\n${show}`;
  }
  if (!shown) return `${head}\nresult = ${call}\nprint(result)\n`;
  const shows = shown.map((member) => `print(completion.choices[0].message.${member})\n`);
  return `${head}\ncompletion = ${call}\n${shows.join("")}`;
}

/** The words of Python that no argument can be called (Python's reference, "Keywords"). */
const PYTHON_KEYWORDS =
  /^(False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)$/;

/** The members that are arguments of their own in Python, and the others. */
function pythonArguments(members: Members, extra: readonly string[] = []): [Members, Members] {
  const isArgument = ([name]: [string, unknown]) =>
    /^[A-Za-z_]\w*$/.test(name) && !PYTHON_KEYWORDS.test(name) && !extra.includes(name);
  const entries = Object.entries(members);
  return [
    Object.fromEntries(entries.filter(isArgument)),
    Object.fromEntries(entries.filter((entry) => !isArgument(entry))),
  ];
}
