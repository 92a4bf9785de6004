/** What the tools need of a client: an object with the methods of `client.chat.completions`. */

// The parameters of a method may be of any type here; the types below take them from the client at hand.
type Method<Result> = (...args: never[]) => Result;

/** The methods of `client.chat.completions`. */
export interface Completions {
  create: Method<PromiseLike<unknown>>;
  stream: Method<{ finalChatCompletion(): Promise<unknown> }>;
}

/** The body of a request, as the client at hand types it. */
export type BodyOf<C extends Completions> = C["create"] extends (
  body: infer Body,
  ...rest: never[]
) => unknown
  ? Body
  : never;

/** The answer, as the client at hand types it. */
export type CompletionOf<C extends Completions> = Awaited<
  ReturnType<ReturnType<C["stream"]>["finalChatCompletion"]>
>;

/** What the tools read of an answer. */
export interface Completion {
  choices: { finish_reason?: string | null; message: Message }[];
}

interface Message {
  content?: string | null;
  refusal?: string | null;
  tool_calls?: ToolCall[] | null;
}

export interface ToolCall {
  id: string;
  function?: { name: string; arguments: string };
}

/** Calls `create` for an answer that does not come in chunks. */
export async function complete(completions: Completions, body: object, options: object): Promise<Completion> {
  const create = completions.create as (body: object, options: object) => PromiseLike<unknown>;
  return (await create.call(completions, { ...body, stream: false }, options)) as Completion;
}
