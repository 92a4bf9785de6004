/** A conversation in which the model calls functions. */
import {
  type BodyOf,
  type Completion,
  type CompletionOf,
  type Completions,
  complete,
  type ToolCall,
} from "./completions.ts";
import { check, type Schema, toJSONSchema } from "./schema.ts";

/** A function that the model may call. */
export interface Tool {
  name: string;
  description?: string | undefined;
  /** Of the arguments, as JSON Schema. */
  parameters: Record<string, unknown>;
  /** Runs the function on arguments as the model wrote them. */
  call(args: string): Promise<string>;
}

/**
 * A function for `runTools`.
 *
 * @param definition `parameters`: of the arguments, a validator or a JSON Schema; `run`: gives a text, or a value that is
 *   sent as JSON. An error that it throws ends `runTools`
 * @throws {TypeError} if `parameters` is a validator that cannot write JSON Schema
 */
export function tool<Args>(definition: {
  name: string;
  description?: string;
  parameters: Schema<Args>;
  run: (args: Args) => unknown;
}): Tool {
  const { name, description, parameters, run } = definition;
  return {
    name,
    description,
    parameters: toJSONSchema(parameters),
    async call(text) {
      const checked = await check<Args>(text || "{}", parameters);
      // The model is told, and may correct itself.
      if ("problem" in checked) return `Error: the arguments are invalid. ${checked.problem}`;
      const result = await run(checked.value);
      return typeof result === "string" ? result : (JSON.stringify(result) ?? "");
    },
  };
}

/** Options of `runTools`, beside those of a call. */
export interface RunToolsOptions {
  /** How many answers the model may give, the last one included. Default: 10. */
  maxRounds?: number;
  /** Is told of each message that the conversation gets. */
  onMessage?: (message: unknown) => void;
  signal?: AbortSignal | null;
  timeout?: number;
  maxRetries?: number;
  headers?: Record<string, string | null | undefined>;
}

/** How a conversation ended. */
export interface RunToolsResult<Whole> {
  /** The last answer, which calls no function. */
  completion: Whole;
  /** Its text. */
  content: string | null;
  /** The whole conversation, the messages of the request first. */
  messages: unknown[];
}

/** The model still called functions when it had answered as often as it may. */
export class RoundsError extends Error {
  override readonly name = "RoundsError";
  /** The conversation so far. */
  readonly messages: unknown[];

  constructor(rounds: number, messages: unknown[]) {
    super(
      `The model still calls tools after ${rounds} rounds. Raise maxRounds, or look at what the tools answer.`,
    );
    this.messages = messages;
  }
}

/**
 * Asks, runs the functions that the model calls, sends their results, and goes on until an answer calls none. The functions
 * of one answer run at the same time.
 *
 * @param completions `client.chat.completions`
 * @param body of the first request, with `tools` made by `tool`
 * @throws {RoundsError} if the model does not stop
 * @throws {APIError} as `create` does
 */
export async function runTools<C extends Completions>(
  completions: C,
  body: Omit<BodyOf<C>, "tools" | "stream"> & { messages: unknown[]; tools: Tool[] },
  options: RunToolsOptions = {},
): Promise<RunToolsResult<CompletionOf<C>>> {
  const { maxRounds = 10, onMessage, ...callOptions } = options;
  if (!(maxRounds >= 1)) throw new TypeError("maxRounds must be a number from 1.");
  const { tools, ...rest } = body;
  const sent = tools.map(({ name, description, parameters }) => ({
    type: "function",
    function: { name, ...(description !== undefined && { description }), parameters },
  }));
  const messages = [...body.messages];
  const add = (message: unknown) => {
    messages.push(message);
    onMessage?.(message);
  };
  for (let round = 0; round < maxRounds; round++) {
    // A tool that was forced once must not be forced for ever.
    const choice = round > 0 && isForced(body) ? { tool_choice: "auto" } : {};
    const request = { ...rest, ...choice, messages, tools: sent };
    const completion = await complete(completions, request, callOptions);
    const message = firstMessage(completion);
    const calls = message.tool_calls ?? [];
    // Some relays leave out the ID, to which the result has to refer.
    for (const [place, call] of calls.entries()) call.id ||= `call_${round}_${place}`;
    add(message);
    if (calls.length === 0)
      return { completion: completion as CompletionOf<C>, content: message.content ?? null, messages };
    for (const result of await Promise.all(calls.map((call) => answer(tools, call)))) add(result);
  }
  throw new RoundsError(maxRounds, messages);
}

function isForced(body: object): boolean {
  const choice = "tool_choice" in body ? body.tool_choice : undefined;
  return choice === "required" || typeof choice === "object";
}

function firstMessage({ choices }: Completion): Completion["choices"][number]["message"] {
  const [choice] = choices;
  if (!choice) throw new TypeError("The answer has no choices.");
  return choice.message;
}

async function answer(tools: Tool[], { id, function: called }: ToolCall): Promise<object> {
  const found = tools.find(({ name }) => name === called?.name);
  const names = tools.map(({ name }) => name).join(", ");
  const content =
    found && called
      ? await found.call(called.arguments)
      : `Error: there is no tool ${called?.name ?? "of this type"}. There are: ${names}.`;
  return { role: "tool", tool_call_id: id, content };
}
