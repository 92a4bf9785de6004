import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMock, startMock } from "../../scripts/mock/index.ts";
import { built, type Outcome, repository } from "./fixture.ts";

/**
 * The proof of the design: an endpoint that is written into `openapi/` alone has lint, types, a client method, a page
 * in the docs and answers of the mock.
 */
const ENDPOINT = {
  "openapi/paths/fingerprints.yaml": `post:
  operationId: createFingerprint
  x-sdk-method: fingerprints.create
  summary: Create fingerprints
  description: Turns texts into vectors that are near each other where the texts are alike.
  tags: [Fingerprints]
  requestBody:
    required: true
    content:
      application/json:
        schema:
          $ref: ../components/schemas/FingerprintRequest.yaml
  responses:
    "200":
      description: The fingerprints.
      content:
        application/json:
          schema:
            $ref: ../components/schemas/FingerprintList.yaml
          examples:
            one:
              $ref: ../examples/createFingerprint/one.yaml
    "400":
      $ref: ../components/responses/BadRequest.yaml
    "401":
      $ref: ../components/responses/Unauthorized.yaml
    "413":
      $ref: ../components/responses/PayloadTooLarge.yaml
    "429":
      $ref: ../components/responses/TooManyRequests.yaml
    default:
      $ref: ../components/responses/Error.yaml
  x-codeSamples:
    - lang: Shell
      label: curl
      source:
        $ref: ../samples/createFingerprint/curl.sh
    - lang: TypeScript
      label: TypeScript
      source:
        $ref: ../samples/createFingerprint/typescript.ts
    - lang: JavaScript
      label: JavaScript
      source:
        $ref: ../samples/createFingerprint/javascript.mjs
    - lang: Python
      label: Python
      source:
        $ref: ../samples/createFingerprint/python.py
`,
  "openapi/components/schemas/FingerprintRequest.yaml": `title: Fingerprint request
type: object
description: Texts to embed.
required: [model, input]
properties:
  model:
    $ref: ModelId.yaml
  input:
    description: The texts, at most 2048.
    type: array
    minItems: 1
    maxItems: 2048
    items:
      type: string
`,
  "openapi/components/schemas/FingerprintList.yaml": `title: Fingerprints
type: object
description: One fingerprint for each text.
required: [model, data]
properties:
  model:
    $ref: ModelId.yaml
  data:
    description: The fingerprints, in the order of the texts.
    type: array
    items:
      type: object
      required: [index, fingerprint]
      properties:
        index:
          description: Which text it is of, from 0.
          type: integer
        fingerprint:
          description: The vector.
          type: array
          items:
            type: number
`,
  "openapi/examples/createFingerprint/one.yaml": `summary: One text
value:
  model: gpt-5.4
  data:
    - {index: 0, fingerprint: [0.25, -0.5]}
x-when: {}
x-fill:
  /model: $request.body#/model
`,
  "openapi/samples/createFingerprint/curl.sh": "curl https://api.routescope.ai/v1/fingerprints\n",
  "openapi/samples/createFingerprint/typescript.ts":
    'await fetch("https://api.routescope.ai/v1/fingerprints");\n',
  "openapi/samples/createFingerprint/javascript.mjs":
    'await fetch("https://api.routescope.ai/v1/fingerprints");\n',
  "openapi/samples/createFingerprint/python.py":
    'requests.post("https://api.routescope.ai/v1/fingerprints")\n',
};

/** What a user of the new endpoint writes. */
const USE = `import { Routescope, BadRequestError, type FingerprintList } from "./client.ts";
const [baseURL] = process.argv.slice(2);
const client = new Routescope({ apiKey: "sk-test", baseURL: \`\${baseURL}/v1\` });
const answer: FingerprintList = await client.fingerprints.create({ model: "some-model", input: ["Hello"] });
const vector: number[] | undefined = answer.data[0]?.fingerprint;
const refused = await client.fingerprints
  // @ts-expect-error input is a list of texts.
  .create({ model: "some-model", input: [7] })
  .catch((error: unknown) => error instanceof BadRequestError && error.param);
console.log(JSON.stringify({ model: answer.model, vector, refused }));
`;

/** An endpoint whose stream has no `choices`: each step of a job is an event. */
const STREAM = {
  "openapi/paths/jobs.yaml": `post:
  operationId: runJob
  x-sdk-method: jobs.run
  summary: Run a job
  description: Runs a job and tells each of its steps.
  tags: [Fingerprints]
  requestBody:
    required: true
    content:
      application/json:
        schema:
          $ref: ../components/schemas/JobRequest.yaml
  responses:
    "200":
      description: The steps.
      content:
        application/json:
          schema:
            $ref: ../components/schemas/JobResult.yaml
          examples:
            two_steps:
              $ref: ../examples/runJob/two_steps.yaml
        text/event-stream:
          schema:
            type: string
            description: A frame for each step, then \`[DONE]\`.
            contentMediaType: application/json
            contentSchema:
              $ref: ../components/schemas/JobStep.yaml
    "400":
      $ref: ../components/responses/BadRequest.yaml
    "401":
      $ref: ../components/responses/Unauthorized.yaml
    "413":
      $ref: ../components/responses/PayloadTooLarge.yaml
    "429":
      $ref: ../components/responses/TooManyRequests.yaml
    default:
      $ref: ../components/responses/Error.yaml
  x-codeSamples:
    - {lang: Shell, label: curl, source: "curl https://api.routescope.ai/v1/jobs"}
    - {lang: TypeScript, label: TypeScript, source: 'await fetch("https://api.routescope.ai/v1/jobs");'}
    - {lang: JavaScript, label: JavaScript, source: 'await fetch("https://api.routescope.ai/v1/jobs");'}
    - {lang: Python, label: Python, source: 'requests.post("https://api.routescope.ai/v1/jobs")'}
`,
  "openapi/components/schemas/JobRequest.yaml": `title: Job request
type: object
description: What to run.
required: [name]
properties:
  name:
    description: The name of the job.
    type: string
  stream:
    description: Whether each step comes as an event.
    type: boolean
`,
  "openapi/components/schemas/JobStep.yaml": `title: Job step
type: object
description: One step of a job.
required: [step]
properties:
  step:
    description: What was done.
    type: string
`,
  "openapi/components/schemas/JobResult.yaml": `title: Job result
type: object
description: What a job did.
required: [steps]
properties:
  steps:
    description: The steps, in order.
    type: array
    items:
      $ref: JobStep.yaml
`,
  "openapi/examples/runJob/two_steps.yaml": `summary: Two steps
value:
  steps:
    - {step: read}
    - {step: written}
x-when: {}
`,
};

describe("endpoints that are written into openapi/ alone", () => {
  let at: string;
  let outcome: Outcome;
  beforeAll(async () => {
    at = await mkdtemp(join(await realpath(tmpdir()), "endpoint-"));
    await cp(join(repository, "openapi"), join(at, "openapi"), { recursive: true });
    for (const [name, text] of Object.entries({
      "out/use.ts": USE,
      "package.json": '{"type": "module"}',
      ...ENDPOINT,
      ...STREAM,
    })) {
      await mkdir(dirname(join(at, name)), { recursive: true });
      await writeFile(join(at, name), text);
    }
    const root = join(at, "openapi/openapi.yaml");
    const paths =
      "  /v1/fingerprints:\n    $ref: paths/fingerprints.yaml\n  /v1/jobs:\n    $ref: paths/jobs.yaml\n";
    const text = (await readFile(root, "utf8"))
      .replace(/^components:/m, `${paths}$&`)
      .replace(/^tags:/m, "$&\n  - name: Fingerprints\n    description: Texts as vectors.");
    await writeFile(root, text);
    outcome = await built(at, { input: root });
  }, 180_000);
  afterAll(() => rm(at, { recursive: true, force: true }));

  it("pass lint and every stage after it", () => {
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(outcome.stdout).toMatch(/✓ lint .* 0 findings/);
  });

  it("have pages in the docs", async () => {
    const page = await readFile(join(at, "out/docs/index.html"), "utf8");
    expect(page).toContain("createFingerprint");
    expect(page).toContain("Turns texts into vectors");
    expect(page).toContain("runJob");
  });

  it("have types, a method of the client, and answers of the mock", async () => {
    const { compilerOptions } = JSON.parse(await readFile(join(repository, "tsconfig.json"), "utf8"));
    const types = { types: ["node"], typeRoots: [join(repository, "node_modules/@types")] };
    await writeFile(
      join(at, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...compilerOptions, ...types }, files: ["out/use.ts"] }),
    );
    const compiler = join(repository, "node_modules/.bin/tsgo");
    const compiled = await promisify(execFile)(compiler, ["--project", at]).catch(
      (failed: { stdout: string }) => failed,
    );
    expect(compiled.stdout).toBe("");

    // The mock's answers, as that client gets them.
    const document = JSON.parse(await readFile(join(at, "out/openapi.json"), "utf8"));
    const mock = await createMock({ document });
    const { url } = await mock.listen({ port: 0, host: "127.0.0.1" });
    const used = await promisify(execFile)(process.execPath, ["use.ts", url], {
      cwd: join(at, "out"),
    }).finally(() => mock.close());
    expect(JSON.parse(used.stdout)).toEqual({
      model: "some-model",
      vector: [0.25, -0.5],
      refused: expect.stringMatching(/^input\b/),
    });
  });

  it("may stream events that have no choices", async () => {
    const document = JSON.parse(await readFile(join(at, "out/openapi.json"), "utf8"));
    const frames = 'data: {"step":"read"}\n\ndata: {"step":"written"}\n\ndata: [DONE]\n\n';
    const { content } = document.paths["/v1/jobs"].post.responses["200"];
    expect(content["text/event-stream"].examples.two_steps.value).toBe(frames);

    await using mock = await startMock({ document, tps: 0 });
    const ask = (body: object, headers = {}) =>
      fetch(`${mock.url}/v1/jobs`, {
        method: "POST",
        headers: { authorization: "Bearer sk-test", "content-type": "application/json", ...headers },
        body: JSON.stringify({ name: "nightly", ...body }),
      });
    expect(await (await ask({})).json()).toEqual({ steps: [{ step: "read" }, { step: "written" }] });
    const streamed = await ask({ stream: true });
    expect(streamed.headers.get("content-type")).toBe("text/event-stream");
    expect(await streamed.text()).toBe(frames);
    const broken = await ask({ stream: true }, { prefer: "fault=error_frame:1" });
    expect(await broken.text()).toMatch(/^data: {"step":"read"}\n\ndata: {"error":.+}\n\n$/);
  });
});
