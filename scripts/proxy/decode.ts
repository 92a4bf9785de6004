/** The text of a body, decompressed. */
import { promisify } from "node:util";
import * as zlib from "node:zlib";

/** The most that a body may be, in bytes: a small one may unpack to a very large one. */
const MAX = 32 * 1024 * 1024;

/**
 * Decompresses a body by its `content-encoding`. What was cut is decompressed as far as it goes.
 *
 * @returns undefined for an encoding that is not known, and for a body that is broken or too large
 */
export async function decode(body: Uint8Array, encoding = ""): Promise<Uint8Array | undefined> {
  let bytes = body;
  const { BROTLI_OPERATION_FLUSH, Z_SYNC_FLUSH } = zlib.constants;
  for (const name of encoding
    .toLowerCase()
    .split(",")
    .map((one) => one.trim())
    .reverse()) {
    const limit = { maxOutputLength: MAX };
    const cut = { ...limit, finishFlush: Z_SYNC_FLUSH };
    try {
      if (name === "gzip" || name === "x-gzip") bytes = await promisify(zlib.gunzip)(bytes, cut);
      else if (name === "deflate") bytes = await promisify(zlib.inflate)(bytes, cut);
      else if (name === "br")
        bytes = await promisify(zlib.brotliDecompress)(bytes, {
          ...limit,
          finishFlush: BROTLI_OPERATION_FLUSH,
        });
      // Node has it since 22.15.
      else if (name === "zstd" && "zstdDecompress" in zlib)
        bytes = await promisify(zlib.zstdDecompress)(bytes, limit);
      else if (name !== "" && name !== "identity") return undefined;
    } catch {
      return undefined;
    }
  }
  return bytes;
}
