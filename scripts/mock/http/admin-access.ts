/** Who may use `/__mock`: it shows what was sent, and changes what is answered. */
import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { digestOf } from "../../shared/digest.ts";
import { RequestProblem } from "../engine/request-problem.ts";

/**
 * Lets a request pass that carries the admin token; without such a token, one that no page of another origin has sent.
 *
 * @returns whether it carried the token: then the page of any origin may read the answer
 * @throws {RequestProblem} 401 without the token that is needed, 403 for a page of another origin
 */
export function assertMayAdminister(request: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined) {
    if (carries(request, token)) return true;
    throw new RequestProblem(
      401,
      "admin_token_required",
      "Send the token of --admin-token: 'Authorization: Bearer TOKEN'.",
      {
        headers: { "www-authenticate": "Bearer" },
      },
    );
  }
  const { origin, host = "", "sec-fetch-site": site = "none" } = request.headers;
  const isOwnPage = origin === undefined || sameHost(origin, host);
  if (isOwnPage && ["none", "same-origin"].includes(String(site)) && isLocalName(request, host)) return false;
  throw new RequestProblem(
    403,
    "forbidden",
    "Pages of other origins may not use /__mock. Start the mock with --admin-token, and send that token.",
  );
}

function carries({ headers }: IncomingMessage, token: string): boolean {
  const sent = headers["x-mock-admin-token"] ?? headers.authorization?.replace(/^bearer +/i, "") ?? "";
  // Digests have the same length, which the comparison needs.
  return timingSafeEqual(Buffer.from(digestOf(String(sent).trim())), Buffer.from(digestOf(token)));
}

function sameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

/** A page may reach this machine by a foreign name that resolves to it (DNS rebinding). `Host` tells that name. */
function isLocalName({ socket }: IncomingMessage, host: string): boolean {
  if (!/^(?:::ffff:)?127\.|^::1$/.test(socket.localAddress ?? "")) return true;
  const name = host
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "")
    .toLowerCase();
  return name === "" || name === "localhost" || name.endsWith(".localhost") || isIP(name) > 0;
}
