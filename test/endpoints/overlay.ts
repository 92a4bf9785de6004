/**
 * Six endpoints of kinds that the contract does not have: `openapi/` here holds what a contributor would add to the
 * contract. They are no part of the product.
 */
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PATHS: Record<string, string> = {
  "/v1/audio/speech": "speech.yaml",
  "/v1/audio/transcriptions": "transcriptions.yaml",
  "/v1/embeddings": "embeddings.yaml",
  "/v1/files": "files.yaml",
  "/v1/files/{file_id}": "file.yaml",
  "/v1/files/{file_id}/content": "file-content.yaml",
  "/v1/jobs": "jobs.yaml",
  "/v1/responses": "responses.yaml",
};

const TAGS: Record<string, string> = {
  Audio: "Speech and recordings.",
  Embeddings: "Texts as vectors.",
  Files: "Uploaded files.",
  Jobs: "Work in steps.",
  Responses: "Answers as named events.",
};

/**
 * Adds the endpoints to a contract, as CONTRIBUTING.md says.
 *
 * @param openapi a copy of the folder `openapi/`
 */
export async function addEndpoints(openapi: string): Promise<void> {
  await cp(fileURLToPath(new URL("openapi", import.meta.url)), openapi, { recursive: true });
  const root = join(openapi, "openapi.yaml");
  const paths = Object.entries(PATHS).map(([path, file]) => `  ${path}:\n    $ref: paths/${file}\n`);
  const tags = Object.entries(TAGS).map(([name, text]) => `  - name: ${name}\n    description: ${text}\n`);
  const text = await readFile(root, "utf8");
  await writeFile(
    root,
    text.replace(/^components:/m, `${paths.join("")}$&`).replace(/^tags:\n/m, `$&${tags.join("")}`),
  );
}
