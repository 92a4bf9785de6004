import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startMock } from "../../scripts/mock/index.ts";
import { folder, repository, run } from "./fixture.ts";

/** An endpoint whose stream has no `choices`: each step of a job is an event. */
const STREAM = {
  "openapi/paths/jobs.yaml": `post:
  operationId: runJob
  x-sdk-method: jobs.run
  summary: Run a job
  description: Runs a job and tells each of its steps.
  tags: [Jobs]
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
    default:
      $ref: ../components/responses/Error.yaml
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

it("mock and docs serve a streaming endpoint whose chunks have no choices", {
  timeout: 180_000,
}, async () => {
  const at = await folder(STREAM);
  await cp(join(repository, "openapi"), join(at, "openapi"), { recursive: true });
  const root = join(at, "openapi/openapi.yaml");
  const text = (await readFile(root, "utf8"))
    .replace(/^components:/m, "  /v1/jobs:\n    $ref: paths/jobs.yaml\n$&")
    .replace(/^tags:/m, "$&\n  - name: Jobs\n    description: Jobs.");
  await writeFile(root, text);
  for (const stage of ["bundle", "docs"]) {
    const { code, stderr } = await run(at, stage, "--input", "openapi/openapi.yaml", "--out", "out");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  }

  const document = JSON.parse(await readFile(join(at, "out/openapi.json"), "utf8"));
  const frames = 'data: {"step":"read"}\n\ndata: {"step":"written"}\n\ndata: [DONE]\n\n';
  const { content } = document.paths["/v1/jobs"].post.responses["200"];
  expect(content["text/event-stream"].examples.two_steps.value).toBe(frames);
  expect(await readFile(join(at, "out/docs/index.html"), "utf8")).toContain("runJob");

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
