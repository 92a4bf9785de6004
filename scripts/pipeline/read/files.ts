/** Which files a document may be read from, and how much of them: a document may come from a stranger. */
import { isUtf8 } from "node:buffer";
import { realpathSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";

/** What a document may refer to beyond the folder of its root file. */
export interface Access {
  /** Whether references to `http:` and `https:` addresses are followed. Default: false. */
  allowRemote?: boolean;
  /** Whether references may lead to files outside the folder of the root file. Default: false. */
  allowOutside?: boolean;
}

/** A file that is never read. */
export class Refusal extends Error {
  /** What the author can do about it. */
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** OpenAI's document has 3 MB. */
const MAX_MEGABYTES = 64;
const MAX_BYTES = MAX_MEGABYTES * 1024 * 1024;
/** In milliseconds. */
const REMOTE_TIMEOUT = 10_000;

/**
 * Reads a file that lies in a folder, links resolved.
 *
 * @param folder the folder that the file must not leave; undefined where it may lie anywhere
 * @throws {Refusal} when the file is outside the folder, is not a regular file, or is too large
 * @throws {Error} of the file system, when it cannot be read
 */
export async function readLocal(file: string, folder: string | undefined): Promise<Uint8Array> {
  if (file.includes("\0")) throw new Refusal("is not the name of a file", "Correct the reference.");
  if (folder !== undefined && !(isWithin(folder, file) && isWithin(realpathOf(folder), realpathOf(file))))
    throw new Refusal(
      "is outside the folder of the root document",
      "Move the file into that folder, or allow files outside it with --allow-outside.",
    );
  // Before it is opened: a pipe that nobody writes to would keep us waiting.
  const found = await stat(file);
  if (found.isDirectory()) throw new Refusal("is a folder, not a file", "Name a file in it.");
  if (!found.isFile())
    throw new Refusal("is not a regular file", "Refer to a file, not to a device or a pipe.");
  if (found.size > MAX_BYTES) throw tooLarge();
  return readFile(file);
}

/**
 * Fetches a file from the web.
 *
 * @throws {Refusal} when that is not allowed, the address is not one of the web, or the file is too large
 * @throws {Error} when the server cannot be reached, or does not answer with the file in 10 seconds
 */
export async function readRemote(
  address: string,
  { allowRemote = false }: Access,
): Promise<{ bytes: Uint8Array; mimeType: string | undefined }> {
  if (!/^https?:/i.test(address))
    throw new Refusal("is not an address of the web", "Write a path, or an address with http: or https:.");
  if (!allowRemote)
    throw new Refusal(
      "is an address on the web",
      "Download the file and refer to the copy, or allow addresses with --allow-remote.",
    );
  const response = await fetch(address, { signal: AbortSignal.timeout(REMOTE_TIMEOUT) });
  if (!response.ok) throw new Error(`Failed to load ${address}: ${response.status} ${response.statusText}`);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.byteLength;
    if (size > MAX_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  return { bytes: Buffer.concat(pieces), mimeType: response.headers.get("content-type") ?? undefined };
}

/**
 * The text of a file, without a byte order mark, its lines ended by LF.
 *
 * @throws {Refusal} when it is not UTF-8
 */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0x1f && second === 0x8b) throw new Refusal("is compressed by gzip", "Unpack the file.");
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Without a mark, the first letter shows it.
  const utf16 = marked || (bytes.length > 1 && (first === 0) !== (second === 0));
  if (utf16 || !isUtf8(bytes)) {
    const what = utf16 ? "is UTF-16, not UTF-8" : `is not UTF-8: see line ${brokenLine(bytes)}`;
    throw new Refusal(what, "Save the file as UTF-8.");
  }
  return new TextDecoder().decode(bytes).replaceAll("\r\n", "\n");
}

/** The first line that is not UTF-8, from 1. */
function brokenLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}

function tooLarge(): Refusal {
  return new Refusal(`is larger than ${MAX_MEGABYTES} MB`, "Split the document into smaller files.");
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** A path without links; the path itself where there is no such file. */
function realpathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
