import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { expect, it } from "vitest";
import { createMock } from "../../scripts/mock/index.ts";
import { folder, repository, run } from "./fixture.ts";

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
    default:
      $ref: ../components/responses/Error.yaml
  x-codeSamples:
    - lang: Shell
      source:
        $ref: ../samples/createFingerprint/curl.sh
`,
  "openapi/components/schemas/FingerprintRequest.yaml": `title: Fingerprint request
type: object
description: Texts to embed.
required: [model, input]
properties:
  model:
    $ref: ModelId.yaml
  input:
    description: The texts.
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

it("an endpoint is added by writing openapi/ alone", { timeout: 90_000 }, async () => {
  const at = await folder({ "out/use.ts": USE, "package.json": '{"type": "module"}', ...ENDPOINT });
  await cp(join(repository, "openapi"), join(at, "openapi"), { recursive: true });
  const root = join(at, "openapi/openapi.yaml");
  const text = (await readFile(root, "utf8"))
    .replace(/^components:/m, "  /v1/fingerprints:\n    $ref: paths/fingerprints.yaml\n$&")
    .replace(/^tags:/m, "$&\n  - name: Fingerprints\n    description: Texts as vectors.");
  await writeFile(root, text);

  // Lint, and every stage after it.
  const { code, stdout, stderr } = await run(at, "--input", "openapi/openapi.yaml", "--out", "out");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/✓ lint .* 0 findings/);

  // The docs.
  const page = await readFile(join(at, "out/docs/index.html"), "utf8");
  expect(page).toContain("createFingerprint");
  expect(page).toContain("Turns texts into vectors");

  // The types, and the client's method.
  const { config } = ts.readConfigFile(join(repository, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, repository);
  const types = { typeRoots: [join(repository, "node_modules/@types")] };
  const program = ts.createProgram([join(at, "out/use.ts")], { ...options, ...types });
  const diagnostics = ts.getPreEmitDiagnostics(program);
  expect(diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual(
    [],
  );

  // The mock's answers, as that client gets them.
  const document = JSON.parse(await readFile(join(at, "out/openapi.json"), "utf8"));
  const mock = await createMock({ document });
  const { url } = await mock.listen({ port: 0, host: "127.0.0.1" });
  const used = await promisify(execFile)(process.execPath, ["use.ts", url], { cwd: join(at, "out") }).finally(
    () => mock.close(),
  );
  expect(JSON.parse(used.stdout)).toEqual({
    model: "some-model",
    vector: [0.25, -0.5],
    refused: expect.stringMatching(/^input\b/),
  });
});
