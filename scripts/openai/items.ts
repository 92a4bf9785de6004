/**
 * The conventions of an operation that is not a chat completion: `stream: true` asks for a stream, each item of the answer
 * is a frame, and `[DONE]` ends it. Nothing else of its answer is known, so nothing is changed.
 */
import { isObject, type Json } from "../shared/json.ts";
import { CHAT } from "./chat.ts";
import type { Conventions } from "./conventions.ts";

export const ITEMS: Conventions = {
  // What OpenAI's endpoints have in common.
  wantsStream: CHAT.wantsStream,
  essence: CHAT.essence,
  modelOf: CHAT.modelOf,
  withModel: CHAT.withModel,
  errorFrame: CHAT.errorFrame,
  doneFrame: CHAT.doneFrame,
  tokensOf: CHAT.tokensOf,
  requestTokens: CHAT.requestTokens,
  textOf: CHAT.textOf,
  turnOf: CHAT.turnOf,
  chunks: itemsOf,
  carriesTokens: () => true,
  finish: (answer) => answer,
  addedSize: () => 0,
  // Where a text belongs is not known.
  textOfLength: () => undefined,
};

/** The items of the answer: of the answer itself, or of its only list of objects. Any other answer is one item. */
function itemsOf(answer: Json): Json[] {
  if (Array.isArray(answer)) return answer;
  const lists = isObject(answer) ? Object.values(answer).filter(isListOfObjects) : [];
  const [only] = lists;
  return lists.length === 1 && only ? only : [answer];
}

function isListOfObjects(value: Json): value is Json[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item));
}
